// Deadlines in a real PostgreSQL: started once, stopped by what their profile names, and noted when they pass, whoever was away meanwhile.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { machine } from "../../../services/core/acts/doer.ts";
import { claimCase } from "../../../services/core/cases/act-on-case.ts";
import { undoDecision } from "../../../services/core/cases/undo-decision.ts";
import { standingOf } from "../../../services/core/clocks/clock.ts";
import {
	type ClockId,
	clockId,
	type ItemId,
	type OrderId,
	orderId,
	type UserId,
	uuidv7,
} from "../../../services/core/ids.ts";
import { defaultPolicy } from "../../../services/core/policy/policy.ts";
import type { KeptClock } from "../../../services/core/ports/clock-store.ts";
import type { Platform } from "../../../services/core/ports/platform-store.ts";
import { newClock, tenHours } from "../../support/clock-fixtures.ts";
import { decideBy } from "../../support/decide-case.ts";
import { newItem, newVerdict } from "../../support/examined-items.ts";
import { openTestRecord } from "../../support/test-database.ts";

const hourMs = 3_600_000;
/** What is acknowledged at the fourth hour lies behind us, the deadline at the tenth ahead: people act at the fifth, now. */
const receivedAtMs = Math.floor(Date.now() / 60_000) * 60_000 - 5 * hourMs;
const hour = (hours: number) => new Date(receivedAtMs + hours * hourMs);

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platform: Platform;
let person: UserId;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	platform = await stores.platforms.create({ name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] });
	const an = { login: "an", displayName: "An", roles: ["lead"], passwordHash: "x" } as const;
	person = (await stores.users.create({ ...an, roles: [...an.roles] })).id;
});
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

async function newCase(urgency = 90) {
	const one = newItem(platform.id, platform.source, { verdict: newVerdict({ urgency }) });
	const [outcome] = await stores.verdicts.record([one]);
	if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("recorded, with its case");
	return { caseId: outcome.caseId, itemId: one.id };
}

/** A person removes what the case holds; the order, which the platform has not acknowledged yet. */
async function remove({ caseId, itemId }: Awaited<ReturnType<typeof newCase>>): Promise<OrderId> {
	await decideBy(stores, person, caseId, { decision: "remove" });
	const detail = await stores.cases.find(caseId);
	const order = detail?.items.find(({ id }) => id === itemId)?.orders.at(-1);
	if (order?.action !== "remove") throw new Error("the item was to be removed");
	return order.id;
}

const acknowledge = (id: OrderId, at: Date) => stores.orders.settleAttempt(id, { kind: "delivered", at });

const targetOf = ({ itemId, caseId }: Awaited<ReturnType<typeof newCase>>) => ({ itemId, caseId });

async function started(change: Parameters<typeof newClock>[0] = {}): Promise<ClockId> {
	return stores.clocks.start(newClock({ receivedAtMs, ...change }), hour(0));
}

async function find(id: ClockId): Promise<KeptClock> {
	const found = await stores.clocks.find(id);
	if (found === null) throw new Error("the clock was started");
	return found;
}

/** As a keeper does that comes back then; what it notes of this clock. */
async function keepAt(at: Date, id: ClockId) {
	return (await stores.clocks.keep(at, 1_000)).filter(({ clockId }) => clockId === id).map(({ mark }) => mark);
}

const actsOn = async (id: ClockId) =>
	(await stores.acts.list({ on: { kind: "clock", id }, limit: 100 }))
		.map(({ what, details }) => ({ what, details }))
		.reverse();

const told = (id: ClockId, kind: "information-asked" | "information-given", at: Date) =>
	stores.clocks.tell(id, { id: `${kind} ${at.toISOString()}`, kind, at }, { doer: machine, reason: null, at });

describe("starting", () => {
	test("counts from the receipt, however much later it is told of", async () => {
		const id = await stores.clocks.start(newClock({ receivedAtMs }), hour(3));
		expect(standingOf((await find(id)).clock, hour(3).getTime())).toEqual({
			kind: "running",
			dueAtMs: hour(10).getTime(),
		});
	});

	test("the same cause again is the same clock, as it was received first", async () => {
		const one = newClock({ receivedAtMs });
		const id = await stores.clocks.start(one, hour(0));
		expect(await stores.clocks.start({ ...one, receivedAtMs: hour(1).getTime() }, hour(1))).toBe(id);
		expect((await find(id)).clock.receivedAtMs).toBe(receivedAtMs);
		expect((await actsOn(id)).map(({ what }) => what)).toEqual(["clock-started"]);
	});

	test("what it began with is changed by nobody, nor is a clock forgotten", async () => {
		const id = await started();
		const change = record.database.rows(sql`UPDATE clocks SET received_at = now() WHERE id = ${id}`);
		await expect(change).rejects.toThrow("does not change");
		await expect(record.database.rows(sql`DELETE FROM clock_targets WHERE clock_id = ${id}`)).resolves.toEqual([]);
		await expect(record.database.rows(sql`DELETE FROM clocks WHERE id = ${id}`)).rejects.toThrow("only added to");
		await expect(record.database.rows(sql`TRUNCATE clock_events CASCADE`)).rejects.toThrow("only added to");
	});

	test("an urgent one has the shorter time, and its reason is on record", async () => {
		const id = await started({ urgentReason: "a child is in danger" });
		expect(standingOf((await find(id)).clock, receivedAtMs)).toMatchObject({ dueAtMs: hour(2).getTime() });
		const [act] = await stores.acts.list({ on: { kind: "clock", id }, limit: 1 });
		expect(act).toMatchObject({ what: "clock-started", reason: "a child is in danger", details: { isUrgent: true } });
	});
});

describe("stopping", () => {
	test("the platform's acknowledgement of the removal stops it; a person's decision alone does not", async () => {
		const one = await newCase();
		const id = await started({ caseId: one.caseId, targets: [targetOf(one)] });
		const order = await remove(one);
		expect((await find(id)).clock.ended).toBeNull();
		await acknowledge(order, hour(4));
		expect(standingOf((await find(id)).clock, hour(20).getTime())).toEqual({
			kind: "kept",
			endedAtMs: hour(4).getTime(),
		});
		expect((await actsOn(id)).map(({ what }) => what)).toEqual(["clock-started", "clock-told", "clock-ended"]);
	});

	test("a decision that is taken back has it run again from its receipt, and what passes meanwhile is a breach on record", async () => {
		const one = await newCase();
		const id = await started({ caseId: one.caseId, targets: [targetOf(one)] });
		await acknowledge(await remove(one), hour(4));
		expect((await find(id)).clock.ended).not.toBeNull();
		const by = { kind: "person", userId: person } as const;
		const now = new Date();
		const act = { userId: person, now, reason: "the wrong picture" };
		await stores.cases.transition(one.caseId, by, now, (current) => undoDecision(current, act, defaultPolicy));
		expect(standingOf((await find(id)).clock, hour(5).getTime())).toEqual({
			...{ kind: "running", dueAtMs: hour(10).getTime() },
		});
		expect((await stores.cases.find(one.caseId))?.dueAt).toEqual(hour(10));
		expect(await keepAt(hour(11), id)).toContainEqual({ kind: "breach", atMs: hour(10).getTime() });
		await acknowledge(await remove(one), hour(12));
		expect(standingOf((await find(id)).clock, hour(20).getTime())).toMatchObject({
			...{ kind: "late", byMs: 2 * hourMs, endedAtMs: hour(12).getTime() },
		});
		const acts = (await actsOn(id)).map(({ what }) => what).filter((what) => what !== "clock-warned");
		expect(acts).toEqual([
			...["clock-started", "clock-told", "clock-ended", "clock-reopened"],
			...["clock-breached", "clock-told", "clock-ended"],
		]);
	});

	test("withheld is not removed, and what is not ours only people can answer for", async () => {
		const one = await newCase();
		const withheld = await started({ caseId: one.caseId, targets: [targetOf(one)] });
		const order = (await stores.cases.find(one.caseId))?.items[0]?.orders[0]?.id;
		await acknowledge(orderId.parse(order), hour(1));
		expect((await find(withheld)).clock.ended).toBeNull();
		const elsewhere = await started({ caseId: one.caseId, targets: [targetOf(one), { itemId: null, caseId: null }] });
		await acknowledge(await remove(one), hour(2));
		expect((await find(withheld)).clock.ended).not.toBeNull();
		expect((await find(elsewhere)).clock.ended).toBeNull();
		await stores.clocks.tell(
			elsewhere,
			{ id: "by phone", kind: "order-acknowledged", at: hour(3) },
			{ doer: { kind: "person", userId: person }, reason: "the host wrote that it is gone", at: hour(3) },
		);
		expect((await find(elsewhere)).clock.ended).toEqual({ atMs: hour(3).getTime(), how: "done" });
		const [, said] = await stores.acts.list({ on: { kind: "clock", id: elsewhere }, limit: 2 });
		expect(said).toMatchObject({
			what: "clock-told",
			actor: { kind: "person", name: "an" },
			reason: "the host wrote that it is gone",
		});
	});

	test("all that was asked for must be acknowledged, and two acknowledgements at once do not miss each other", async () => {
		for (let round = 0; round < 5; round += 1) {
			const [a, b] = [await newCase(), await newCase()];
			const id = await started({ caseId: a.caseId, targets: [targetOf(a), targetOf(b)] });
			const orders = [await remove(a), await remove(b)];
			// Two processes of takedown, each with its own connection.
			const other = createStores(record.database).orders;
			await Promise.all([
				acknowledge(orders[0] as OrderId, hour(1)),
				other.settleAttempt(orders[1] as OrderId, { kind: "delivered", at: hour(2) }),
			]);
			expect((await find(id)).clock.ended).toEqual({ atMs: hour(2).getTime(), how: "done" });
		}
	});

	test("what was removed before it was asked for is kept at once", async () => {
		const one = await newCase();
		await acknowledge(await remove(one), hour(-5));
		const id = await started({ caseId: one.caseId, targets: [targetOf(one)] });
		expect(standingOf((await find(id)).clock, hour(1).getTime())).toEqual({ kind: "kept", endedAtMs: receivedAtMs });
	});

	test("a machine whose clock was set back before the receipt still stops it", async () => {
		const one = await newCase();
		const id = await started({ caseId: one.caseId, targets: [targetOf(one)] });
		await acknowledge(await remove(one), hour(-2));
		expect((await find(id)).clock.ended).toEqual({ atMs: receivedAtMs, how: "done" });
	});

	test("what the platform deleted itself does not hold up what was removed", async () => {
		const [a, b] = [await newCase(), await newCase()];
		const id = await started({ caseId: a.caseId, targets: [targetOf(a), targetOf(b)] });
		await acknowledge(await remove(a), hour(1));
		const { subject } = await subjectOf(b.itemId);
		await stores.verdicts.markGone({ source: platform.source, subject, at: hour(2) });
		expect((await find(id)).clock.ended).not.toBeNull();
	});

	test("nothing that there is no clock for can be told", async () => {
		const nothing = clockId.parse(uuidv7(0));
		await expect(told(nothing, "information-asked", hour(1))).rejects.toMatchObject({ code: "not-found" });
	});
});

async function subjectOf(id: ItemId): Promise<{ subject: string }> {
	const [row] = await record.database.rows(sql`SELECT subject FROM items WHERE id = ${id}`);
	return row as { subject: string };
}

describe("keeping", () => {
	test("warnings are noted as they come, each once", async () => {
		const id = await started();
		expect(await keepAt(hour(4), id)).toEqual([]);
		expect(await keepAt(hour(5), id)).toEqual([{ kind: "warning", fraction: 0.5, atMs: hour(5).getTime() }]);
		expect(await keepAt(hour(6), id)).toEqual([]);
		const counted = (await stores.clocks.counts(hour(6))).running.find(({ profile }) => profile === tenHours.id);
		expect(counted?.near).toBeGreaterThan(0);
	});

	test("a keeper that was away for an hour around the deadline notes the breach with its true time", async () => {
		const id = await started();
		await keepAt(hour(9.5), id);
		expect(await keepAt(hour(10.5), id)).toEqual([{ kind: "breach", atMs: hour(10).getTime() }]);
		const breached = (await actsOn(id)).find(({ what }) => what === "clock-breached");
		expect(breached?.details).toMatchObject({ profile: tenHours.id, dueAt: hour(10).toISOString() });
		expect(await keepAt(hour(11), id)).toEqual([]);
	});

	test("it was stopped too late while the keeper was away: late at once, and the breach is noted all the same", async () => {
		const one = await newCase();
		const id = await started({ caseId: one.caseId, targets: [targetOf(one)] });
		await acknowledge(await remove(one), hour(10.25));
		const ended = (await actsOn(id)).at(-1);
		expect(ended).toEqual({
			what: "clock-ended",
			details: {
				...{ profile: tenHours.id, caseId: one.caseId, endedAt: hour(10.25).toISOString(), outcome: "late" },
				lateByMs: hourMs / 4,
			},
		});
		expect(await keepAt(hour(11), id)).toEqual([{ kind: "breach", atMs: hour(10).getTime() }]);
		expect(standingOf((await find(id)).clock, hour(11).getTime())).toMatchObject({ kind: "late", byMs: hourMs / 4 });
	});

	test("two keepers note a breach once", async () => {
		const id = await started();
		const both = await Promise.all([keepAt(hour(12), id), keepAt(hour(12), id)]);
		expect(both.flat()).toHaveLength(1);
	});

	test("a pause moves what is due, and only what comes after it", async () => {
		const id = await started();
		await told(id, "information-asked", hour(4));
		expect(await keepAt(hour(20), id)).toEqual([]);
		await told(id, "information-given", hour(6));
		expect(standingOf((await find(id)).clock, hour(6).getTime())).toEqual({
			kind: "running",
			dueAtMs: hour(12).getTime(),
		});
		// Told twice.
		await told(id, "information-given", hour(6));
		expect((await find(id)).events).toHaveLength(2);
	});
});

describe("the queue", () => {
	test("within one urgency the nearest deadline comes first, then what has none; an ended one gives its place back", async () => {
		const urgency = 99.5;
		const [none, late, soon] = [await newCase(urgency), await newCase(urgency), await newCase(urgency)];
		await started({ caseId: late.caseId, targets: [targetOf(late)] });
		await started({ caseId: soon.caseId, targets: [targetOf(soon)], urgentReason: "a child is in danger" });
		const queue = async () =>
			(await stores.cases.list({ states: ["open", "claimed", "second"], limit: 100, offset: 0 }))
				.filter((one) => Math.abs(one.urgency - urgency) < 0.01)
				.map(({ id, dueAt }) => ({ id, dueAt }));
		expect(await queue()).toEqual([
			{ id: soon.caseId, dueAt: hour(2) },
			{ id: late.caseId, dueAt: hour(10) },
			{ id: none.caseId, dueAt: null },
		]);
		const at = new Date();
		const next = await stores.cases.transitionNext({ userId: person, isLead: true }, at, (current) =>
			claimCase(current, { userId: person, now: at, leaseMs: 60_000 }),
		);
		expect(next?.id).toBe(soon.caseId);
	});
});
