import { sql } from "kysely";
import type { Database } from "../../services/adapters/postgres/connection/database.ts";

/** Nothing else is under examination, so a sweep need not wait to look once more; nor need it for a lease of who was killed. */
export async function hastenSweeps(database: Database, state: "looking" | "acting" = "looking"): Promise<void> {
	await database.rows(
		sql`UPDATE sweeps SET tail_due_at = least(tail_due_at, now()), lease_until = NULL WHERE state = ${state}`,
	);
}
