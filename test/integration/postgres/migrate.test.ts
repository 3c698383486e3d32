// Migrations while old and new processes run side by side. Real PostgreSQL; a "version" is a folder of migration files.
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { createBankStore } from "../../../services/adapters/postgres/banks/bank-store.ts";
import { upsertEntries } from "../../../services/adapters/postgres/banks/write-entries.ts";
import { migrate } from "../../../services/adapters/postgres/connection/migrate.ts";
import { createStores } from "../../../services/adapters/postgres/stores.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { knownEntries } from "../../load/live-bank/known-hash.ts";
import { newBank } from "../../support/bank-fixtures.ts";
import { clearVerdict, newItem } from "../../support/examined-items.ts";
import { expectEntryCounts } from "../../support/expect-entry-counts.ts";
import { openTestRecord } from "../../support/test-database.ts";

const source = "//forum.example";
const folders: string[] = [];
let record: Awaited<ReturnType<typeof openTestRecord>>;
beforeEach(async () => {
	await record?.[Symbol.asyncDispose]();
	record = await openTestRecord();
});
afterAll(async () => {
	await record[Symbol.asyncDispose]();
	for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** The present version and one more file. */
async function newerVersion(name: string, text: string): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), "breakwater-migrations-"));
	folders.push(folder);
	await cp(fromPackageRoot("services", "adapters", "postgres", "migrations"), folder, { recursive: true });
	await writeFile(join(folder, name), text);
	return folder;
}

describe("beside a newer version that only added", () => {
	it("the old one starts, works on, and changes nothing of it", async () => {
		const stores = createStores(record.database);
		const platform = await stores.platforms.create({ name: "forum", source, webhook: null, mediaHosts: [] });
		const newer = await newerVersion(
			"9000-more.sql",
			"ALTER TABLE items ADD COLUMN color text NOT NULL DEFAULT 'none';",
		);
		expect(await migrate(record.database, newer)).toEqual(["9000-more.sql"]);
		expect(await migrate(record.database)).toEqual([]);
		const [outcome] = await stores.verdicts.record([newItem(platform.id, source, { verdict: clearVerdict })]);
		expect(outcome?.kind).toBe("recorded");
		expect(await migrate(record.database, newer)).toEqual([]);
	});
});

describe("beside a newer version that took something away", () => {
	it("a version that knows the file it needs starts, an older one says why it does not", async () => {
		const newest = fromPackageRoot("services", "adapters", "postgres", "migrations");
		expect(await migrate(record.database, newest)).toEqual([]);
		const between = await newerVersion("9000-without.sql", "-- Reads the column no more.\nSELECT 1;");
		const newer = await newerVersion("9000-without.sql", "-- Reads the column no more.\nSELECT 1;");
		await writeFile(
			join(newer, "9001-drop.sql"),
			"-- needs 9000-without.sql\nALTER TABLE outbox DROP COLUMN created_at;",
		);
		expect(await migrate(record.database, newer)).toEqual(["9000-without.sql", "9001-drop.sql"]);
		expect(await migrate(record.database, between)).toEqual([]);
		await expect(migrate(record.database)).rejects.toThrow("9001-drop.sql needs 9000-without.sql");
	});
});

it("a file that was changed after it had run is refused", async () => {
	await migrate(record.database, await newerVersion("9000-more.sql", "SELECT 1;"));
	const changed = await newerVersion("9000-more.sql", "SELECT 2;");
	await expect(migrate(record.database, changed)).rejects.toThrow("was changed after it had run");
});

it("a table in use is not locked against everybody while the migration waits for it", async () => {
	const newer = await newerVersion("9000-more.sql", "ALTER TABLE platforms ADD COLUMN color text;");
	let release = () => {};
	let held = () => {};
	const isHeld = new Promise<void>((resolve) => {
		held = resolve;
	});
	const reader = record.database.transaction(async (tx) => {
		await tx.rows(sql`SELECT count(*) FROM platforms`);
		held();
		await new Promise<void>((resolve) => {
			release = resolve;
		});
	});
	await isHeld;
	const migrated = migrate(record.database, newer);
	// Longer than one wait for the lock: others get their turn between two.
	const startedAt = Date.now();
	while (Date.now() - startedAt < 2_500) await createStores(record.database).platforms.list();
	release();
	await reader;
	expect(await migrated).toEqual(["9000-more.sql"]);
});

it("two processes that start together run each file once", async () => {
	const newer = await newerVersion("9000-more.sql", "CREATE TABLE more (id integer);");
	const ran = await Promise.all([migrate(record.database, newer), migrate(record.database, newer)]);
	expect(ran.flat()).toEqual(["9000-more.sql"]);
});

it("entries that were there before their number was kept are counted", async () => {
	const banks = createBankStore(record.database);
	const { id: _id, ...settings } = newBank({});
	const { id } = await banks.create(settings, "test");
	await record.database.rows(sql`DROP TABLE bank_entry_counts`);
	await record.database.rows(sql`DROP FUNCTION count_entries_added, count_entries_removed CASCADE`);
	await record.database.rows(sql`DELETE FROM migrations WHERE name = '0027-entry-counts.sql'`);
	await record.database.transaction((tx) => upsertEntries(tx, { bankId: id, by: "test" }, knownEntries(0, 100)));
	expect(await migrate(record.database)).toEqual(["0027-entry-counts.sql"]);
	await expectEntryCounts(record.database);
	expect((await banks.list()).map(({ entryCount }) => entryCount)).toEqual([100]);
});

it("hashes that were columns before become rows", async () => {
	const { database } = record;
	const stores = createStores(database);
	const platform = await stores.platforms.create({ name: "forum", source, webhook: null, mediaHosts: [] });
	const items = [1, 2].map(() => newItem(platform.id, source, { verdict: clearVerdict, hashes: null }));
	await stores.verdicts.record(items);
	const write = (id: string) =>
		database.rows(
			sql`INSERT INTO media_hashes (item_id, sha256, sha1, md5, pdq, pdq_quality, recorded_at)
				VALUES (${id}, sha256('a'), NULL, decode(md5('a'), 'hex'), sha256('b'), 77, 'epoch'::timestamptz + interval '5 milliseconds')`,
		);
	await database.rows(sql`DROP TABLE item_hashes`);
	// As migrations 0002 and 0014 made it.
	await database.rows(
		sql`CREATE TABLE media_hashes (item_id uuid PRIMARY KEY REFERENCES items, sha256 bytea NOT NULL, sha1 bytea, md5 bytea NOT NULL,
			pdq bytea, pdq_quality smallint, recorded_at timestamptz NOT NULL DEFAULT now())`,
	);
	await database.rows(
		sql`ALTER TABLE bank_entries DROP CONSTRAINT bank_entries_hash_check, ADD CONSTRAINT bank_entries_hash_type_check CHECK (true),
			ADD CONSTRAINT bank_entries_hash_length_check CHECK (true)`,
	);
	await database.rows(sql`DELETE FROM migrations WHERE name IN ('0034-item-hashes.sql', '0055-drop-media-hashes.sql')`);
	const [first = "", second = ""] = items.map(({ id }) => id).toSorted();
	await write(first);
	await write(second);
	expect(await migrate(database)).toEqual(["0034-item-hashes.sql", "0055-drop-media-hashes.sql"]);
	const rows = await database.rows(
		sql`SELECT item_id, array_agg(type || ':' || length(hash) || ':' || COALESCE(quality, 0) || ':' || at_ms ORDER BY type) AS hashes
			FROM item_hashes GROUP BY item_id ORDER BY item_id`,
	);
	const hashes = ["md5:16:0:5", "pdq:32:77:5", "sha256:32:0:5"];
	expect(rows).toEqual([first, second].map((item_id) => ({ item_id, hashes })));
});
