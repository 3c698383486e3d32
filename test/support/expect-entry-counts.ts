import { expect } from "@jest/globals";
import { sql } from "kysely";
import type { Database } from "../../services/adapters/postgres/connection/database.ts";

/** Asserts that what the record says of a bank's size, and of its newest entry, is what counting would say. */
export async function expectEntryCounts(database: Database): Promise<void> {
	const kept = await database.rows(
		sql`SELECT bank_id, hash_type, entries FROM bank_entry_counts WHERE entries <> 0 ORDER BY bank_id, hash_type`,
	);
	const counted = await database.rows(
		sql`SELECT bank_id, hash_type, count(*) AS entries FROM bank_entries GROUP BY bank_id, hash_type ORDER BY bank_id, hash_type`,
	);
	expect(kept).toEqual(counted);
	const undated = await database.rows(
		sql`SELECT 1 FROM bank_entry_counts WHERE (entries = 0) <> (newest_at IS NULL)
			OR newest_at < (SELECT max(added_at) FROM bank_entries AS entry WHERE entry.bank_id = bank_entry_counts.bank_id AND entry.hash_type = bank_entry_counts.hash_type)`,
	);
	expect(undated).toEqual([]);
}
