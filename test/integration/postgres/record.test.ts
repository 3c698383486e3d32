// The record on a real PostgreSQL: verdicts, cases, orders and outbox of the detector's one transaction, and what people and
// takedown do with them afterwards.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { column } from "../../../services/adapters/postgres/connection/columns.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import type { CaseTransition } from "../../../services/core/cases/case.ts";
import { type CaseId, caseId, type OrderId, orderId, type UserId } from "../../../services/core/ids.ts";
import type { OutboxRow } from "../../../services/core/ports/outbox-store.ts";
import type { Platform } from "../../../services/core/ports/platform-store.ts";
import type { ExaminedItem } from "../../../services/core/ports/verdict-store.ts";
import { type Topic, topics } from "../../../services/core/wire/topics.ts";
import { hashesOf } from "../../support/bank-fixtures.ts";
import { clearVerdict, newItem, newVerdict } from "../../support/examined-items.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platform: Platform;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	platform = await stores.platforms.create({ name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] });
});
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});
const item = (change: Partial<ExaminedItem> = {}) => newItem(platform.id, platform.source, change);
const count = async (table: string) =>
	(await record.database.rows(sql`SELECT count(*) AS n FROM ${sql.table(table)}`, z.object({ n: column.count })))[0]?.n;
const newUser = (login: string) =>
	stores.users.create({ login, displayName: login, roles: ["reviewer"], passwordHash: "x" }).then((user) => user.id);

describe("recording verdicts", () => {
	test("a withheld item comes with its case, its order and what must happen next", async () => {
		const one = item();
		const [outcome] = await stores.verdicts.record([one]);
		if (outcome?.kind !== "recorded" || outcome.caseId === null || outcome.orderId === null)
			throw new Error("recorded, with case and order");
		const found = await stores.cases.find(outcome.caseId);
		expect(found).toMatchObject({ tier: "K1", state: "open", itemCount: 1 });
		expect(found?.items[0]).toMatchObject({ id: one.id, state: "withheld", version: 1 });
		expect(found?.events.map(({ kind, sequence }) => [sequence, kind])).toEqual([
			[1, "opened"],
			[2, "item-added"],
			[3, "ordered"],
		]);
		const order = await stores.orders.take(outcome.orderId);
		expect(order).toMatchObject({
			state: "pending",
			message: {
				...{ action: "withhold", version: 1, subject: one.subject, eventId: one.eventId },
				statement: {
					restriction: "withheld",
					facts: ["known"],
					promptedBy: ["detection"],
					automated: { decision: true },
				},
			},
		});
		const rows: OutboxRow[] = [];
		await stores.outbox.relay(100, async (moved) => void rows.push(...moved));
		expect(rows.map(({ jobId }) => jobId)).toEqual(
			expect.arrayContaining([`withhold-${outcome.orderId}`, `escalate-${outcome.caseId}`]),
		);
	});

	test("all hashes of a picture are kept, so that a list that knows only one of them finds earlier copies", async () => {
		const hashes = hashesOf("kept picture");
		const one = item({ hashes });
		await stores.verdicts.record([one]);
		const rows = await record.database.rows(
			sql`SELECT type, hash, quality FROM item_hashes WHERE item_id = ${one.id} ORDER BY type`,
			z.object({ type: column.text, hash: column.bytes, quality: column.whole.nullable() }),
		);
		const { sha256, sha1, md5, pdq } = hashes;
		expect(rows).toEqual([
			{ type: "md5", hash: Buffer.from(md5), quality: null },
			{ type: "pdq", hash: Buffer.from(pdq?.hash ?? []), quality: pdq?.quality },
			{ type: "sha1", hash: Buffer.from(sha1), quality: null },
			{ type: "sha256", hash: Buffer.from(sha256), quality: null },
		]);
	});

	test("an item without a finding is recorded, and nothing else is", async () => {
		const [cases, orders, outbox] = await Promise.all([count("cases"), count("orders"), count("outbox")]);
		const [outcome] = await stores.verdicts.record([item({ verdict: clearVerdict })]);
		expect(outcome).toMatchObject({ kind: "recorded", caseId: null, orderId: null });
		expect(await Promise.all([count("cases"), count("orders"), count("outbox")])).toEqual([cases, orders, outbox]);
	});

	test("a clear segment of a live stream is recorded with its stream, or not at all", async () => {
		const live = { streamId: "evening", sequence: 1 };
		const segment = item({ verdict: clearVerdict, live });
		const items = await count("items");
		await record.database.rows(sql`ALTER TABLE live_segments RENAME TO away`);
		await expect(stores.verdicts.record([segment])).rejects.toThrow("live_segments");
		await record.database.rows(sql`ALTER TABLE away RENAME TO live_segments`);
		expect(await count("items")).toBe(items);
		expect(await stores.verdicts.record([segment])).toMatchObject([{ kind: "recorded" }]);
		expect(await count("live_segments")).toBe(1);
	});

	test("an event already recorded changes nothing, be it later or in the same batch", async () => {
		const one = item();
		const twin = item({ eventId: one.eventId });
		const [first, second] = await stores.verdicts.record([one, twin]);
		expect([first?.kind, second?.kind]).toEqual(["recorded", "duplicate"]);
		const orders = await count("orders");
		const [again] = await stores.verdicts.record([item({ eventId: one.eventId })]);
		expect(again).toEqual({ kind: "duplicate", itemId: one.id, owedEvidence: null });
		expect(await count("orders")).toBe(orders);
		expect(await stores.verdicts.findSettled([one, { source: one.source, eventId: "never sent" }])).toEqual(
			new Set([`${one.source}\n${one.eventId}`]),
		);
	});

	describe("an item that is withheld on its bytes alone", () => {
		const relayed = async () => {
			const ids: string[] = [];
			await stores.outbox.relay(10_000, async (rows) => void ids.push(...rows.map(({ jobId }) => jobId)));
			return ids;
		};
		const orderOf = async (id: string) => {
			const [row] = await record.database.rows(
				sql`SELECT id, case_id AS case FROM orders WHERE item_id = ${id}`,
				z.object({ id: orderId, case: caseId.nullable() }),
			);
			if (row === undefined) throw new Error("there is no order");
			return row;
		};

		test("has its order at once, and owes its examination; the verdict comes with the case, and no second order", async () => {
			const one = item();
			expect(await stores.verdicts.withhold([one])).toEqual([{ kind: "withheld", itemId: one.id }]);
			const order = await orderOf(one.id);
			expect(order.case).toBeNull();
			expect(await relayed()).toContain(`withhold-${order.id}`);
			const key = `${one.source}\n${one.eventId}`;
			expect(await stores.verdicts.findRecorded([one])).toEqual(
				new Map([[key, { itemId: one.id, owes: "examination" }]]),
			);
			expect(await stores.verdicts.findSettled([one])).toEqual(new Set());
			expect(await stores.verdicts.countOwed()).toMatchObject({ examination: 1 });
			await stores.orders.settleAttempt(order.id, { kind: "delivered", at: new Date() });

			const [outcome] = await stores.verdicts.record([one]);
			if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("recorded, with its case");
			expect(outcome.orderId).toBe(order.id);
			expect(await orderOf(one.id)).toEqual({ id: order.id, case: outcome.caseId });
			const found = await stores.cases.find(outcome.caseId);
			expect(found?.events.map(({ kind }) => kind)).toEqual(["opened", "item-added", "ordered", "delivered"]);
			expect(found?.items[0]).toMatchObject({ id: one.id, state: "withheld", version: 1 });
			expect(await relayed()).toEqual([`escalate-${outcome.caseId}`]);
			expect(await stores.verdicts.findSettled([one])).toHaveProperty("size", 1);
			expect(await stores.verdicts.countOwed()).toMatchObject({ examination: 0 });
			expect(await stores.verdicts.record([one])).toMatchObject([{ kind: "duplicate", itemId: one.id }]);
		});

		test("is told of deliveries that come after its case", async () => {
			const one = item();
			await stores.verdicts.withhold([one]);
			const [outcome] = await stores.verdicts.record([one]);
			if (outcome?.kind !== "recorded" || outcome.caseId === null || outcome.orderId === null)
				throw new Error("recorded");
			await stores.orders.settleAttempt(outcome.orderId, { kind: "delivered", at: new Date() });
			const found = await stores.cases.find(outcome.caseId);
			expect(found?.events.map(({ kind }) => kind)).toEqual(["opened", "item-added", "ordered", "delivered"]);
		});

		test("is withheld once, however often it comes", async () => {
			const one = item();
			const twin = item({ eventId: one.eventId });
			expect(await stores.verdicts.withhold([one, twin])).toEqual([
				{ kind: "withheld", itemId: one.id },
				{ kind: "duplicate", itemId: one.id },
			]);
			expect(await stores.verdicts.withhold([twin])).toEqual([{ kind: "duplicate", itemId: one.id }]);
			const recorded = item();
			await stores.verdicts.record([recorded]);
			const orders = await count("orders");
			const again = item({ eventId: recorded.eventId });
			expect(await stores.verdicts.withhold([again])).toEqual([{ kind: "duplicate", itemId: recorded.id }]);
			expect(await count("orders")).toBe(orders);
		});

		test("joins the case that is there, and says that the platform deleted it meanwhile", async () => {
			const [first] = await stores.verdicts.record([item({ clusterKey: "withheld-first" })]);
			if (first?.kind !== "recorded" || first.caseId === null) throw new Error("recorded, with its case");
			const one = item({ clusterKey: "withheld-first" });
			await stores.verdicts.withhold([one]);
			await stores.verdicts.markGone({ source: one.source, subject: one.subject, at: new Date() });
			const [outcome] = await stores.verdicts.record([one]);
			expect(outcome).toMatchObject({ kind: "recorded", caseId: first.caseId });
			const found = await stores.cases.find(first.caseId);
			expect(found?.events.map(({ kind }) => kind).slice(-3)).toEqual(["item-added", "ordered", "item-gone"]);
		});

		test("two detectors that examine it at once record it once", async () => {
			const items = Array.from({ length: 20 }, (_, at) => item({ clusterKey: `withheld-race-${at % 3}` }));
			await stores.verdicts.withhold(items);
			const both = await Promise.all([stores.verdicts.record(items), stores.verdicts.record(items.toReversed())]);
			expect(both.flat().filter(({ kind }) => kind === "recorded")).toHaveLength(items.length);
		});
	});

	test("an event that comes again years later is still known", async () => {
		const one = item();
		await stores.verdicts.record([one]);
		await record.database.rows(
			sql`UPDATE items SET received_at = received_at - interval '10 years', recorded_at = recorded_at - interval '10 years' WHERE id = ${one.id}`,
		);
		const orders = await count("orders");
		expect(await stores.verdicts.findSettled([one])).toHaveProperty("size", 1);
		const [again] = await stores.verdicts.record([item({ eventId: one.eventId })]);
		expect(again).toMatchObject({ kind: "duplicate", itemId: one.id });
		expect(await count("orders")).toBe(orders);
	});

	test("copies join one case, which takes the strongest tier", async () => {
		const hashes = hashesOf("copies");
		const [weak] = await stores.verdicts.record([
			item({ hashes, clusterKey: "c1", verdict: newVerdict({ tier: "K3", action: "review", urgency: 60 }) }),
		]);
		const [strong] = await stores.verdicts.record([item({ hashes, clusterKey: "c1" })]);
		if (weak?.kind !== "recorded" || strong?.kind !== "recorded" || weak.caseId === null)
			throw new Error("both recorded");
		expect(strong.caseId).toBe(weak.caseId);
		expect(await stores.cases.find(weak.caseId)).toMatchObject({ tier: "K1", urgency: 90, itemCount: 2 });
	});

	test("two detectors recording the same feed at once neither double nor lose anything", async () => {
		const items = Array.from({ length: 60 }, (_, index) => item({ clusterKey: `race-${index % 7}` }));
		const shuffled = items.map((one) => item({ eventId: one.eventId, clusterKey: one.clusterKey })).toReversed();
		const half = (from: readonly ExaminedItem[], part: number) => from.filter((_, index) => index % 3 === part);
		const outcomes = await Promise.all(
			[0, 1, 2].flatMap((part) => [
				stores.verdicts.record(half(items, part)),
				stores.verdicts.record(half(shuffled, part)),
			]),
		);
		expect(outcomes.flat().filter(({ kind }) => kind === "recorded")).toHaveLength(60);
		const cases = await record.database.rows(
			sql`SELECT item_count FROM cases WHERE cluster_key LIKE 'race-%'`,
			z.object({ item_count: column.whole }),
		);
		expect(cases).toHaveLength(7);
		expect(cases.reduce((sum, one) => sum + one.item_count, 0)).toBe(60);
	});

	test("content that the platform deleted is gone, and its orders are not sent", async () => {
		const one = item();
		const [outcome] = await stores.verdicts.record([one]);
		if (outcome?.kind !== "recorded" || outcome.orderId === null || outcome.caseId === null)
			throw new Error("recorded");
		expect(await stores.verdicts.markGone({ source: one.source, subject: one.subject, at: new Date() })).toBe(1);
		expect((await stores.orders.find(outcome.orderId))?.state).toBe("superseded");
		expect((await stores.cases.find(outcome.caseId))?.events.at(-1)).toMatchObject({
			kind: "item-gone",
			data: { itemId: one.id },
		});
	});
});

describe("jobs that are not done", () => {
	test("are listed, and handed to the queue again at once when asked to", async () => {
		const [outcome] = await stores.verdicts.record([item()]);
		if (outcome?.kind !== "recorded") throw new Error("recorded");
		const jobId = `withhold-${outcome.orderId}`;
		const find = async () => (await stores.outbox.list({ limit: 10_000 })).find((job) => job.jobId === jobId);
		expect(await find()).toMatchObject({ name: "withhold", enqueuedAt: null });
		if (outcome.orderId === null) throw new Error("what is known has an order");
		await stores.orders.settleAttempt(outcome.orderId, { kind: "failed", reason: "status-500", at: new Date() });
		const { platformName, attempts, lastReason, caseId } = (await stores.orders.find(outcome.orderId)) ?? {};
		expect(attempts).toBe(1);
		expect(await find()).toMatchObject({ platformName, attempts, lastReason, caseId });
		expect(await stores.outbox.list({ until: new Date(Date.now() - 3_600_000), limit: 10 })).toEqual([]);
		await stores.outbox.relay(10_000, async () => undefined);
		expect((await find())?.enqueuedAt).toBeInstanceOf(Date);
		expect(await stores.outbox.hasten({ ids: [jobId, "withhold-unknown"] }, { by: "an", why: "a test" })).toBe(1);
		expect((await find())?.enqueuedAt).toBeNull();
	});
});

describe("an order that is sent again", () => {
	test("while the attempt that gave it up is still ending is not lost with that attempt's job", async () => {
		const [outcome] = await stores.verdicts.record([item()]);
		if (outcome?.kind !== "recorded" || outcome.orderId === null) throw new Error("recorded, with an order");
		const { orderId } = outcome;
		await stores.orders.settleAttempt(orderId, { kind: "undelivered", reason: "status-410", at: new Date() });
		expect(await stores.orders.replay({ ids: [orderId] }, { by: "an", why: "they are back" })).toBe(1);
		await stores.outbox.acknowledge(`withhold-${orderId}`);
		const jobs = async () => (await stores.outbox.list({ ids: [`withhold-${orderId}`], limit: 10 })).length;
		expect(await jobs()).toBeGreaterThan(0);
		await stores.orders.settleAttempt(orderId, { kind: "delivered", at: new Date() });
		await stores.outbox.acknowledge(`withhold-${orderId}`);
		expect(await jobs()).toBe(0);
	});
});

describe("dead letters", () => {
	test("are chosen by when they were parked", async () => {
		const value = Buffer.from("x");
		const place = {
			topic: "breakwater.posts",
			partition: 0,
			offset: "7",
			key: null,
			value,
			headers: {},
			attempts: 1,
		} as const;
		await stores.deadLetters.park([{ reason: "malformed-json", faults: [{ code: "not-json" }], ...place }]);
		const hourAgo = new Date(Date.now() - 3_600_000);
		const inAnHour = new Date(Date.now() + 3_600_000);
		const at = async (times: { since?: Date; until?: Date }) =>
			(await stores.deadLetters.list({ reason: "malformed-json", limit: 10, ...times })).length;
		expect(await at({ since: hourAgo, until: inAnHour })).toBe(1);
		expect(await at({ since: inAnHour })).toBe(0);
		expect(await at({ until: hourAgo })).toBe(0);
	});

	test("say which uploads they name, until they are resolved", async () => {
		const [named, deferred, other] = ["named", "deferred", "other"].map((name) => `uploads/forum/2026-11-24/${name}`);
		const keys = [named ?? "", deferred ?? "", other ?? ""];
		const park = (topic: Topic, objectKey = "") => {
			const value = Buffer.from(JSON.stringify({ data: { objectKey } }));
			const place = { topic, partition: 0, offset: "8", key: "k", headers: {}, attempts: 1 };
			return stores.deadLetters.park([{ reason: "malformed-event", faults: [], value, ...place }]);
		};
		await park(topics.media, named);
		await park(topics.overflow, deferred);
		expect(await stores.deadLetters.mentioned(keys)).toEqual(new Set([named, deferred]));
		await stores.deadLetters.resolve({ reason: "malformed-event" }, "discarded", { by: "an", why: "a test" });
		expect(await stores.deadLetters.mentioned(keys)).toEqual(new Set());
	});
});

describe("the outbox", () => {
	test("a row goes to one relay only; one that is not acknowledged comes again, one that is does not", async () => {
		await stores.outbox.relay(1_000, async () => undefined);
		const outcomes = await stores.verdicts.record(Array.from({ length: 20 }, () => item()));
		const seen: string[] = [];
		const take = () => stores.outbox.relay(7, async (rows) => void seen.push(...rows.map(({ jobId }) => jobId)));
		while ((await Promise.all([take(), take(), take()])).some((moved) => moved > 0));
		expect(seen).toHaveLength(40);
		expect(new Set(seen).size).toBe(40);
		const [first] = outcomes;
		if (first?.kind !== "recorded" || first.orderId === null) throw new Error("recorded, with an order");
		await stores.orders.settleAttempt(first.orderId, { kind: "delivered", at: new Date() });
		await stores.outbox.acknowledge(`withhold-${first.orderId}`);
		const again: string[] = [];
		await stores.outbox.reconcile(-1_000, 1_000, async (rows) => void again.push(...rows.map(({ jobId }) => jobId)));
		expect(again).toEqual(expect.arrayContaining(seen.filter((jobId) => jobId !== `withhold-${first.orderId}`)));
		expect(again).not.toContain(`withhold-${first.orderId}`);
	});

	test("what a person decided leaves before a flood of withholds, and withholds before what only tells people", async () => {
		await stores.outbox.relay(1_000, async () => undefined);
		const user = await newUser("before-a-flood");
		const [decided] = await stores.verdicts.record([item()]);
		await stores.outbox.relay(1_000, async () => undefined);
		await stores.verdicts.record(Array.from({ length: 30 }, () => item()));
		if (decided?.kind !== "recorded" || decided.caseId === null) throw new Error("recorded");
		await stores.cases.transition(decided.caseId, { kind: "person", userId: user }, new Date(), (current) => ({
			state: "decided",
			claim: null,
			firstDecision: null,
			secondDecision: null,
			decided: { decision: "restore", userId: user, at: new Date() },
			events: [],
			itemActions: current.items.map(({ id }) => ({ itemId: id, action: "restore" })),
		}));
		const names: string[] = [];
		const take = async (limit: number) => {
			const rows: OutboxRow[] = [];
			await stores.outbox.relay(limit, async (moved) => void rows.push(...moved));
			names.push(...rows.map(({ name }) => name));
		};
		await take(1);
		await take(30);
		await take(30);
		expect(names).toEqual(["restore", ...Array(30).fill("withhold"), ...Array(30).fill("escalate")]);
	});

	test("where the queue cannot take them, the rows stay due", async () => {
		await stores.outbox.relay(1_000, async () => undefined);
		await stores.verdicts.record([item()]);
		await expect(
			stores.outbox.relay(10, async () => {
				throw new Error("queue away");
			}),
		).rejects.toThrow("queue away");
		const rows: OutboxRow[] = [];
		await stores.outbox.relay(10, async (moved) => void rows.push(...moved));
		expect(rows).toHaveLength(2);
	});
});

const reviewer = (userId: UserId) => ({ userId, isLead: false });

describe("people and cases", () => {
	const claimBy =
		(userId: UserId, expiresAt: Date) =>
		(current: { readonly fence: number }): CaseTransition => ({
			state: "claimed",
			claim: { userId, fence: current.fence + 1, expiresAt },
			firstDecision: null,
			secondDecision: null,
			decided: null,
			events: [{ kind: "claimed", fence: current.fence + 1 }],
			itemActions: [],
		});

	test("two people asking for the next case at once get two cases, the most urgent first", async () => {
		const [one, two] = [await newUser("next-1"), await newUser("next-2")];
		await stores.verdicts.record([
			item({ verdict: newVerdict({ urgency: 99 }) }),
			item({ verdict: newVerdict({ urgency: 98 }) }),
		]);
		const soon = new Date(Date.now() + 60_000);
		const claimed = await Promise.all([
			stores.cases.transitionNext(reviewer(one), new Date(), claimBy(one, soon)),
			stores.cases.transitionNext(reviewer(two), new Date(), claimBy(two, soon)),
		]);
		expect(new Set(claimed.map((found) => found?.id)).size).toBe(2);
		const urgencies = await Promise.all(
			claimed.map(async (found) => (await stores.cases.find(found?.id as CaseId))?.urgency),
		);
		expect(urgencies.toSorted()).toEqual([98, 99]);
	});

	test("a lease that has run out holds nothing: the case is open again to others", async () => {
		const [one, two] = [await newUser("lease-1"), await newUser("lease-2")];
		await stores.verdicts.record([item({ verdict: newVerdict({ urgency: 100 }) })]);
		const past = new Date(Date.now() - 1);
		const first = await stores.cases.transitionNext(reviewer(one), new Date(), claimBy(one, past));
		expect((await stores.cases.find(first?.id as CaseId))?.state).toBe("open");
		const second = await stores.cases.transitionNext(
			reviewer(two),
			new Date(),
			claimBy(two, new Date(Date.now() + 60_000)),
		);
		expect(second?.id).toBe(first?.id);
		expect(second?.fence).toBe((first?.fence ?? 0) + 1);
	});

	test("a decision that is refused leaves no trace", async () => {
		const [outcome] = await stores.verdicts.record([item()]);
		if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("recorded");
		const before = await stores.cases.find(outcome.caseId);
		const refuse = () => {
			throw new Error("no");
		};
		await expect(stores.cases.transition(outcome.caseId, { kind: "machine" }, new Date(), refuse)).rejects.toThrow(
			"no",
		);
		expect(await stores.cases.find(outcome.caseId)).toEqual(before);
	});

	test("removal moves every item that it can, one order each, and leaves what is gone alone", async () => {
		const user = await newUser("remover");
		const items = [item({ clusterKey: "removal" }), item({ clusterKey: "removal" })];
		const [outcome] = await stores.verdicts.record(items);
		if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("recorded");
		await stores.verdicts.markGone({ source: platform.source, subject: items[1]?.subject ?? "", at: new Date() });
		await stores.cases.transition(outcome.caseId, { kind: "person", userId: user }, new Date(), (current) => ({
			state: "decided",
			claim: null,
			firstDecision: null,
			secondDecision: null,
			decided: { decision: "remove", userId: user, at: new Date() },
			events: [{ kind: "decided", decision: "remove", reason: "confirmed", isFinal: true }],
			itemActions: current.items.map(({ id }) => ({ itemId: id, action: "remove" })),
		}));
		const found = await stores.cases.find(outcome.caseId);
		expect(found?.items.map(({ state }) => state).toSorted()).toEqual(["gone", "removed"]);
		const removed = found?.items.find(({ state }) => state === "removed");
		expect(removed?.orders.map(({ action, version }) => [action, version])).toEqual([
			["withhold", 1],
			["remove", 2],
		]);
	});

	test("an order that waits for its first answer is listed after seconds, and counted once another of its platform fails", async () => {
		const orders = await stores.verdicts.record([item(), item()]);
		const [waiting, failing] = orders.map((one) => (one.kind === "recorded" ? one.orderId : null));
		if (waiting == null || failing == null) throw new Error("recorded");
		await record.database.rows(
			sql`UPDATE orders SET issued_at = now() + interval '1 minute' WHERE id <> ${waiting} AND attempts = 0`,
		);
		const listed = async () =>
			(await stores.orders.listOutstanding({ limit: 10_000 })).map(({ message }) => message.orderId);
		const counted = async () => (await stores.orders.platformsBehind()).reduce((sum, { retried }) => sum + retried, 0);
		expect(await listed()).not.toContain(waiting);
		await record.database.rows(sql`UPDATE orders SET issued_at = now() - interval '6 seconds' WHERE id = ${waiting}`);
		expect(await listed()).toContain(waiting);
		const before = await counted();
		await stores.orders.settleAttempt(failing, { kind: "failed", reason: "status-500", at: new Date() });
		expect(await counted()).toBeGreaterThan(before);
		expect(await listed()).toEqual(expect.arrayContaining([waiting, failing]));
	});

	test("an order overtaken by a newer one that was delivered is not sent any more", async () => {
		const user = await newUser("overtaker");
		const [outcome] = await stores.verdicts.record([item()]);
		if (outcome?.kind !== "recorded" || outcome.caseId === null || outcome.orderId === null)
			throw new Error("recorded");
		const { orderId } = outcome;
		await stores.orders.settleAttempt(orderId, { kind: "failed", reason: "status-500", at: new Date() });
		const waits = async () =>
			(await stores.orders.listOutstanding({ limit: 10_000 })).some(({ message }) => message.orderId === orderId);
		expect(await waits()).toBe(true);
		await stores.cases.transition(outcome.caseId, { kind: "machine" }, new Date(), (current) => ({
			state: "decided",
			claim: null,
			firstDecision: null,
			secondDecision: null,
			decided: { decision: "restore", userId: user, at: new Date() },
			events: [],
			itemActions: current.items.map(({ id }) => ({ itemId: id, action: "restore" })),
		}));
		const found = await stores.cases.find(outcome.caseId);
		const restore = found?.items[0]?.orders.find(({ action }) => action === "restore");
		expect(await waits()).toBe(false);
		await stores.orders.settleAttempt(restore?.id as OrderId, { kind: "delivered", at: new Date() });
		expect((await stores.orders.find(outcome.orderId))?.state).toBe("superseded");
		expect((await stores.cases.find(outcome.caseId))?.events.at(-1)).toMatchObject({
			kind: "delivered",
			data: { orderId: restore?.id },
		});
	});
});
