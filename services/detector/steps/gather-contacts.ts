import { readWindow } from "../../core/conversations/contact-picture.ts";
import { type Message, type MessageWindow, messageOf, windowMs } from "../../core/conversations/message.ts";
import { mayGather } from "../../core/policy/legal-basis.ts";
import type { Policies } from "../../core/policy/policy.ts";
import type { AskedWindow, ConversationStore, NotedMessage } from "../../core/ports/conversation-store.ts";
import { contactsSignal } from "../../core/signals/contacts/contacts.ts";
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
	readonly policies: Pick<Policies, "of">;
}

type SignalledPost = AdmittedPost & { readonly signals: readonly Signal[] };

interface Gathered {
	readonly message: NotedMessage;
	readonly asked: AskedWindow;
}

const dayMs = 86_400_000;

/**
 * Notes who writes to whom in a conversation, and counts the contacts of the author. Where no law lets it, nothing is noted or read, and a signal
 * says so; a post that stands in no conversation is left as it is.
 */
export function createGatherContacts({
	conversations,
	policies,
}: GatherContactsDeps): Step<SignalledPost, SignalledPost> {
	const gather = createMicroBatch<Gathered, MessageWindow>({
		...{ maxSize: 200, maxWaitMs: 5, concurrency: 2 },
		run: async (batch) => {
			await conversations.note(batch.map(({ message }) => message));
			return conversations.windowsOf(batch.map(({ asked }) => asked));
		},
	});
	return async (item) => {
		const message = messageIn(item);
		if (message === null) return next(item);
		const { platform, country, surface } = item;
		if (!mayGather(policies.of(platform.id, surface, country), surface))
			return next({ ...item, signals: [...item.signals, unexaminedSignal("contacts", "contacts")] });
		const asked = {
			...{ platformId: platform.id, account: message.author, post: message.post },
			since: new Date(message.at.getTime() - windowMs),
			surfaces: surfaces.filter((one) => mayGather(policies.of(platform.id, one, country), one)),
		};
		const read = readWindow(await gather({ message: { ...message, platformId: platform.id }, asked }));
		return next({ ...item, signals: [...item.signals, contactsSignal({ ...read, days: windowMs / dayMs })] });
	};
}

function messageIn({ event, record, signals }: SignalledPost): Message | null {
	if (!("post" in event)) return null;
	const isMove = matchesOf(signals).some(namesPlaceElsewhere);
	return messageOf(event, new Date(record.receivedAtMs), isMove);
}
