// What a rule costs beside the same condition written in JavaScript; what keeping the facts of each verdict costs, in bytes and in time; and how
// long a backtest over many verdicts takes, on a real record.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { z } from "zod";
import { column } from "../../../services/adapters/postgres/connection/columns.ts";
import { type Database, openDatabase } from "../../../services/adapters/postgres/connection/database.ts";
import { openEmbeddedPostgres } from "../../../services/adapters/postgres/connection/embedded-postgres.ts";
import { migrate } from "../../../services/adapters/postgres/connection/migrate.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { named } from "../../../services/core/acts/doer.ts";
import { platformId, uuidv7 } from "../../../services/core/ids.ts";
import type { CountedItem } from "../../../services/core/ports/count-store.ts";
import { emptyTally } from "../../../services/core/rules/backtest.ts";
import { type CompiledRule, createRuleCompiler } from "../../../services/core/rules/compile-rule.ts";
import { createFactCatalogue, type Facts } from "../../../services/core/rules/fact-catalogue.ts";
import { latelyNames } from "../../../services/core/rules/lately.ts";
import { signalCatalogue } from "../../../services/core/signals/catalogue.ts";
import { backtestRule } from "../../../services/parts/backtest-rule.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { clearVerdict, newItem } from "../../support/examined-items.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";

const values = readOptions("npm run bench:rules -- [--verdicts 1000000] [--json]", {
	json: { type: "boolean", default: false },
	verdicts: { type: "string", default: "1000000" },
});
const verdicts = Number(values.verdicts);
const catalogue = createFactCatalogue(signalCatalogue);
const compiler = createRuleCompiler(catalogue);
const say = (text: string) => void process.stderr.write(`${text}\n`);

/** The same condition in CEL and in JavaScript, over the same facts. */
const rules: readonly (readonly [when: string, peer: (facts: Facts) => boolean])[] = [
	["item.links >= 4", ({ item }) => Number(item?.links) >= 4],
	["item.kind == 'post' && item.links >= 2", ({ item }) => item?.kind === "post" && Number(item.links) >= 2],
	[
		"item.upperShare > 0.6 && item.textLength > 20",
		({ item }) => Number(item?.upperShare) > 0.6 && Number(item?.textLength) > 20,
	],
	[
		"model.highest > 0.5 || known.count > 0",
		({ model, known }) => Number(model?.highest) > 0.5 || Number(known?.count) > 0,
	],
	["item.surface in ['group', 'direct']", ({ item }) => ["group", "direct"].includes(String(item?.surface))],
	[
		"known.banks.exists(one, one.startsWith('partner'))",
		({ known }) => Array.isArray(known?.banks) && known.banks.some((one) => String(one).startsWith("partner")),
	],
];

function compiled(when: string): CompiledRule {
	const body = {
		name: "a-rule",
		when,
		does: { review: true },
		category: null,
		owner: "bench",
		reviewBy: "2027-06-30",
	} as const;
	const found = compiler.compile(body);
	if (found.kind === "refused") throw new Error(`${when} is refused`);
	return found.rule;
}

/** A message of which about one in a hundred has four links or more. */
function postOf(at: number) {
	const links = Array.from({ length: at % 100 === 0 ? 5 : at % 3 }, (_, one) => `https://place-${one}.example/${at}`);
	const text = `An ordinary message, number ${at}, of about the length that people write. ${links.join(" ")}`;
	return { kind: "post", surface: "public", platform: "forum", language: "en", mediaType: null, isEdit: false, text };
}

function factsOf(at: number): Facts {
	const probability = ((at * 7919) % 1_000_003) / 1_000_003 / 3;
	const scored = { kind: "scored", detector: "text", version: "1", model: "m", backend: "cpu", labels: {} };
	return catalogue.read(postOf(at), [{ ...scored, category: "profanity", probability }]);
}

/** Nanoseconds of this process for one turn, the median of five runs. */
function nanoseconds(turns: number, work: (at: number) => unknown): number {
	const took = Array.from({ length: 5 }, () => {
		const before = process.cpuUsage();
		for (let at = 0; at < turns; at += 1) work(at);
		const { user, system } = process.cpuUsage(before);
		return ((user + system) * 1_000) / turns;
	});
	return took.toSorted((a, b) => a - b)[2] ?? Number.NaN;
}

function costs(): readonly Figure[] {
	const facts = Array.from({ length: 1_000 }, (_, at) => factsOf(at));
	const cel = facts.map((one) => compiler.toCel(one));
	/** Written to, so that no compiler leaves the work out. */
	const told = { held: 0 };
	const count = (is: boolean) => {
		if (is) told.held += 1;
	};
	const of = <T>(all: readonly T[], at: number) => all[at % all.length] as T;
	const figures = rules.map(([when, peer]): Figure => {
		const rule = compiled(when);
		for (const [at, one] of facts.entries())
			if (peer(one) !== rule.holds(of(cel, at))) throw new Error(`${when}: CEL and JavaScript differ`);
		return {
			...{ name: when, value: nanoseconds(300_000, (at) => count(rule.holds(of(cel, at)))), unit: "ns", aim: null },
			peer: { name: "JavaScript", value: nanoseconds(300_000, (at) => count(peer(of(facts, at)))) },
		};
	});
	const all = Array.from({ length: 100 }, (_, at) => compiled(rules[at % rules.length]?.[0] ?? ""));
	const hundred = nanoseconds(2_000, (at) => all.map((rule) => count(rule.holds(of(cel, at)))));
	return [
		...figures,
		{
			name: "reading the facts of a post of 110 characters",
			value: nanoseconds(50_000, factsOf) / 1_000,
			unit: "µs",
			aim: null,
		},
		{
			name: "writing them",
			value: nanoseconds(50_000, (at) => catalogue.write(of(facts, at))) / 1_000,
			unit: "µs",
			aim: null,
		},
		{ name: "100 rules asked of an item", value: hundred / 1_000, unit: "µs", aim: { atMost: 1_000, of: "value" } },
	];
}

/** Milliseconds of the record for 1 000 clear posts in batches of 500, with facts and without, in turns: the median of nine each. */
async function writing(stores: Stores): Promise<readonly Figure[]> {
	const forum = await stores.platforms.create({
		name: "forum",
		source: "//forum.example",
		webhook: null,
		mediaHosts: [],
	});
	const batch = (hasFacts: boolean) =>
		Array.from({ length: 500 }, (_, at) =>
			newItem(forum.id, forum.source, {
				...{ kind: "post", hashes: null, verdict: clearVerdict },
				facts: hasFacts ? catalogue.write(factsOf(at)) : null,
			}),
		);
	const took = { with: [] as number[], without: [] as number[] };
	for (let turn = 0; turn < 10; turn += 1) {
		for (const which of ["with", "without"] as const) {
			const batches = [batch(which === "with"), batch(which === "with")];
			const startedAt = performance.now();
			for (const one of batches) await stores.verdicts.record(one);
			// The first warms up.
			if (turn > 0) took[which].push(performance.now() - startedAt);
		}
	}
	const median = (all: readonly number[]) => all.toSorted((a, b) => a - b)[4] ?? Number.NaN;
	return [
		{
			...{ name: "1 000 posts recorded with their facts", value: median(took.with), unit: "ms", aim: null },
			peer: { name: "without", value: median(took.without) },
		},
	];
}

const size = z.object({ bytes: column.count, rows: column.count });

async function backtesting(database: Database, stores: Stores): Promise<readonly Figure[]> {
	say(`making ${verdicts} verdicts`);
	await database.rows(sql`TRUNCATE verdict_facts`);
	const some = Array.from({ length: 1_000 }, (_, at) => catalogue.write(factsOf(at)).facts);
	const startsAtMs = Date.parse("2026-11-01T00:00:00Z");
	const per = 100_000;
	for (let from = 0; from < verdicts; from += per)
		await database.rows(
			sql`INSERT INTO verdict_facts (item_id, layout, facts)
				SELECT (lpad(to_hex(${startsAtMs}::bigint + n), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0') || '8' || lpad(to_hex((n::bigint * 2654435761) % 4294967296), 15, '0'))::uuid,
					${catalogue.layout.id}, (${some}::text[])[1 + n % ${some.length}]
				FROM generate_series(${from}::integer, ${Math.min(verdicts, from + per) - 1}::integer) AS n`,
		);
	await database.rows(sql`VACUUM ANALYZE verdict_facts`);
	const [kept] = await database.rows(
		sql`SELECT pg_total_relation_size('verdict_facts') AS bytes, count(*) AS rows FROM verdict_facts`,
		size,
	);
	const rule = compiled("item.links >= 4");
	const { body } = rule;
	await stores.rules.draft(body, { isChecked: true, by: named("bench"), why: "a bench" });
	const range = { from: new Date(startsAtMs), to: new Date(startsAtMs + verdicts) };
	const other = (at: number) => ({
		body: { ...body, name: `other-${at}` },
		revision: 1,
		stage: "live" as const,
		share: 1,
	});
	const others = Array.from({ length: 10 }, (_, at) => other(at));
	const begun = await stores.backtests.begin({
		name: body.name,
		revision: 1,
		range,
		tally: emptyTally(others),
		startedBy: "bench",
	});
	const startedAt = performance.now();
	const before = process.cpuUsage();
	const done = await backtestRule({ ...stores, compiler }, begun, {
		...{ rule, others, signal: new AbortController().signal, onPage: () => undefined },
	});
	const seconds = (performance.now() - startedAt) / 1_000;
	const { user, system } = process.cpuUsage(before);
	if (done.tally.examined !== verdicts || done.tally.held !== verdicts / 100)
		throw new Error("a backtest looks at all");
	return [
		{
			name: "facts of a verdict, with their index",
			value: (kept?.bytes ?? 0) / (kept?.rows ?? 1),
			unit: "bytes",
			aim: null,
		},
		{
			name: `a backtest over ${verdicts} verdicts, beside 10 rules`,
			value: seconds,
			unit: "s",
			aim: { atMost: (30 * verdicts) / 1e6, of: "value" },
		},
		{ name: "of which this process's processor", value: (user + system) / 1e6, unit: "s", aim: null },
	];
}

/** What the record needs to count a thousand posts, after an hour's worth of a few hundred a second. */
async function counting({ counts }: Stores): Promise<readonly Figure[]> {
	const platform = platformId.parse(uuidv7(Date.now()));
	const startMs = Date.now() - 3_600_000;
	const item = (at: number): CountedItem => ({
		...{
			platformId: platform,
			source: "//forum.example",
			eventId: `${at}`,
			authorId: `author-${(at * 7919) % 50_021}`,
		},
		...{ cluster: `text:${at % 3 === 0 ? at % 4_001 : at}`, at: new Date(startMs + at * 3), accountCreated: null },
	});
	const asked = new Set(latelyNames);
	const inBatches = async (from: number, to: number) => {
		for (let at = from; at < to; at += 100)
			await counts.count(
				Array.from({ length: 100 }, (_, one) => item(at + one)),
				asked,
			);
	};
	say("counting what accounts sent lately");
	const [before, measured] = [200_000, 10_000];
	await inBatches(0, before);
	const began = performance.now();
	await inBatches(before, before + measured);
	const tookMs = performance.now() - began;
	return [
		{
			name: "counting 1 000 posts by account and by text, in batches of 100",
			value: (tookMs * 1_000) / measured,
			unit: "ms",
			aim: { atMost: 500, of: "value" },
		},
	];
}

const folder = mkdtempSync(join(tmpdir(), "breakwater-bench-rules-"));
const server = await openEmbeddedPostgres({ dataDir: folder, logger: silentLogger });
try {
	await using database = await openDatabase({
		...{ url: server.url, maxConnections: 4, applicationName: "bench", logger: silentLogger },
	});
	await migrate(database);
	const stores = createStores(database);
	await stores.facts.declare(catalogue.layout);
	say("what a rule costs");
	const figures = [
		...costs(),
		...(await writing(stores)),
		...(await counting(stores)),
		...(await backtesting(database, stores)),
	];
	process.exitCode = report("rules: their cost, the facts that verdicts keep, backtests", figures, values.json);
} finally {
	await server[Symbol.asyncDispose]();
	rmSync(folder, { recursive: true, force: true });
}
