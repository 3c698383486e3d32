// A large bank in a running detector, watched: how it starts, what it answers, and what changes of the bank do to look-ups. The record
// is an embedded PostgreSQL, the detector a process of its own.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { createBankStore } from "../../../services/adapters/postgres/banks/bank-store.ts";
import { upsertEntries } from "../../../services/adapters/postgres/banks/write-entries.ts";
import { type Database, openDatabase } from "../../../services/adapters/postgres/connection/database.ts";
import { openEmbeddedPostgres } from "../../../services/adapters/postgres/connection/embedded-postgres.ts";
import { migrate } from "../../../services/adapters/postgres/connection/migrate.ts";
import { type NewBank, newBankDefaults } from "../../../services/core/banks/bank.ts";
import type { BankId } from "../../../services/core/ids.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { type LineProcess, startLineProcess } from "../matching/line-process.ts";
import { type Churned, churn } from "./churn.ts";
import type { Looked, Started } from "./detector.ts";
import { knownEntries } from "./known-hash.ts";

export interface Watched {
	/** Starts of the detector: from the record, from the snapshot of it, and from the same snapshot with changes since. */
	readonly fromRecord: Started;
	readonly fromSnapshot: Started;
	readonly behind: Started & { readonly changes: number };
	/** After the first 20 k pictures, after the rest of them, and 5 k right before the changes. */
	readonly early: Looked;
	readonly late: Looked;
	readonly quiet: Looked;
	readonly churned: Churned;
}

export interface WatchOptions {
	/** In the bank before the detector starts. */
	readonly entries: number;
	/** Looked up in all, 20 k at least: memory after 20 k of them is held against memory after all. */
	readonly pictures: number;
	/** Added, and removed again, while look-ups go on. */
	readonly churned: number;
	say(text: string): void;
}

const entriesPerWrite = 50_000;
const firstPictures = 20_000;
const settings: Omit<NewBank, "name"> = {
	...newBankDefaults,
	kind: "known",
	category: "test",
	trusted: true,
};

export async function watchLargeBank(options: WatchOptions): Promise<Watched> {
	const work = mkdtempSync(join(tmpdir(), "breakwater-large-bank-"));
	// As root the database runs as another user, who must get there.
	chmodSync(work, 0o755);
	try {
		await using postgres = await openEmbeddedPostgres({ dataDir: work, logger: silentLogger });
		const { url } = postgres;
		await using database = await openDatabase({
			url,
			maxConnections: 4,
			applicationName: "watch",
			logger: silentLogger,
		});
		await migrate(database);
		return await watch(database, { BREAKWATER_DATABASE_URL: url, BREAKWATER_DATA_DIR: work }, options);
	} finally {
		rmSync(work, { recursive: true, force: true });
	}
}

async function watch(
	database: Database,
	env: Readonly<Record<string, string>>,
	{ entries, pictures, churned: changing, say }: WatchOptions,
): Promise<Watched> {
	const { id } = await createBankStore(database).create({ ...settings, name: "large" }, "watch");
	say(`writing ${entries} entries`);
	await fill(database, id, entries);
	say("starting from the record");
	const first = await withDetector(env, async () => undefined);
	say("starting from the snapshot");
	const second = await withDetector(env, async (detector) => {
		const look = (count: number) => detector.ask<Looked>({ lookUp: { known: entries, count } });
		say(`  looking pictures up, ${firstPictures} of them, then ${pictures} in all`);
		const [early, late, quiet] = [await look(firstPictures), await look(pictures - firstPictures), await look(5_000)];
		say(`  the same while ${changing} entries are added and removed`);
		const churned = await churn({ detector, database, bankId: id, from: entries, count: changing, known: entries });
		return { early, late, quiet, churned };
	});
	say("starting behind the record");
	const changes = Math.min(100_000, entries);
	await write(database, id, entries, entries + changes);
	const third = await withDetector(env, async () => undefined);
	return {
		fromRecord: first.started,
		fromSnapshot: second.started,
		behind: { ...third.started, changes },
		...second.value,
	};
}

async function withDetector<T>(env: Readonly<Record<string, string>>, run: (detector: LineProcess) => Promise<T>) {
	const program = fromPackageRoot("dist", "test", "load", "live-bank", "detector.js");
	await using detector = startLineProcess(process.execPath, [program], {
		...env,
		BREAKWATER_MODEL_BACKEND: "off",
		BREAKWATER_LOG_LEVEL: "warn",
		BREAKWATER_DETECTOR_PORT: "0",
	});
	const started = await detector.ask<Started>({ start: {} });
	const value = await run(detector);
	await detector.ask({ stop: {} });
	return { started, value };
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
		await database.transaction((tx) => upsertEntries(tx, { bankId, by: "bench" }, rows));
	}
}
