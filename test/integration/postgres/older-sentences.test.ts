// What earlier versions kept as sentences: each stays readable, as a quotation, or as the code that it always meant. Real PostgreSQL: the
// tables are made by the migrations before the change, filled, and brought up to date.
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { type Database, openDatabase } from "../../../services/adapters/postgres/connection/database.ts";
import { migrate } from "../../../services/adapters/postgres/connection/migrate.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { draftId, entryId, uuidv7 } from "../../../services/core/ids.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { createEmptyDatabase, type TestDatabase } from "../../support/test-database.ts";

const changedBy = "0045-codes-in-place-of-sentences.sql";
const bank = uuidv7(1);
const waiting = draftId.parse(uuidv7(2));
const stopped = draftId.parse(uuidv7(3));
const putBack = draftId.parse(uuidv7(4));
const noisy = entryId.parse(uuidv7(5));
const removed = entryId.parse(uuidv7(6));
const surge = "60 matches from about 40 accounts in 20 minutes, where 0.1 are usual";

let testDatabase: TestDatabase;
let database: Database;
let stores: Stores;
beforeAll(async () => {
	testDatabase = await createEmptyDatabase();
	const options = { maxConnections: 4, applicationName: "test", logger: silentLogger };
	database = await openDatabase({ url: testDatabase.url, ...options });
	const folder = await mkdtemp(join(tmpdir(), "breakwater-sentences-"));
	const bundled = fromPackageRoot("services", "adapters", "postgres", "migrations");
	for (const name of await readdir(bundled)) if (name < changedBy) await cp(join(bundled, name), join(folder, name));
	await migrate(database, folder);
	await rm(folder, { recursive: true });
	await fill();
	expect(await migrate(database)).toContain(changedBy);
	stores = createStores(database);
}, 60_000);
afterAll(async () => {
	await database[Symbol.asyncDispose]();
	await testDatabase[Symbol.asyncDispose]();
});

async function fill(): Promise<void> {
	await database.rows(
		sql`INSERT INTO dead_letters (id, reason, detail, topic, partition, "offset", key, value, value_sha256, headers, attempts)
			VALUES (${uuidv7(7)}, 'malformed-event', 'data.surface: invalid value', 'breakwater.posts', 0, '7', 'k', 'v', sha256('v'), '{}', 1)`,
	);
	const rejected = {
		count: 1,
		byCode: { malformed: 1 },
		first: [{ line: 3, code: "malformed", detail: "malformed hash" }],
	};
	await database.rows(
		sql`INSERT INTO banks (id, name, kind, category, trusted, enabled, shadow, enabled_ratio, tight_radius_bits, wide_radius_bits)
			VALUES (${bank}, 'older', 'known', 'test', false, true, false, 1, 20, 31)`,
	);
	await database.rows(
		sql`INSERT INTO bank_drafts (id, bank_id, bank_name, origin, source, is_replacing, state, created_by, decided_by, decided_at, why, faults, rejected)
			VALUES (${waiting}, ${bank}, 'older', 'list.csv', 'list', false, 'open', 'an', NULL, NULL, NULL,
					ARRAY['it adds 30 entries, and 20 are allowed'], ${JSON.stringify(rejected)}::jsonb),
				(${stopped}, ${bank}, 'older', 'cut.csv', 'list', false, 'rejected', 'an', 'an', now(), 'its file was never read to its end', '{}', DEFAULT),
				(${putBack}, ${bank}, 'older', 'its history at 12', 'here', false, 'applied', 'an', 'an', now(), NULL, '{}', DEFAULT)`,
	);
	await database.rows(
		sql`INSERT INTO bank_entries (id, bank_id, hash_type, hash, opinions, added_by, quarantined_at, quarantine_reason)
			VALUES (${noisy}, ${bank}, 'sha256', decode(repeat('01', 32), 'hex'), '{"list": {"kind": "positive"}}', 'an', now(), ${surge}),
				(${removed}, ${bank}, 'sha256', decode(repeat('02', 32), 'hex'), '{"list": {"kind": "positive"}}', 'an', now(), 'in quarantine when it was removed')`,
	);
	await database.rows(
		sql`INSERT INTO breakers (kind, key, opened_by, reason, per_minute, baseline_per_minute)
			VALUES ('all', 'all', NULL, 'withholds come too fast', 90, 2), ('model', 'one', 'binh', 'it errs', NULL, NULL)`,
	);
}

it("an import that waits says what it is over, and why lines were refused, in the words of then", async () => {
	expect(await stores.bankDrafts.find(waiting)).toMatchObject({
		faults: [{ code: "quoted", text: "it adds 30 entries, and 20 are allowed" }],
		rejected: {
			count: 1,
			byCode: { malformed: 1 },
			first: [{ line: 3, why: { code: "quoted", text: "malformed hash" } }],
		},
	});
});

it("an import that the machine ended says so by a code, and nobody is quoted with it", async () => {
	expect(await stores.bankDrafts.find(stopped)).toMatchObject({ lapsed: "abandoned", why: null });
	expect(await stores.bankDrafts.find(putBack)).toMatchObject({ putBackTo: 12, lapsed: null });
});

it("an entry stays in quarantine, with the sentence of then", async () => {
	expect((await stores.banks.findEntry(noisy))?.quarantine?.reason).toEqual({ code: "quoted", text: surge });
	expect((await stores.banks.findEntry(removed))?.quarantine?.reason).toEqual({ code: "removed-in-quarantine" });
});

it("a record that was parked, then or by a process of then, says why in the sentence of then", async () => {
	const [letter] = await stores.deadLetters.list({ limit: 1 });
	expect(letter?.faults).toEqual([{ code: "quoted", text: "data.surface: invalid value" }]);
});

it("a breaker that the machine opened has no text, and one that a person opened has theirs", async () => {
	const open = await stores.breakers.listOpen();
	expect(open.map(({ kind, openedBy, reason }) => [kind, openedBy, reason]).toSorted()).toEqual([
		["all", null, null],
		["model", "binh", "it errs"],
	]);
});
