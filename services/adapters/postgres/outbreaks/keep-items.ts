import { type RawBuilder, sql } from "kysely";
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
