import { keyOfAuthor } from "../../core/cases/cluster-key.ts";
import { type ReadWindow, readWindow } from "../../core/conversations/contact-picture.ts";
import { type Message, messageOf, windowMs } from "../../core/conversations/message.ts";
import { mayGather } from "../../core/policy/legal-basis.ts";
import type { Policies } from "../../core/policy/policy.ts";
import type { CaseStore } from "../../core/ports/case-store.ts";
import type { AskedWindow, ConversationStore, NotedMessage } from "../../core/ports/conversation-store.ts";
import { contactsSignal, isAskedOfAll } from "../../core/signals/contacts/contacts.ts";
import { namesPlaceElsewhere } from "../../core/signals/matched/find-match.ts";
import { matchesOf } from "../../core/signals/matched/matched.ts";
import type { Signal } from "../../core/signals/signal.ts";
import { unexaminedSignal } from "../../core/signals/unexamined/unexamined.ts";
import { surfaces } from "../../core/wire/item-event.ts";
import { createMicroBatch } from "../../runtime/micro-batch.ts";
import { next, type Step } from "../step.ts";
import type { AdmittedPost } from "../values.ts";

export interface GatherContactsDeps {
	readonly conversations: Pick<ConversationStore, "note" | "windowsOf">;
	readonly cases: Pick<CaseStore, "lastLetBe">;
	readonly policies: Pick<Policies, "of">;
	/** The facts that rules read at this moment, as `group.name`. */
	readonly factsRead: () => ReadonlySet<string>;
}

type SignalledPost = AdmittedPost & { readonly signals: readonly Signal[] };

interface Gathered {
	readonly message: NotedMessage;
	/** Null where nobody asks for its author's contacts. */
	readonly asked: AskedWindow | null;
}

const dayMs = 86_400_000;

/**
 * Notes who writes to whom in a conversation, and counts the contacts of the author where the message names a place elsewhere or a rule reads what
 * is counted: that costs many times as much as the note. Where no law lets it, nothing is noted or read, and a signal
 * says so; a post that stands in no conversation is left as it is.
 */
export function createGatherContacts(deps: GatherContactsDeps): Step<SignalledPost, SignalledPost> {
	const { conversations, policies, factsRead } = deps;
	const gather = createMicroBatch<Gathered, ReadWindow | null>({
		maxSize: 200,
		maxWaitMs: 5,
		concurrency: 2,
		run: async (batch) => {
			await conversations.note(batch.map(({ message }) => message));
			const read = await readWindows(
				batch.flatMap((one) => one.asked ?? []),
				deps,
			);
			return batch.map(({ asked }) => (asked === null ? null : (read.get(asked) ?? null)));
		},
	});
	return async (item) => {
		const message = messageIn(item);
		if (message === null) return next(item);
		const { platform, country, surface } = item;
		if (!mayGather(policies.of(platform.id, surface, country), surface))
			return next({ ...item, signals: [...item.signals, unexaminedSignal("contacts", "contacts")] });
		const isAsked = message.isMove || isAskedOfAll(factsRead());
		const asked = {
			platformId: platform.id,
			account: message.author,
			post: message.post,
			since: new Date(message.at.getTime() - windowMs),
			surfaces: surfaces.filter((one) => mayGather(policies.of(platform.id, one, country), one)),
		};
		const read = await gather({ message: { platformId: platform.id, ...message }, asked: isAsked ? asked : null });
		if (read === null) return next(item);
		return next({ ...item, signals: [...item.signals, contactsSignal({ days: windowMs / dayMs, ...read })] });
	};
}

/** What people have let be is asked only of those who lead somebody away: of all others it changes nothing. */
async function readWindows(
	asked: readonly AskedWindow[],
	{ conversations, cases }: Pick<GatherContactsDeps, "conversations" | "cases">,
): Promise<ReadonlyMap<AskedWindow, ReadWindow>> {
	if (asked.length === 0) return new Map();
	const windows = await conversations.windowsOf(asked);
	const read = asked.flatMap((of, at) => {
		const window = windows[at];
		return window === undefined
			? []
			: [{ of, window, key: keyOfAuthor(of.platformId, of.account), said: readWindow(window) }];
	});
	const leading = read.flatMap(({ key, said }) => (said.isOneOfThem ? [key] : []));
	const letBe = leading.length === 0 ? new Map<string, Date>() : await cases.lastLetBe(leading);
	return new Map(
		read.map(({ of, window, key, said }) => {
			const at = letBe.get(key);
			return [of, at === undefined || !said.isOneOfThem ? said : readWindow(window, at)];
		}),
	);
}

function messageIn({ event, record, signals }: SignalledPost): Message | null {
	if (!("post" in event)) return null;
	const isMove = matchesOf(signals).some(namesPlaceElsewhere);
	return messageOf(event, new Date(record.receivedAtMs), isMove);
}
