// Facts of past verdicts and backtests over them, on a real PostgreSQL: written with the verdict, let go in time, and held against a rule by one
// who may be stopped at any page.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { named } from "../../../services/core/acts/doer.ts";
import { type ItemId, itemId, uuidv7 } from "../../../services/core/ids.ts";
import type { Platform } from "../../../services/core/ports/platform-store.ts";
import { emptyTally } from "../../../services/core/rules/backtest.ts";
import { createRuleCompiler } from "../../../services/core/rules/compile-rule.ts";
import { createFactCatalogue } from "../../../services/core/rules/fact-catalogue.ts";
import type { RuleBody } from "../../../services/core/rules/rule.ts";
import type { AskedRule } from "../../../services/core/rules/rule-set.ts";
import { signalCatalogue } from "../../../services/core/signals/catalogue.ts";
import { backtestRule } from "../../../services/parts/backtest-rule.ts";
import { clearVerdict, newItem, newVerdict } from "../../support/examined-items.ts";
import { openTestRecord } from "../../support/test-database.ts";

const catalogue = createFactCatalogue(signalCatalogue);
const compiler = createRuleCompiler(catalogue);
let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platform: Platform;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	platform = await stores.platforms.create({ name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] });
	await stores.facts.declare(catalogue.layout);
});
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

const body: RuleBody = {
	...{ name: "many-links", when: "item.links >= 4", does: { review: true }, category: null },
	...{ owner: "an", reviewBy: "2027-06-30" },
};
const post = { kind: "post", surface: "public", platform: "forum", language: null, mediaType: null, isEdit: false };
const atMs = Date.parse("2026-11-20T10:00:00Z");
const range = { from: new Date(atMs), to: new Date(atMs + 3_600_000) };

/** A post with so many links, so many milliseconds after the hour. */
function postOf(links: number, afterMs: number, verdict = clearVerdict) {
	const text = Array.from({ length: links }, (_, at) => `https://${at}.example`).join(" ");
	return newItem(platform.id, platform.source, {
		...{ id: itemId.parse(uuidv7(atMs + afterMs)), kind: "post", hashes: null, verdict },
		facts: catalogue.write(catalogue.read({ ...post, text }, [])),
	});
}

async function begin(asked: readonly AskedRule[] = []) {
	const tally = emptyTally(asked);
	return stores.backtests.begin({ name: body.name, revision: 1, range, tally, startedBy: "an" });
}

function asking(others: readonly AskedRule[] = [], signal = new AbortController().signal) {
	const compiled = compiler.compile(body);
	if (compiled.kind === "refused") throw new Error("it is a rule");
	return { rule: compiled.rule, others, signal, onPage: () => undefined };
}

test("facts are kept with the verdict, in the order in which items came; a duplicate brings none", async () => {
	const items = [1, 4, 6, 0, 5].map((links, at) => postOf(links, at));
	await stores.verdicts.record(items);
	await stores.verdicts.record(items.map((one) => ({ ...one, id: itemId.parse(uuidv7(atMs + 9)) })));
	// One that no law lets rules read.
	await stores.verdicts.record([{ ...postOf(9, 10), facts: null }]);
	expect(await stores.facts.count(range)).toBe(5);
	const ids: ItemId[] = [];
	for (;;) {
		const page = await stores.facts.page(range, ids.at(-1) ?? null, 2);
		if (page.length === 0) break;
		ids.push(...page.map(({ itemId: id }) => id));
	}
	expect(ids).toEqual(items.map(({ id }) => id));
	expect(await stores.facts.count({ from: range.to, to: new Date(range.to.getTime() + 1) })).toBe(0);
});

test("a backtest tells how often the rule would have held, beside what people decided and what other rules hold of", async () => {
	await stores.rules.draft(body, { isChecked: true, by: named("an"), why: "a test" });
	const decided = [postOf(7, 20, newVerdict()), postOf(8, 21, newVerdict())];
	const outcomes = await stores.verdicts.record(decided);
	for (const [at, outcome] of outcomes.entries()) {
		if (outcome.kind !== "recorded" || outcome.caseId === null) throw new Error("it has a case");
		await record.database.rows(
			sql`UPDATE cases SET state = 'decided', decision = ${at === 0 ? "remove" : "restore"}, decided_at = now() WHERE id = ${outcome.caseId}`,
		);
	}
	const other: AskedRule = {
		body: { ...body, name: "more-links", when: "item.links >= 6" },
		revision: 1,
		stage: "live",
		share: 1,
	};
	const done = await backtestRule({ ...stores, compiler }, await begin([other]), asking([other]));
	expect(done).toMatchObject({
		state: "done",
		tally: {
			...{ examined: 7, held: 5, failed: 0, unrecorded: 0, wanted: 1, unwanted: 1, unknown: 3, alone: 2 },
			overlap: [{ rule: "more-links", revision: 1, stage: "live", both: 3 }],
		},
	});
	expect(done.tally.cases).toHaveLength(5);
	const cases = await stores.backtests.cases(done.tally.cases);
	expect(cases.map(({ decision }) => decision)).toEqual(expect.arrayContaining(["remove", "restore", null]));
	expect((await stores.rules.revisions("many-links"))[0]?.stage).toBe("backtested");
});

test("one that is stopped goes on where it was, and comes to the same", async () => {
	const through = await backtestRule({ ...stores, compiler }, await begin(), asking());
	const stop = new AbortController();
	const paged = {
		...stores.facts,
		page: async (...[of, after]: Parameters<Stores["facts"]["page"]>) => stores.facts.page(of, after, 2),
	};
	let pages = 0;
	const begun = await begin();
	const stopped = await backtestRule({ ...stores, facts: paged, compiler }, begun, {
		...asking([], stop.signal),
		onPage() {
			pages += 1;
			if (pages === 2) stop.abort();
		},
	});
	expect(stopped).toMatchObject({ state: "running", tally: { examined: 4 } });
	const found = await stores.backtests.unfinished("many-links", 1);
	expect(found).toEqual(stopped);
	if (found === null) throw new Error("it is there");
	await expect(backtestRule({ ...stores, compiler }, begun, asking())).rejects.toThrow("somebody else");
	const resumed = await backtestRule({ ...stores, facts: paged, compiler }, found, asking());
	expect(resumed.tally).toEqual(through.tally);
	expect(await stores.backtests.unfinished("many-links", 1)).toBeNull();
});

test("verdicts that did not record what the rule reads are counted apart, and never as a no", async () => {
	const layout = { id: 7, revision: 1, names: ["item.kind"] };
	await stores.facts.declare(layout);
	await expect(stores.facts.declare({ ...layout, names: ["item.surface"] })).rejects.toThrow("another layout");
	await stores.verdicts.record([{ ...postOf(9, 40), facts: { layout: 7, facts: '[0,"post"]' } }]);
	const { tally } = await backtestRule({ ...stores, compiler }, await begin(), asking());
	expect(tally).toMatchObject({ examined: 8, unrecorded: 1, held: 5 });
});

test("facts that are older than they are kept go, some at a time, and no newer ones", async () => {
	const before = new Date(atMs + 4);
	expect(await stores.facts.prune(before, 3)).toBe(3);
	expect(await stores.facts.prune(before, 3)).toBe(1);
	expect(await stores.facts.prune(before, 3)).toBe(0);
	expect(await stores.facts.count(range)).toBe(4);
});
