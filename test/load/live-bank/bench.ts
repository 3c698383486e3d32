// A large bank in a running detector: how fast it starts, what it holds, and what changes of the bank do to look-ups. The record is
// an embedded PostgreSQL, the detector a process of its own.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { createBankStore } from "../../../services/adapters/postgres/bank-store.ts";
import { type Database, openDatabase } from "../../../services/adapters/postgres/database.ts";
import { openEmbeddedPostgres } from "../../../services/adapters/postgres/embedded-postgres.ts";
import { migrate } from "../../../services/adapters/postgres/migrate.ts";
import { upsertEntries } from "../../../services/adapters/postgres/write-entries.ts";
import type { BankId } from "../../../services/core/ids.ts";
import type { NewBank } from "../../../services/core/matching/bank.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { type LineProcess, startLineProcess } from "../matching/line-process.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";
import { type Churned, churn } from "./churn.ts";
import type { Looked, Started } from "./detector.ts";
import { knownEntries } from "./known-hash.ts";

const usage = `npm run bench:live-bank -- [options]

  --entries N   in the bank before the detector starts (1m)
  --churned N   entries added, and removed again, while look-ups go on (10k)
  --json        print one JSON object`;

const values = readOptions(usage, {
	entries: { type: "string", default: "1m" },
	churned: { type: "string", default: "10k" },
	json: { type: "boolean", default: false },
});
const entries = parseCount(values.entries);
const churned = parseCount(values.churned);
const entriesPerWrite = 50_000;
const settings: Omit<NewBank, "name"> = {
	kind: "known",
	category: "test",
	trusted: true,
	enabled: true,
	shadow: false,
	enabledRatio: 1,
	tightRadiusBits: 20,
	wideRadiusBits: 31,
};
const say = (text: string) => void process.stderr.write(`${text}\n`);
const work = mkdtempSync(join(tmpdir(), "breakwater-bench-live-"));
// As root the database runs as another user, who must get there.
chmodSync(work, 0o755);

try {
	await using postgres = await openEmbeddedPostgres({ dataDir: work, logger: silentLogger });
	const options = { url: postgres.url, maxConnections: 4, applicationName: "bench", logger: silentLogger };
	await using database = await openDatabase(options);
	await migrate(database);
	const figures = await measure(database, postgres.url);
	process.exitCode = report(`a bank of ${values.entries} entries in a running detector`, figures, values.json);
} finally {
	rmSync(work, { recursive: true, force: true });
}

async function measure(database: Database, url: string): Promise<readonly Figure[]> {
	const banks = createBankStore(database);
	const bank = await banks.create({ ...settings, name: "large" }, "bench");
	say(`writing ${entries} entries`);
	await fill(database, bank.id, entries);
	const env = { BREAKWATER_DATABASE_URL: url, BREAKWATER_DATA_DIR: work, BREAKWATER_MODEL_BACKEND: "off" };
	const detector = () =>
		startLineProcess(process.execPath, [fromPackageRoot("dist", "test", "load", "live-bank", "detector.js")], {
			...env,
			BREAKWATER_LOG_LEVEL: "warn",
			BREAKWATER_DETECTOR_PORT: "0",
		});

	say("starting from the record");
	const first = await withDetector(detector, async () => undefined);
	say("starting from the snapshot");
	const second = await withDetector(detector, (process) => lookAndChurn(process, database, bank.id));
	say("starting behind the record");
	const behind = Math.min(100_000, entries);
	await write(database, bank.id, entries, entries + behind);
	const third = await withDetector(detector, async () => undefined);
	return [
		...startFigures(first.started, second.started, third.started, behind),
		...churnFigures(second.value),
		...memoryFigures(second.value),
	];
}

async function withDetector<T>(open: () => LineProcess, run: (detector: LineProcess) => Promise<T>) {
	await using detector = open();
	const started = await detector.ask<Started>({ start: {} });
	const value = await run(detector);
	await detector.ask({ stop: {} });
	return { started, value };
}

interface Watched {
	readonly quiet: Looked;
	readonly churned: Churned;
	readonly early: Looked;
	readonly late: Looked;
}

async function lookAndChurn(detector: LineProcess, database: Database, bankId: BankId): Promise<Watched> {
	const known = entries;
	const look = (count: number) => detector.ask<Looked>({ lookUp: { known, count } });
	say("  looking pictures up, 20 k of them, then 200 k in all");
	const early = await look(20_000);
	const late = await look(180_000);
	const quiet = await look(5_000);
	say(`  the same while ${churned} entries are added and removed`);
	const during = await churn({ detector, database, bankId, from: entries, count: churned, known });
	return { quiet, churned: during, early, late };
}

/** As if they had been there for long: without a history, which would take longer than all that is measured. */
async function fill(database: Database, bankId: BankId, count: number): Promise<void> {
	for (let at = 0; at < count; at += entriesPerWrite)
		await database.rows(
			sql`INSERT INTO bank_entries (id, bank_id, hash_type, hash, quality, opinions, added_by)
				SELECT id, ${bankId}::uuid, hash_type, hash, quality, jsonb_build_object(source, opinion), 'bench'
				FROM (${knownEntries(at, Math.min(count, at + entriesPerWrite))}) AS known`,
		);
}

async function write(database: Database, bankId: BankId, from: number, to: number): Promise<void> {
	for (let at = from; at < to; at += entriesPerWrite) {
		const rows = knownEntries(at, Math.min(to, at + entriesPerWrite));
		await database.transaction((tx) => upsertEntries(database, tx, { bankId, by: "bench" }, rows));
	}
}

function startFigures(record: Started, snapshot: Started, behind: Started, changes: number): readonly Figure[] {
	const seconds = (name: string, { readyMs }: Started, aim: Figure["aim"]): Figure => ({
		...{ name, value: readyMs / 1_000, unit: "s", aim },
	});
	return [
		seconds("from the start of the process until ready, from the record", record, null),
		{ name: "most memory until then", value: record.peakMib, unit: "MiB", aim: null },
		seconds("the same, from the snapshot", snapshot, { atMost: 3, of: "value" }),
		{ name: "most memory until then", value: snapshot.peakMib, unit: "MiB", aim: null },
		seconds(`the same, ${changes} changes behind`, behind, null),
		{ name: "most memory until then", value: behind.peakMib, unit: "MiB", aim: null },
	];
}

function churnFigures({ quiet, churned: { looked, ...churned } }: Watched): readonly Figure[] {
	const ms = (name: string, value: number, before: number | null, aim: Figure["aim"]): Figure => ({
		...{ name, value, unit: "ms", aim },
		peer: before === null ? undefined : { name: "without changes", value: before },
	});
	return [
		ms("a picture's look-up while entries change, median", looked.medianMs, quiet.medianMs, {
			atLeast: 0.5,
			of: "ratio",
		}),
		ms("the same, p99", looked.p99Ms, quiet.p99Ms, { atMost: 20, of: "value" }),
		ms("longest pause of the event loop", looked.longestPauseMs, quiet.longestPauseMs, { atMost: 20, of: "value" }),
		{ name: "wrong answers", value: looked.wrong + churned.wrong, unit: "", aim: { atMost: 0, of: "value" } },
		{ name: "changes made", value: churned.changesPerSecond, unit: "/s", aim: null },
		{ name: "slowest to be seen", value: churned.slowestSeconds, unit: "s", aim: { atMost: 1, of: "value" } },
	];
}

function memoryFigures({ early, late, churned: { looked } }: Watched): readonly Figure[] {
	const against = (name: string, later: Looked, aim: Figure["aim"]): Figure => ({
		...{ name, value: later.rssMib / early.rssMib, unit: `of ${Math.round(early.rssMib)} MiB`, aim },
	});
	return [
		against("resident after 200 k pictures against 20 k", late, { atMost: 1.05, of: "value" }),
		{ name: "wrong answers then", value: early.wrong + late.wrong, unit: "", aim: { atMost: 0, of: "value" } },
		against("the same after the changes", looked, null),
	];
}

function parseCount(text: string): number {
	const [, digits, unit] = /^(\d+)([km]?)$/i.exec(text.trim()) ?? [];
	if (digits === undefined) throw new Error(`a number such as 10k or 1m is wanted, not ${text}`);
	return Number(digits) * { k: 1_000, m: 1_000_000, "": 1 }[(unit ?? "").toLowerCase() as "k" | "m" | ""];
}
