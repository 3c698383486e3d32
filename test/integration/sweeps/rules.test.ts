// Earlier items meet a rule that became live after them, by what their verdicts recorded. A real record; processes and platforms are out of scope.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { named } from "../../../services/core/acts/doer.ts";
import type { ItemId, PlatformId } from "../../../services/core/ids.ts";
import { createFactCatalogue } from "../../../services/core/rules/fact-catalogue.ts";
import type { RuleBody } from "../../../services/core/rules/rule.ts";
import { signalCatalogue } from "../../../services/core/signals/catalogue.ts";
import { clearVerdict, newItem } from "../../support/examined-items.ts";
import { createSweepAll, type SweepAll } from "../../support/sweep-all.ts";
import { openTestRecord } from "../../support/test-database.ts";

const catalogue = createFactCatalogue(signalCatalogue);
let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let sweepAll: SweepAll;
let platformId: PlatformId;
let source: string;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	sweepAll = createSweepAll(record.database, stores);
	await stores.facts.declare(catalogue.layout);
	await stores.facts.declare(counted.layout);
	await stores.facts.declare(withoutLinks.layout);
	const forum = { name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] };
	({ id: platformId, source } = await stores.platforms.create(forum));
}, 30_000);
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

const post = { kind: "post", surface: "public", platform: "forum", language: null, mediaType: null, isEdit: false };
const counted = catalogue.recording(new Set());
/** As a version of the program that did not know the fact wrote it. */
const withoutLinks = {
	layout: { id: 7, revision: 1, names: ["item.kind"] },
	write: () => ({ layout: 7, facts: "[]" }),
};

async function letPass(links: number, { write } = counted): Promise<ItemId> {
	const text = Array.from({ length: links }, (_, at) => `https://${at}.example`).join(" ");
	const facts = write(catalogue.read({ ...post, text }, []));
	const [outcome] = await stores.verdicts.record([
		newItem(platformId, source, { kind: "post", hashes: null, verdict: clearVerdict, facts }),
	]);
	if (outcome === undefined) throw new Error("every item has its outcome");
	return outcome.itemId;
}

const bodyOf = (name: string, links: number, does: RuleBody["does"] = { review: true }): RuleBody => ({
	...{ name, when: `item.links >= ${links}`, does, category: null, owner: "an", reviewBy: "2027-06-30" },
});

/** Two people let it speak; how it comes there is another test's. */
async function makeLive(body: RuleBody): Promise<void> {
	const { revision } = await stores.rules.draft(body, { isChecked: true, by: named("an"), why: "spam" });
	await record.database.rows(
		sql`UPDATE rule_stages SET stage = 'live' WHERE name = ${body.name} AND revision = ${revision}`,
	);
}

async function retire(name: string): Promise<void> {
	await record.database.rows(sql`UPDATE rule_stages SET stage = 'retired' WHERE name = ${name}`);
}

const stateOf = async (item: ItemId) => {
	const [row] = await record.database.rows(
		sql`SELECT tier, state, EXISTS (SELECT FROM case_items WHERE case_items.item_id = items.id) AS asked
			FROM items JOIN verdicts ON item_id = id WHERE id = ${item}`,
		z.object({ tier: z.string(), state: z.string(), asked: z.boolean() }),
	);
	return row;
};
const newest = async () => {
	const [sweep] = await stores.sweeps.list(1);
	if (sweep === undefined) throw new Error("there is one");
	return sweep;
};

test("a rule that becomes live finds earlier items by what their verdicts recorded, and has people asked about them, once", async () => {
	const [many, few, untold] = [await letPass(5), await letPass(2), await letPass(5, withoutLinks)];
	await makeLive(bodyOf("many-links", 4));
	await sweepAll();
	expect(await Promise.all([many, few, untold].map(stateOf))).toEqual([
		{ tier: "T", state: "live", asked: true },
		{ tier: "none", state: "live", asked: false },
		{ tier: "none", state: "live", asked: false },
	]);
	const sweep = await newest();
	expect(sweep).toMatchObject({
		...{ state: "done", rule: { name: "many-links", revision: 1 }, startedBy: null },
		tally: { found: 1, putBeforePeople: 1, due: [{ tier: "T", effect: "review", items: 1 }] },
	});
	// Those of the last minutes are asked in both passes.
	expect(sweep.unrecorded).toBeGreaterThanOrEqual(1);
	await sweepAll();
	expect((await newest()).id).toBe(sweep.id);
	await stores.sweeps.startRule("many-links", "lan", new Date(sweepAll.now()));
	await sweepAll();
	expect(await newest()).toMatchObject({ state: "done", startedBy: "lan", tally: { found: 1, due: [] } });
});

test("a newer revision finds what the one before let pass, waits for another person than its author where that is much, and leaves the coverage of banks alone", async () => {
	const items = [await letPass(3), await letPass(3)];
	await retire("many-links");
	await makeLive(bodyOf("many-links", 3));
	await sweepAll({ sweepItems: 1 });
	const { id, state } = await newest();
	expect(state).toBe("waiting");
	const why = { reason: "looked at it" };
	await expect(stores.sweeps.act(id, "approve", { by: "an", ...why })).rejects.toMatchObject({ code: "same-person" });
	await stores.sweeps.act(id, "approve", { by: "lan", ...why });
	await sweepAll({ sweepItems: 1 });
	expect((await Promise.all(items.map(stateOf))).map((one) => one?.asked)).toEqual([true, true]);
	const { throughSequence, bankSequence, gaps } = await stores.sweeps.coverage();
	expect({ throughSequence, gaps }).toEqual({ throughSequence: bankSequence, gaps: [] });
});

test("a rule that is taken back before its sweep has acted brings nothing before people, nor does one that only raises", async () => {
	const item = await letPass(9);
	await makeLive(bodyOf("nine-links", 9));
	await sweepAll({ onStep: async ({ state }) => (state === "judging" ? retire("nine-links") : undefined) });
	await makeLive(bodyOf("raising", 9, { raise: 10 }));
	await sweepAll();
	expect(await stateOf(item)).toMatchObject({ asked: false });
});

test("a rule that is not live is not asked of the past", async () => {
	await expect(stores.sweeps.startRule("nobody", "lan", new Date())).rejects.toMatchObject({ code: "not-found" });
});
