import { type RawBuilder, sql } from "kysely";
import { isUndecided } from "../cases/undecided.ts";
import type { Connection } from "../connection/database.ts";

/** Keeps items of outbreaks, in the order in which they come here, and notes of which something was found. `rows`: as `outbreak_id` and `item_id`. */
export function keepItems(tx: Connection, rows: RawBuilder<unknown>): Promise<unknown> {
	return tx.rows(
		sql`WITH kept AS (
				INSERT INTO outbreak_items (outbreak_id, item_id) ${rows} ON CONFLICT DO NOTHING RETURNING outbreak_id, item_id
			)
			UPDATE outbreaks SET is_found = true WHERE NOT is_found
				AND id IN (SELECT outbreak_id FROM kept JOIN verdicts USING (item_id) WHERE verdicts.tier <> 'none')`,
	);
}

/** Lets go of items of outbreaks that ended before, at most so many: of none whose limit is in force or being lifted, and of none that people are asked about. */
export async function pruneItems(connection: Connection, before: Date, limit: number): Promise<number> {
	const gone = await connection.rows(
		sql`DELETE FROM outbreak_items WHERE (outbreak_id, number) IN (
				SELECT outbreak_id, number FROM outbreaks JOIN outbreak_items ON outbreak_id = outbreaks.id
				WHERE ended_at < ${before} AND NOT is_lifting AND spread NOT IN ('machine', 'person')
					AND NOT EXISTS (SELECT FROM cases WHERE cases.id = outbreaks.case_id AND ${isUndecided})
				ORDER BY outbreak_id, number LIMIT ${limit} FOR UPDATE OF outbreak_items SKIP LOCKED)
			RETURNING 1`,
	);
	return gone.length;
}
