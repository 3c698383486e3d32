// How soon somebody who leads new accounts elsewhere comes before people, how many of them do, and how many ordinary accounts do as well: the store, the
// contacts and the kind of signal as detectors use them, on a made-up week (generate.ts). Limits were set before, and looked at on seed 1 alone.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../../../services/adapters/postgres/connection/database.ts";
import { openEmbeddedPostgres } from "../../../services/adapters/postgres/connection/embedded-postgres.ts";
import { migrate } from "../../../services/adapters/postgres/connection/migrate.ts";
import { createConversationStore } from "../../../services/adapters/postgres/conversations/conversation-store.ts";
import { readWindow } from "../../../services/core/conversations/contact-picture.ts";
import { windowMs } from "../../../services/core/conversations/message.ts";
import { platformId, uuidv7 } from "../../../services/core/ids.ts";
import { defaultPolicy } from "../../../services/core/policy/policy.ts";
import type { ConversationStore, NotedMessage } from "../../../services/core/ports/conversation-store.ts";
import { wilsonInterval } from "../../../services/core/scoring/threshold.ts";
import { contacts, contactsSignal } from "../../../services/core/signals/contacts/contacts.ts";
import { surfaces } from "../../../services/core/wire/item-event.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { createMemoryConversations } from "../../support/memory-conversations.ts";
import { quantile } from "../quantile.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";
import { days, messagesOf, recruiterName, type Week } from "./generate.ts";

const values = readOptions("npm run bench:conversations -- [--accounts 3000] [--recruiters 30] [--seeds 11] [--json]", {
	json: { type: "boolean", default: false },
	accounts: { type: "string", default: "3000" },
	recruiters: { type: "string", default: "30" },
	seeds: { type: "string", default: "11" },
});
const platform = platformId.parse(uuidv7(Date.parse("2026-11-01T00:00:00Z")));

/** One account of one week. */
interface Seen {
	readonly isRecruiter: boolean;
	messages: number;
	/** Its own messages, and contacts led away, when people were first asked about it; null where they never were. */
	asked: { readonly messages: number; readonly ledAway: number } | null;
	readonly askedOn: Set<number>;
	ledAway: number;
	begun: number;
	/** Posts that people were asked about. */
	posts: number;
}

async function look(store: ConversationStore, message: NotedMessage) {
	const since = new Date(message.at.getTime() - windowMs);
	const asked = { platformId: message.platformId, account: message.author, post: message.post, since, surfaces };
	const [window] = await store.windowsOf([asked]);
	if (window === undefined) throw new Error("every window is answered");
	return readWindow(window);
}

let [looks, looksUs] = [0, 0];

async function runWeek(week: Week): Promise<ReadonlyMap<string, Seen>> {
	const store = createMemoryConversations();
	const names = new Set(Array.from({ length: week.recruiters }, (_, at) => recruiterName(at)));
	const seen = new Map<string, Seen>();
	const messages = messagesOf(week);
	const firstMs = messages[0]?.at.getTime() ?? 0;
	const last = new Map(messages.map(({ author, post }) => [author, post]));
	for (const message of messages) {
		await store.note([message]);
		const own: Seen = seen.get(message.author) ?? {
			...{ isRecruiter: names.has(message.author), messages: 0, asked: null, askedOn: new Set<number>() },
			...{ ledAway: 0, begun: 0, posts: 0 },
		};
		seen.set(message.author, own);
		own.messages += 1;
		// Nobody is asked about one that names no place: those are read only where the week ends.
		if (!message.isMove && last.get(message.author) !== message.post) continue;
		const before = process.cpuUsage();
		const read = await look(store, message);
		const { user, system } = process.cpuUsage(before);
		[looks, looksUs] = [looks + 1, looksUs + user + system];
		own.ledAway = read.picture.ledAway;
		own.begun = read.picture.begun;
		const { tier } = contacts.find(contactsSignal({ ...read, days: windowMs / 86_400_000 }), defaultPolicy);
		if (tier !== "T") continue;
		own.posts += 1;
		own.asked ??= { messages: own.messages, ledAway: read.picture.ledAway };
		own.askedOn.add(Math.floor((message.at.getTime() - firstMs) / 86_400_000));
	}
	return seen;
}

const weeks = values.seeds.split(",").map(
	(seed): Week => ({
		...{ platformId: platform, seed: Number(seed) },
		...{ accounts: Number(values.accounts), recruiters: Number(values.recruiters) },
	}),
);
const runs: (readonly Seen[])[] = [];
let messages = 0;
for (const week of weeks) {
	const seen = [...(await runWeek(week)).values()];
	messages += seen.reduce((sum, one) => sum + one.messages, 0);
	runs.push(seen);
}

/** What PostgreSQL needs for the same messages, noted and read in batches as the detector does. */
async function inRecord(whose: string, isRead: (message: NotedMessage) => boolean): Promise<Figure> {
	const folder = mkdtempSync(join(tmpdir(), "breakwater-bench-conversations-"));
	const server = await openEmbeddedPostgres({ dataDir: folder, logger: silentLogger });
	try {
		await using database = await openDatabase({
			...{ url: server.url, maxConnections: 4, applicationName: "bench", logger: silentLogger },
		});
		await migrate(database);
		const store = createConversationStore(database);
		const all = weeks[0] === undefined ? [] : messagesOf(weeks[0]);
		const [before, measured] = [Math.max(0, all.length - 2_000), Math.min(all.length, 2_000)];
		for (let at = 0; at < before; at += 500) await store.note(all.slice(at, Math.min(at + 500, before)));
		const startedMs = performance.now();
		for (let at = before; at < all.length; at += 100) {
			const batch = all.slice(at, at + 100);
			await store.note(batch);
			await store.windowsOf(
				batch.filter(isRead).map(({ author, post, at: time }) => ({
					...{ platformId: platform, account: author, post, surfaces },
					since: new Date(time.getTime() - windowMs),
				})),
			);
		}
		return {
			...{
				name: `1 000 messages in PostgreSQL, in batches of 100, after ${before}: noted, and ${whose} read`,
				unit: "ms",
			},
			value: ((performance.now() - startedMs) * 1_000) / measured,
			aim: { atMost: 500, of: "value" },
		};
	} finally {
		await server[Symbol.asyncDispose]();
		rmSync(folder, { recursive: true, force: true });
	}
}

const percent = (part: number, whole: number) => {
	const { low, high } = wilsonInterval(part, whole);
	const shown = (share: number) => (100 * share).toFixed(0);
	return { value: (100 * part) / whole, unit: `% (95 %: ${shown(low)} to ${shown(high)})` };
};
/** Of those who are first when all accounts of a week stand in order, how many of those looked for. */
const recallAt = (n: number, orderOf: (one: Seen) => number) =>
	runs.reduce(
		(sum, run) =>
			sum +
			run
				.toSorted((a, b) => orderOf(b) - orderOf(a))
				.slice(0, n)
				.filter((one) => one.isRecruiter).length,
		0,
	);
const all = runs.flat();
const recruiters = all.filter(({ isRecruiter }) => isRecruiter);
/** Those who led so many away that the limits could be reached at all. */
const able = recruiters.filter(({ ledAway }) => ledAway >= 3);
const asked = recruiters.flatMap((one) => one.asked ?? []);
const ordinaryDays = Number(values.accounts) * days * weeks.length;
const falseDays = all.filter(({ isRecruiter }) => !isRecruiter).reduce((sum, { askedOn }) => sum + askedOn.size, 0);
const falseShare = wilsonInterval(falseDays, ordinaryDays);
const perTenThousand = (share: number) => (10_000 * share).toFixed(2);
const told = (name: string, value: number, unit: string): Figure => ({ name, value, unit, aim: null });

const figures: readonly Figure[] = [
	{
		name: "of those looked for: people were asked within the week",
		...percent(asked.length, recruiters.length),
		aim: null,
	},
	{
		...{ name: "the same, of those who led three or more away", ...percent(asked.length, able.length) },
		aim: { atLeast: 95, of: "value" },
	},
	...[30, 50, 100].map((n): Figure => {
		const { value, unit } = percent(
			recallAt(n, (one) => one.ledAway),
			recruiters.length,
		);
		const peer = percent(
			recallAt(n, (one) => one.begun),
			recruiters.length,
		);
		return {
			name: `recall@${n} a week, by contacts led away`,
			value,
			unit,
			peer: { name: "by contacts begun", value: peer.value },
			aim: null,
		};
	}),
	told(
		"own messages until people were asked, median",
		quantile(
			asked.map((one) => one.messages),
			0.5,
		),
		"messages",
	),
	told(
		"the same, nine in ten",
		quantile(
			asked.map((one) => one.messages),
			0.9,
		),
		"messages",
	),
	told(
		"contacts led away until then, median",
		quantile(
			asked.map((one) => one.ledAway),
			0.5,
		),
		"contacts",
	),
	{
		name: "ordinary accounts that people were asked about, a day, of 10 000",
		value: (10_000 * falseDays) / ordinaryDays,
		unit: `accounts (95 %: ${perTenThousand(falseShare.low)} to ${perTenThousand(falseShare.high)})`,
		aim: { atMost: 5, of: "value" },
	},
	told(
		"posts of ordinary accounts in their cases, a day, of 10 000 accounts",
		(10_000 * all.filter(({ isRecruiter }) => !isRecruiter).reduce((sum, { posts }) => sum + posts, 0)) / ordinaryDays,
		"posts",
	),
	told(
		"posts in one case of those looked for within the week, where nobody decides it, median",
		quantile(
			recruiters.flatMap(({ posts }) => (posts === 0 ? [] : [posts])),
			0.5,
		),
		"posts",
	),
	told("reading one window and its contacts, of one core, in memory", looksUs / looks, "µs"),
	await inRecord("contacts of those that name a place", ({ isMove }) => isMove),
	await inRecord("contacts of all, for rules,", () => true),
];
const title = `Conversations: ${messages} messages of ${weeks.length} made-up weeks of ${values.accounts} accounts, seeds ${values.seeds}`;
process.exitCode = report(title, figures, values.json);
