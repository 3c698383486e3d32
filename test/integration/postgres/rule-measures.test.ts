// What a machine did about items on a rule's word: in the record with the verdict, one order each, ended by people's decision or all at once.
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { column } from "../../../services/adapters/postgres/connection/columns.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { named } from "../../../services/core/acts/doer.ts";
import type { ItemId, PlatformId, UserId } from "../../../services/core/ids.ts";
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
	expect(await stores.measures.inForce("shouting")).toEqual({ "limit-spread": 0 });
	await expect(stores.measures.lift("shouting", { by: userId, why: "enough" })).rejects.toMatchObject({
		code: "nothing-changed",
	});
});

it("is lifted all at once for one rule, by a person, with one act, and leaves alone what others caused", async () => {
	const mine = await Promise.all([limited("many-links"), limited("many-links")]);
	const other = await limited("shouting");
	expect(await stores.measures.inForce("many-links")).toEqual({ "limit-spread": 2 });
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
