import { sql } from "kysely";
import type { Connection } from "../connection/database.ts";

/** What the history has written and outbreaks have counted is due to nobody any more. */
export async function forgetDue(tx: Connection): Promise<void> {
	await tx.rows(
		sql`DELETE FROM history_due WHERE number <= (SELECT min(number) FROM history_marks WHERE name IN ('written', 'counted'))`,
	);
}
