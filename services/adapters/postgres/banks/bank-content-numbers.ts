import { sql } from "kysely";
import type { HeldHash } from "../../../core/ports/bank-content-store.ts";
import type { Database } from "../connection/database.ts";

const numberLock = 8_273_649_019;

/** Gives entries that came another way a number, once: whoever else wants to waits. */
export async function numberEntries(database: Database, hashes: readonly HeldHash[]): Promise<void> {
	await database.transaction(async (tx) => {
		await tx.rows(sql`SELECT pg_advisory_xact_lock(${numberLock})`);
		for (const { bankId, hashType, hash } of hashes) {
			const key = sql`bank_id = ${bankId} AND hash_type = ${hashType} AND hash = ${Buffer.from(hash)}`;
			await tx.rows(
				sql`WITH made AS (
						INSERT INTO bank_contents (bank_id, added_by)
						SELECT bank_id, added_by FROM bank_entries
						WHERE ${key} AND NOT EXISTS (SELECT FROM bank_content_hashes WHERE ${key} AND is_entry)
						RETURNING id, bank_id
					)
					INSERT INTO bank_content_hashes (content_id, bank_id, hash_type, hash, is_entry)
					SELECT id, bank_id, ${hashType}, ${Buffer.from(hash)}, true FROM made`,
			);
		}
	});
}
