// A reported item that we hold, over a real record: it is judged again by the banks and the policy of now, and what comes of it joins the case that
// the report is in. A real matcher answers; the detector's turn is taken by hand. Processes and platforms are out of scope.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { createBankMatcher } from "../../../services/core/banks/bank-matcher.ts";
import type { ItemId, PlatformId } from "../../../services/core/ids.ts";
import { createPolicies, initialSet } from "../../../services/core/policy/policy.ts";
import { applyChange, type PolicyChangeRequest } from "../../../services/core/policy/policy-set.ts";
import { signalCatalogue } from "../../../services/core/signals/catalogue.ts";
import { clearSignal } from "../../../services/core/signals/clear/clear.ts";
import type { Surface } from "../../../services/core/wire/item-event.ts";
import { createJudgeItems } from "../../../services/detector/sweeps/judge-items.ts";
import { digest, hashesOf, newBank } from "../../support/bank-fixtures.ts";
import { clearVerdict, newItem } from "../../support/examined-items.ts";
import { submitReport } from "../../support/new-report.ts";
import { openTestRecord } from "../../support/test-database.ts";

const site = "https://forum.example/posts";
let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platformId: PlatformId;
let source: string;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	const forum = { name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] };
	({ id: platformId, source } = await stores.platforms.create(forum));
	await stores.platforms.setAddresses(platformId, [`${site}/{item}`]);
}, 30_000);
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});
beforeEach(async () => {
	await judgeReported();
});

/** A picture that was let pass, and the address that people see it at. */
async function letPass(surface: Surface = "public") {
	const [subject, pdq] = [randomUUID(), digest(randomUUID())];
	const verdict = { ...clearVerdict, signals: [clearSignal("hash", "1")] };
	const item = newItem(platformId, source, { verdict, surface, hashes: hashesOf(randomUUID(), pdq) });
	const [outcome] = await stores.verdicts.record([{ ...item, subject }]);
	if (outcome === undefined) throw new Error("every item has its outcome");
	return { id: outcome.itemId, pdq, address: `${site}/${subject}` };
}

/** It comes after the item, and no sweep has met it yet. */
async function know(pdq: Uint8Array, trusted = true): Promise<void> {
	const { id: _, ...bank } = newBank({ name: `bank-${randomUUID()}`, trusted });
	const { id } = await stores.banks.create(bank, "huong");
	const opinion = { source: "list", kind: "positive" } as const;
	const entry = { hashType: "pdq", hash: pdq, quality: 90, opinion, externalId: null, note: null } as const;
	await stores.banks.addEntries(id, [entry], "huong");
}

async function report(address: string, times = 1): Promise<void> {
	for (let count = 0; count < times; count += 1) await submitReport(stores.reports, { addresses: [address] });
	while ((await stores.reportGathering.gather(500)).reports > 0);
}

/** As detectors do, two at a time, until nothing is due; how many were judged, and how many withheld. */
async function judgeReported(change: PolicyChangeRequest = {}) {
	const matcher = createBankMatcher({ clock: { now: () => Date.now() } });
	for (const one of await stores.banks.changesSince(0, 1_000_000)) matcher.apply(one);
	const judge = createJudgeItems({
		...{ policies: createPolicies(applyChange(initialSet, change), 3), clock: { now: () => Date.now() } },
		...{ signalCatalogue, breakers: { isOpen: () => false }, standing: { of: () => [] } },
		matcher: { version: "1", lookUp: async (...query) => matcher.lookUp(...query) },
	});
	const step = async () => {
		const items = await stores.sweeps.reported(100);
		// Nobody looks again here: what is held of items is test/e2e/reported-again.test.ts.
		const judged = (await judge(items, null)).map((one) => ({ ...one, examined: null }));
		const orders = await stores.sweeps.settleReported(judged);
		return { items: items.length, orders: orders.length };
	};
	const steps = await Promise.all([step(), step()]);
	expect((await stores.sweeps.reported(100)).length).toBe(0);
	return {
		// Each is given to one of them.
		judged: steps.reduce((sum, { items }) => sum + items, 0),
		orders: steps.reduce((sum, one) => sum + one.orders, 0),
	};
}

async function casesOf(item: ItemId) {
	const cases = await record.database.rows(
		sql`SELECT cases.id, tier FROM case_items JOIN cases ON cases.id = case_id WHERE item_id = ${item}`,
		z.object({ id: z.string(), tier: z.string() }),
	);
	const events = await record.database.rows(
		sql`SELECT kind FROM case_events WHERE case_id = ANY (${cases.map(({ id }) => id)}::uuid[]) ORDER BY sequence`,
		z.object({ kind: z.string() }),
	);
	return { tiers: cases.map(({ tier }) => tier), events: events.map(({ kind }) => kind) };
}

test("what banks have come to know since is withheld once it is reported, in the report's own case", async () => {
	const item = await letPass();
	await know(item.pdq);
	await report(item.address);
	expect(await casesOf(item.id)).toMatchObject({ tiers: ["T"] });
	expect(await judgeReported()).toEqual({ judged: 1, orders: 1 });
	const { tiers, events } = await casesOf(item.id);
	expect(tiers).toEqual(["K2"]);
	expect(events.slice(-2)).toEqual(["judged-again", "ordered"]);
	const earlier = await record.database.rows(
		sql`SELECT verdict ->> 'tier' AS tier, sweep_id AS sweep FROM earlier_verdicts WHERE item_id = ${item.id}`,
		z.object({ tier: z.string(), sweep: z.string().nullable() }),
	);
	expect(earlier).toEqual([{ tier: "none", sweep: null }]);
});

test("what could not be settled is free for the next look at once", async () => {
	const item = await letPass();
	await report(item.address);
	const taken = (await stores.sweeps.reported(100)).map(({ id }) => id);
	expect(taken).toEqual([item.id]);
	expect(await stores.sweeps.reported(100)).toEqual([]);
	await stores.sweeps.returnReported(taken);
	expect(await judgeReported()).toMatchObject({ judged: 1 });
	await stores.sweeps.returnReported(taken);
	expect(await judgeReported()).toMatchObject({ judged: 0 });
});

test("it is judged once for however many reports, and once more for one that comes later; that withholds nothing twice", async () => {
	const item = await letPass();
	await know(item.pdq);
	await report(item.address, 25);
	expect(await judgeReported()).toEqual({ judged: 1, orders: 1 });
	expect(await judgeReported()).toEqual({ judged: 0, orders: 0 });
	await report(item.address, 3);
	expect(await judgeReported()).toEqual({ judged: 1, orders: 0 });
	expect((await casesOf(item.id)).events.filter((kind) => kind === "judged-again")).toHaveLength(1);
});

test("reports alone raise nothing: what nobody knows is as it was, and stays before people", async () => {
	const item = await letPass();
	await report(item.address, 25);
	expect(await judgeReported()).toEqual({ judged: 1, orders: 0 });
	const { tiers, events } = await casesOf(item.id);
	expect(tiers).toEqual(["T"]);
	expect(events).not.toContain("judged-again");
});

test("it goes by the policy of now: what asks people only asks them, and what no law lets anyone compare is not compared", async () => {
	const asks = await letPass();
	await know(asks.pdq, false);
	await report(asks.address);
	expect(await judgeReported()).toEqual({ judged: 1, orders: 0 });
	expect((await casesOf(asks.id)).tiers).toEqual(["K3"]);
	const closed = await letPass("direct");
	await know(closed.pdq);
	await report(closed.address);
	const noBasis = {
		overrides: [{ platform: null, surface: "direct", settings: { legalBasis: { matched: "missing" } } }],
	} as const;
	expect(await judgeReported({ overrides: [...noBasis.overrides] })).toEqual({ judged: 1, orders: 0 });
	expect((await casesOf(closed.id)).tiers).toEqual(["T"]);
});

test("what the platform has no more is left alone", async () => {
	const item = await letPass();
	await record.database.rows(sql`UPDATE items SET state = 'gone' WHERE id = ${item.id}`);
	await know(item.pdq);
	await report(item.address);
	expect(await judgeReported()).toEqual({ judged: 1, orders: 0 });
	expect((await casesOf(item.id)).events).not.toContain("judged-again");
});
