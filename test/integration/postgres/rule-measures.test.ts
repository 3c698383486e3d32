// What a machine did about items on a rule's word: in the record with the verdict, one order each, ended by people's decision or all at once.
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { column } from "../../../services/adapters/postgres/connection/columns.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { named } from "../../../services/core/acts/doer.ts";
import { claimCase } from "../../../services/core/cases/act-on-case.ts";
import { changeMeasure } from "../../../services/core/cases/change-measure.ts";
import { undoDecision } from "../../../services/core/cases/undo-decision.ts";
import { type CaseId, type ItemId, orderId, type PlatformId, type UserId } from "../../../services/core/ids.ts";
import type { Measure, MeasureOrder } from "../../../services/core/measures/measure.ts";
import { defaultPolicy } from "../../../services/core/policy/policy.ts";
import type { ExaminedItem } from "../../../services/core/ports/verdict-store.ts";
import { decideBy } from "../../support/decide-case.ts";
import { newItem, newVerdict } from "../../support/examined-items.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platform: { readonly id: PlatformId; readonly source: string };
let userId: UserId;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	const forum = { name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] };
	platform = await stores.platforms.create(forum);
	const lan = { login: "lan", displayName: "Lan", passwordHash: "x" };
	({ id: userId } = await stores.users.create({ ...lan, roles: ["lead"] }));
	for (const name of ["many-links", "shouting", "quiet"]) {
		const does = { review: true, limitSpread: true } as const;
		const body = { name, when: "item.links > 3", does, category: null, owner: "an", reviewBy: "2027-06-30" };
		await stores.rules.draft(body, { isChecked: true, by: named("an"), why: "spam" });
	}
}, 30_000);
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

const asked = newVerdict({ tier: "T", action: "review", urgency: 40, category: null });

async function limited(rule: string, item: Partial<ExaminedItem> = {}): Promise<ItemId> {
	const measures = [{ measure: { kind: "limit-spread" }, rule }] as const;
	const made = newItem(platform.id, platform.source, { verdict: asked, measures, ...item });
	await stores.verdicts.record([made]);
	return made.id;
}

async function caseOf(id: ItemId) {
	const [row] = await record.database.rows(
		sql`SELECT subject FROM items WHERE id = ${id}`,
		z.object({ subject: column.text }),
	);
	const [found] = await stores.cases.list({ search: row?.subject ?? "", limit: 1, offset: 0 });
	const detail = found === undefined ? null : await stores.cases.find(found.id);
	if (detail === null) throw new Error("what a rule limits is before people");
	return detail;
}

async function told(id: ItemId): Promise<readonly string[]> {
	const rows = await record.database.rows(
		sql`SELECT action || ' ' || decided_by AS said FROM orders WHERE item_id = ${id} ORDER BY version`,
		z.object({ said: column.text }),
	);
	return rows.map(({ said }) => said);
}

it("limits an item with its verdict, by one order of the first version, which says that a rule led to it, and its case knows", async () => {
	const id = await limited("quiet");
	expect(await told(id)).toEqual(["limit-spread machine"]);
	const detail = await caseOf(id);
	expect(detail.items).toMatchObject([{ state: "limited", version: 1 }]);
	expect(detail.events.map(({ kind }) => kind)).toContain("ordered");
	const [order] = detail.items[0]?.orders ?? [];
	const pending = order === undefined ? null : await stores.orders.take(order.id);
	expect(pending?.message).toMatchObject({
		...{ action: "limit-spread", version: 1, reason: { occasion: "rule", decidedBy: "machine", tier: "T" } },
		statement: { restriction: "limited", facts: ["words"], ground: null, appealCode: expect.any(String) },
	});
	if (order !== undefined) await stores.orders.settleAttempt(order.id, { kind: "delivered", at: new Date() });
	expect((await caseOf(id)).events.map(({ kind }) => kind)).toContain("delivered");
});

it("does so once, however often the item comes", async () => {
	const item = newItem(platform.id, platform.source, {
		...{ verdict: asked, measures: [{ measure: { kind: "limit-spread" }, rule: "quiet" }] },
	});
	await stores.verdicts.record([item, item]);
	await stores.verdicts.record([item]);
	expect(await told(item.id)).toEqual(["limit-spread machine"]);
});

it("is ended by the decision on its case, either way", async () => {
	const [left, removed] = [await limited("shouting"), await limited("shouting")];
	const once = { ...defaultPolicy, removalPeople: { ...defaultPolicy.removalPeople, T: 1 } };
	const decide = async (id: ItemId, decision: "remove" | "restore") =>
		decideBy(stores, userId, (await caseOf(id)).snapshot.id, { decision, isLead: true, policy: once });
	await decide(left, "restore");
	await decide(removed, "remove");
	expect(await told(left)).toEqual(["limit-spread machine", "restore person"]);
	expect(await told(removed)).toEqual(["limit-spread machine", "remove person"]);
	expect(await stores.measures.inForce("shouting")).toEqual({ "limit-spread": 0, label: 0, friction: 0 });
	await expect(stores.measures.lift("shouting", { by: userId, why: "enough" })).rejects.toMatchObject({
		code: "nothing-changed",
	});
});

it("is lifted all at once for one rule, by a person, with one act, and leaves alone what others caused", async () => {
	const mine = await Promise.all([limited("many-links"), limited("many-links")]);
	const other = await limited("shouting");
	expect(await stores.measures.inForce("many-links")).toEqual({ "limit-spread": 2, label: 0, friction: 0 });
	expect(await stores.measures.lift("many-links", { by: userId, why: "it was wrong" })).toBe(2);
	for (const id of mine) {
		expect(await told(id)).toEqual(["limit-spread machine", "lift-limit person"]);
		expect((await caseOf(id)).snapshot).toMatchObject({ state: "open", items: [{ state: "live" }] });
	}
	expect(await told(other)).toEqual(["limit-spread machine"]);
	const [act] = await stores.acts.list({ what: "rule-measures-lifted", limit: 10 });
	expect(act).toMatchObject({ reason: "it was wrong", details: { items: 2 }, actor: { kind: "person", name: "lan" } });
	await expect(stores.measures.lift("no-such-rule", { by: userId, why: "?" })).rejects.toMatchObject({
		code: "not-found",
	});
});

const label = { kind: "label", label: "advertising" } as const;
const friction = { kind: "friction" } as const;

async function measured(rule: string, measures: readonly Measure[], item: Partial<ExaminedItem> = {}): Promise<ItemId> {
	return limited(rule, { measures: measures.map((measure) => ({ measure, rule })), ...item });
}

async function toldOf(id: ItemId) {
	return record.database.rows(
		sql`SELECT id, action, matter, version, state, decided_by AS by FROM orders WHERE item_id = ${id} ORDER BY matter, version`,
		z.object({
			...{ id: orderId, action: column.text, matter: column.text, version: column.whole, state: column.text },
			by: column.text,
		}),
	);
}

it("labels an item and slows its account down by orders that count by themselves and carry reasons of their own", async () => {
	const id = await measured("quiet", [{ kind: "limit-spread" }, label, friction], { authorId: "loud" });
	const orders = await toldOf(id);
	expect(orders.map(({ action, version }) => [action, version])).toEqual([
		["limit-spread", 1],
		["add-friction", 1],
		["label", 1],
	]);
	const [, slowed, labelled] = await Promise.all(orders.map(({ id: order }) => stores.orders.take(order)));
	expect(labelled?.message).toMatchObject({
		...{ type: "breakwater.measure-order.v1", action: "label", label: "advertising", version: 1, itemId: id },
		...{ accountId: "loud", reason: { occasion: "rule", decidedBy: "machine" } },
		statement: { restriction: "labelled", label: "advertising", appealCode: expect.any(String) },
	});
	expect(slowed?.message).toMatchObject({ action: "add-friction", label: null, statement: { restriction: "slowed" } });
	const jobs = await stores.outbox.list({ limit: 500 });
	const mine = orders.map(({ id: order }) => jobs.find(({ jobId }) => jobId.endsWith(order))?.name);
	expect(mine).toEqual(["limit-spread", "measure", "measure"]);
	const detail = await caseOf(id);
	expect(detail.items[0]?.orders.map(({ action }) => action)).toEqual(["limit-spread"]);
	expect(detail.items[0]?.measures).toMatchObject([
		{ action: "add-friction", label: null, state: "pending" },
		{ action: "label", label: "advertising", state: "pending" },
	]);
	expect(detail.events.filter(({ kind }) => kind === "ordered").map(({ data }) => data.action)).toEqual([
		...["limit-spread", "label", "add-friction"],
	]);
});

it("an obeyed label never overtakes a limit that is still to be sent", async () => {
	const id = await measured("quiet", [{ kind: "limit-spread" }, label]);
	const [limit, labelled] = await toldOf(id);
	if (limit === undefined || labelled === undefined) throw new Error("both are ordered");
	await stores.orders.settleAttempt(labelled.id, { kind: "delivered", at: new Date() });
	expect((await stores.orders.take(limit.id))?.state).toBe("pending");
	expect((await caseOf(id)).items[0]?.measures).toMatchObject([{ action: "label", state: "delivered" }]);
});

it("slows an account down once, however much of it a rule speaks of, and knows it of its other items", async () => {
	const [first, second] = [newItem, newItem].map((make) =>
		make(platform.id, platform.source, {
			...{ verdict: asked, authorId: "twice", measures: [{ measure: friction, rule: "shouting" }] },
		}),
	);
	if (first === undefined || second === undefined) throw new Error("two are made");
	await stores.verdicts.record([first, second]);
	const third = await measured("shouting", [friction], { authorId: "twice" });
	const all = (await Promise.all([first.id, second.id, third].map(toldOf))).flat();
	expect(all.map(({ action }) => action)).toEqual(["add-friction"]);
	expect((await caseOf(third)).items[0]?.measures).toMatchObject([{ action: "add-friction" }]);
});

it("what is left up is free of what a machine did about it, what a person asked for stays, and all of it is again once that is taken back", async () => {
	const id = await measured("quiet", [label, friction], { authorId: "freed" });
	const { id: of } = (await caseOf(id)).snapshot;
	await asPerson(of, { action: "label", label: "by-hand" });
	await decideBy(stores, userId, of, { decision: "restore", isLead: true });
	const actions = async () => (await toldOf(id)).map(({ action, matter, by }) => `${action} ${matter} ${by}`);
	expect(await actions()).toEqual([
		...["add-friction friction machine", "lift-friction friction person"],
		...["label label:advertising machine", "unlabel label:advertising person", "label label:by-hand person"],
	]);
	const now = new Date();
	await stores.cases.transition(of, { kind: "person", userId }, now, (current) =>
		undoDecision(current, { userId, isLead: true, now, reason: "too fast" }, defaultPolicy),
	);
	expect((await actions()).filter((one) => one.startsWith("label label:advertising"))).toHaveLength(2);
	expect((await actions()).filter((one) => one.startsWith("add-friction"))).toHaveLength(2);
});

it("a rule's labels and friction are lifted with what it limited, and not what a person put there", async () => {
	const before = await stores.measures.inForce("many-links");
	const id = await measured("many-links", [{ kind: "limit-spread" }, label, friction], { authorId: "lifted" });
	await asPerson((await caseOf(id)).snapshot.id, { action: "label", label: "by-hand" });
	expect(await stores.measures.inForce("many-links")).toEqual({
		...{ "limit-spread": before["limit-spread"] + 1, label: before.label + 1, friction: before.friction + 1 },
	});
	expect(await stores.measures.lift("many-links", { by: userId, why: "it was wrong" })).toBe(3);
	expect(await stores.measures.inForce("many-links")).toEqual({ "limit-spread": 0, label: 0, friction: 0 });
	expect((await caseOf(id)).items[0]?.measures.map(({ action, label: of }) => [action, of])).toEqual([
		...[
			["lift-friction", null],
			["unlabel", "advertising"],
			["label", "by-hand"],
		],
	]);
});

it("is appealed by the code that its user was given, while it is so", async () => {
	const id = await measured("quiet", [label]);
	const [order] = await toldOf(id);
	const taken = order === undefined ? null : await stores.orders.take(order.id);
	const code = taken?.message.statement?.appealCode ?? "";
	const appeal = {
		channel: "portal",
		text: "it is none",
		at: new Date(),
		until: () => new Date(Date.now() + 60_000),
	} as const;
	const answer = await stores.appeals.appealRestriction({ kind: "code", code }, appeal);
	expect(answer).toMatchObject({ kind: "received", isNew: true, appeal: { orderId: order?.id } });
	const other = await measured("quiet", [label]);
	const [lifted] = await toldOf(other);
	const given = lifted === undefined ? null : await stores.orders.take(lifted.id);
	await asPerson((await caseOf(other)).snapshot.id, { action: "unlabel", label: "advertising" });
	const late = await stores.appeals.appealRestriction(
		{ kind: "code", code: given?.message.statement?.appealCode ?? "" },
		appeal,
	);
	expect(late).toEqual({ kind: "refused", why: "nothing-to-appeal" });
});

async function asPerson(of: CaseId, order: MeasureOrder): Promise<void> {
	const actor = { kind: "person", userId } as const;
	const now = new Date();
	const claimed = await stores.cases.transition(of, actor, now, (current) =>
		claimCase(current, { userId, isLead: true, now, leaseMs: 60_000 }),
	);
	const act = { ...order, userId, fence: claimed?.claim?.fence ?? 0, now };
	await stores.cases.transition(of, actor, now, (current) => changeMeasure(current, act));
}
