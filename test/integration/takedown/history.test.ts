// The history from the record over the stream into Parquet, with a real PostgreSQL and a real DuckDB: each verdict, order and decision is in
// it once, whatever breaks in between. The columns' meaning is tried where they are asked for; Kafka has the stream's own contract.
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { createPostgresStream } from "../../../services/adapters/postgres/stream/stream.ts";
import type { Decision } from "../../../services/core/cases/case.ts";
import { publicFigures } from "../../../services/core/history/ladder.ts";
import type { TrendView } from "../../../services/core/history/trends.ts";
import type { CaseId } from "../../../services/core/ids.ts";
import type { HistoryWriter } from "../../../services/core/ports/history-engine.ts";
import type { ItemStream } from "../../../services/core/ports/item-stream.ts";
import type { Platform } from "../../../services/core/ports/platform-store.ts";
import { matchedSignal } from "../../../services/core/signals/matched/matched.ts";
import { scoredSignal } from "../../../services/core/signals/scored/scored.ts";
import { topics } from "../../../services/core/wire/topics.ts";
import { askHistory, askSavedView } from "../../../services/parts/ask-history.ts";
import { type HistoryParts, openHistory } from "../../../services/parts/history.ts";
import { readConfig } from "../../../services/runtime/config.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { relayHistory } from "../../../services/takedown/history/relay-history.ts";
import { type WriteHistoryDeps, writeHistory } from "../../../services/takedown/history/write-history.ts";
import { digest, hashesOf, newBank, newMatch } from "../../support/bank-fixtures.ts";
import { eventually } from "../../support/eventually.ts";
import { clearVerdict, newItem, newVerdict } from "../../support/examined-items.ts";
import { createSweepAll } from "../../support/sweep-all.ts";
import { openTestRecord } from "../../support/test-database.ts";

const patience = { withinMs: 30_000 };
const everything = { days: 2, platform: null };
let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let stream: ItemStream;
let forum: Platform;
let chat: Platform;
let folder: string;
let history: HistoryParts;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "breakwater-history-"));
	history = openHistory(readConfig({ BREAKWATER_DATA_DIR: folder }), { threads: 1, memoryMib: 256 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
	await rm(folder, { recursive: true, force: true });
	record = await openTestRecord();
	stores = createStores(record.database);
	const add = (name: string) =>
		stores.platforms.create({ name, source: `//${name}.example`, webhook: null, mediaHosts: [] });
	[forum, chat] = [await add("forum"), await add("chat")];
	stream = await createPostgresStream({ database: record.database, logger: silentLogger });
	await stream.createTopics(2);
});
const closeRecord = async () => {
	await stream[Symbol.asyncDispose]();
	await record[Symbol.asyncDispose]();
};

const clearItem = (platform: Platform) => newItem(platform.id, platform.source, { verdict: clearVerdict });
const ask = <V extends TrendView>(view: V, asked: { days: number; platform: string | null } = everything) =>
	askHistory({ history: stores.history, banks: stores.banks, parts: history, nowMs: Date.now() }, view, asked);
const itemsIn = async () => (await ask("volumes")).rows.reduce((sum, { items }) => sum + items, 0);
const relay = () => relayHistory({ history: stores.history, stream, logger: silentLogger, everyMs: 10 });
const write = (change: Partial<WriteHistoryDeps> = {}) =>
	writeHistory({
		...{ history: stores.history, stream, openWriter: history.openWriter, files: history.files },
		...{ workFolder: history.workFolder, everyMs: 20, logger: silentLogger, ...change },
	});
const isLevel = async () => {
	const { numbered, written } = await stores.history.marks();
	return numbered > 0 && numbered === written;
};
async function decide(id: CaseId, decision: Decision): Promise<void> {
	const an = { login: `an-${randomUUID()}`, displayName: "An", roles: ["reviewer"], passwordHash: "x" } as const;
	const { id: userId } = await stores.users.create(an);
	const at = new Date();
	await stores.cases.transition(id, { kind: "person", userId }, at, ({ items }) => ({
		...{ state: "decided", claim: null, firstDecision: null, secondDecision: null, decided: { decision, userId, at } },
		events: [{ kind: "decided", decision, reason: "seen", isFinal: true }],
		itemActions: items.map(({ id: itemId }) => ({ itemId, action: decision })),
	}));
}

describe("what happened is in the history", () => {
	test("by day, tier and platform; a withholding with how long it took; what people decided, with its interval", async () => {
		const match = newMatch();
		const signals = [matchedSignal("hash", "1", match)];
		const withheld = newItem(forum.id, forum.source, { verdict: newVerdict({ signals }) });
		const [outcome] = await stores.verdicts.record([withheld, clearItem(forum), clearItem(forum), clearItem(chat)]);
		if (outcome?.kind !== "recorded" || outcome.orderId === null || outcome.caseId === null)
			throw new Error("recorded");
		await stores.orders.settleAttempt(outcome.orderId, {
			...{ kind: "delivered", at: new Date(withheld.receivedAt.getTime() + 700) },
		});
		await decide(outcome.caseId, "remove");
		const relaying = relay();
		const writer = await write();
		await eventually(async () => expect(await isLevel()).toBe(true), patience);
		const day = new Date().toISOString().slice(0, 10);
		expect((await ask("volumes")).rows).toEqual([
			{ day: expect.any(String), tier: "K1", items: 1, withheld: 1, reviewed: 0, unexamined: 0 },
			{ day: expect.any(String), tier: "none", items: 3, withheld: 0, reviewed: 0, unexamined: 0 },
		]);
		expect((await ask("platforms")).rows).toEqual([
			{ platform: "forum", items: 3, found: 1, withheld: 1, unexamined: 0 },
			{ platform: "chat", items: 1, found: 0, withheld: 0, unexamined: 0 },
		]);
		expect((await ask("platforms", { days: 2, platform: "chat" })).rows).toHaveLength(1);
		const { rows } = await ask("withholding");
		expect(rows.map(({ orders }) => orders)).toEqual([1, 1]);
		expect(rows.some(({ day: of }) => of === null)).toBe(true);
		expect(rows[0]?.p95_ms).toBeGreaterThanOrEqual(700);
		expect((await ask("sources")).rows).toMatchObject([
			{ source: `bank:${match.bankId}`, items: 1, decided: 1, right: 1, precision: { share: 1, atMost: 1 } },
		]);
		expect((await ask("sources")).rows[0]?.precision?.atLeast).toBeCloseTo(0.207, 2);
		const ladder = (await ask("ladder")).rows;
		expect(ladder.map((row) => [row.within_ms, row.in_time]).slice(0, 2)).toEqual([
			[1_000, 1],
			[5_000, 1],
		]);
		for (const { withinMs, source } of publicFigures)
			expect(ladder.find((row) => row.within_ms === withinMs)?.beside).toContain(source);
		expect((await ask("clusters")).rows).toEqual([]);
		expect((await ask("hours")).rows.reduce((sum, { items }) => sum + items, 0)).toBe(4);
		expect((await ask("volumes")).fromDay <= day).toBe(true);
		await relaying.stop();
		await writer[Symbol.asyncDispose]();
		await closeRecord();
	});
});

test("how far a model's word lies from people's is told by platform and by the curve that it was read by, a case once", async () => {
	const said = (probability: number, curve: "platform" | "all") =>
		scoredSignal({
			...{ detector: "model", version: "1", model: "m", backend: "b", category: "adult" },
			...{ probability, labels: {}, curve },
		});
	const items = (
		[
			[0.9, "platform"],
			[0.95, "platform"],
			[0.85, "all"],
		] as const
	).map(([probability, curve]) =>
		newItem(forum.id, forum.source, {
			verdict: newVerdict({ tier: "M", action: "review", signals: [said(probability, curve)] }),
		}),
	);
	const outcomes = await stores.verdicts.record(items);
	const [first, second, third] = outcomes.map((one) => (one.kind === "recorded" ? one.caseId : null));
	if (first == null || second == null || third == null) throw new Error("people see each");
	await decide(first, "remove");
	await decide(second, "restore");
	await decide(third, "remove");
	const relaying = relay();
	const writer = await write();
	await eventually(async () => expect(await isLevel()).toBe(true), patience);
	const { rows } = await ask("calibration");
	expect(rows).toMatchObject([
		{ source: "model:m", platform: "forum", curve: "platform", cases: 2, confirmed: 1 },
		{ source: "model:m", platform: "forum", curve: "all", cases: 1, confirmed: 1 },
	]);
	// Two in one bin: 1.85 were said to be, and one is; of the other 0.85, and it is.
	expect(rows.map(({ error }) => Math.round(error * 1_000))).toEqual([425, 150]);
	await relaying.stop();
	await writer[Symbol.asyncDispose]();
	await closeRecord();
});

test("an earlier item that something newer finds is in the history once more, with what it was before and what its bank has found", async () => {
	const pdq = digest("a landscape");
	await stores.verdicts.record([
		newItem(forum.id, forum.source, { verdict: clearVerdict, hashes: hashesOf("a landscape", pdq) }),
	]);
	const { id: _, ...settings } = newBank({ name: "known" });
	const bank = await stores.banks.create(settings, "huong");
	const opinion = { source: "list", kind: "positive" } as const;
	const entry = { hashType: "pdq", hash: pdq, quality: 90, opinion, externalId: null, note: null } as const;
	await stores.banks.addEntries(bank.id, [entry], "huong");
	await createSweepAll(record.database, stores)();
	const relaying = relay();
	const writer = await write();
	await eventually(async () => expect(await isLevel()).toBe(true), patience);
	expect((await ask("later")).rows).toEqual([
		{ day: expect.any(String), occasion: "sweep", items: 1, unknown_before: 1, withheld: 1, reviewed: 0 },
	]);
	expect((await ask("sources")).rows).toMatchObject([{ source: `bank:${bank.id}`, name: bank.name, items: 1 }]);
	expect(await itemsIn()).toBe(1);
	await relaying.stop();
	await writer[Symbol.asyncDispose]();
	await closeRecord();
});

test("a saved question reads the tables and nothing else: no file, no second statement, nothing that writes", async () => {
	await stores.verdicts.record([newItem(forum.id, forum.source), clearItem(chat)]);
	const relaying = relay();
	const writer = await write();
	await eventually(async () => expect(await isLevel()).toBe(true), patience);
	const view = (query: string) =>
		askSavedView({ history: stores.history, parts: history, nowMs: Date.now() }, { query }, everything);
	expect(
		await view("SELECT platform, count(*) AS items FROM verdicts GROUP BY platform ORDER BY platform"),
	).toMatchObject({
		...{ columns: ["platform", "items"], behind: 0 },
		rows: [
			["chat", "1"],
			["forum", "1"],
		],
	});
	const refused = [
		"SELECT 1; SELECT 2",
		`COPY (SELECT 1) TO '${join(folder, "history", "verdicts", "out.parquet")}'`,
		"CREATE TABLE kept (x INTEGER)",
		"SELECT * FROM read_csv('/etc/passwd')",
		"SET memory_limit = '8GB'",
		"SELECT nothing FROM verdicts",
	];
	for (const query of refused) await expect(view(query)).rejects.toMatchObject({ code: "view-refused" });
	await relaying.stop();
	await writer[Symbol.asyncDispose]();
	await closeRecord();
});

describe("each thing is in the history once", () => {
	test("whatever is published again, and by two writers at once", async () => {
		await stores.verdicts.record([clearItem(forum), clearItem(chat)]);
		const relaying = relay();
		const writers = [await write(), await write()];
		await eventually(async () => expect(await isLevel()).toBe(true), patience);
		for (let round = 0; round < 3; round += 1) {
			await stores.verdicts.record([clearItem(forum)]);
			await eventually(async () => expect((await stores.history.marks()).numbered).toBe(round + 2), patience);
			await stores.history.publishAgain();
		}
		await eventually(async () => expect(await isLevel()).toBe(true), patience);
		expect(await itemsIn()).toBe(5);
		await relaying.stop();
		for (const writer of writers) await writer[Symbol.asyncDispose]();
		await closeRecord();
	});

	test("where a writer ends that another one stood by: that one writes on from there", async () => {
		const relaying = relay();
		const recorded = async (items: number) => {
			await stores.verdicts.record([clearItem(forum)]);
			await eventually(async () => expect(await itemsIn()).toBe(items), patience);
		};
		let wroteLast = 0;
		const start = (at: number) =>
			write({
				openWriter() {
					wroteLast = at;
					return history.openWriter();
				},
			});
		const writers = [await start(0)];
		await recorded(1);
		writers.push(await start(1));
		await recorded(2);
		const [ending] = writers.splice(wroteLast, 1);
		await ending?.[Symbol.asyncDispose]();
		await recorded(3);
		await relaying.stop();
		for (const writer of writers) await writer[Symbol.asyncDispose]();
		await closeRecord();
	});

	test.each([
		["before a file is written", "write"],
		["after a file is stored and before the record names it", "put"],
		["after the record has named it and before anybody heard", "named"],
	])("when the writer breaks %s", async (_when, point) => {
		await stores.verdicts.record([clearItem(forum), clearItem(chat)]);
		const relaying = relay();
		let breaks = 0;
		const failing = <T>(work: Promise<T>): Promise<T> =>
			work.then(() => {
				breaks += 1;
				throw new Error("broken here");
			});
		const broken: HistoryWriter = {
			write: () => failing(Promise.resolve()),
			merge: () => failing(Promise.resolve()),
			count: () => failing(Promise.resolve(0)),
			[Symbol.asyncDispose]: () => Promise.resolve(),
		};
		const writer = await write({
			...(point === "write" ? { openWriter: () => Promise.resolve(broken) } : {}),
			...(point === "put"
				? { files: { ...history.files, put: (key, path) => failing(history.files.put(key, path)) } }
				: {}),
			...(point === "named"
				? { history: { ...stores.history, addFiles: (...given) => failing(stores.history.addFiles(...given)) } }
				: {}),
		});
		await eventually(() => expect(breaks).toBeGreaterThan(0), patience);
		await writer[Symbol.asyncDispose]();
		const next = await write();
		await stores.verdicts.record([clearItem(forum)]);
		await eventually(async () => expect(await itemsIn()).toBe(3), patience);
		await relaying.stop();
		await next[Symbol.asyncDispose]();
		await closeRecord();
	});
});

test("while the engine is away work goes on, and the history catches up", async () => {
	const relaying = relay();
	const asked = { times: 0, isAway: true };
	const writer = await write({
		openWriter: () => {
			asked.times += 1;
			return asked.isAway ? Promise.reject(new Error("away")) : history.openWriter();
		},
	});
	const outcomes = await stores.verdicts.record([newItem(forum.id, forum.source), clearItem(forum)]);
	await eventually(() => expect(asked.times).toBeGreaterThan(0), patience);
	expect(outcomes.map(({ kind }) => kind)).toEqual(["recorded", "recorded"]);
	expect(await ask("volumes")).toMatchObject({ rows: [], behind: 1 });
	asked.isAway = false;
	await eventually(async () => expect(await itemsIn()).toBe(2), patience);
	await relaying.stop();
	await writer[Symbol.asyncDispose]();
	await closeRecord();
});

test("many small files become one, and what a stranger puts on the topic becomes nothing", async () => {
	const relaying = relay();
	const writer = await write();
	const value = Buffer.from(JSON.stringify({ specversion: "1.0", data: { number: 1 } }));
	await stream.publish(topics.history, [{ key: "history", value }]);
	const asked = { tables: ["verdicts"], fromDay: "2000-01-01", platform: null } as const;
	for (let round = 1; round <= 16; round += 1) {
		await stores.verdicts.record([clearItem(forum)]);
		await eventually(async () => expect((await stores.history.marks()).written).toBe(round), patience);
	}
	await eventually(async () => expect((await stores.history.listFiles(asked)).length).toBeLessThan(16), patience);
	expect((await stores.history.listFiles(asked)).some(({ level, rows }) => level > 0 && rows >= 15)).toBe(true);
	const listed = await stores.history.listFiles(asked);
	for (const { level, counts } of listed)
		expect(Object.keys(counts ?? {})).toEqual(level === 0 ? [] : ["verdict_hours"]);
	expect(await itemsIn()).toBe(16);
	await relaying.stop();
	await writer[Symbol.asyncDispose]();
	await closeRecord();
}, 90_000);
