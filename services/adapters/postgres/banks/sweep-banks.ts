// Deletes for good, a step at a time, what removed banks and decided imports leave behind. Nobody reads it any more; it is swept by
// whoever removed or rejected, and by the review process where that was interrupted.
import { sql } from "kysely";
import type { Connection, Database } from "../connection/database.ts";

/** Banks that are gone now; one that was put back is none of them. */
const removedBanks = sql`(SELECT DISTINCT bank_id FROM bank_changes WHERE kind = 'bank-removed'
	AND NOT EXISTS (SELECT FROM banks WHERE banks.id = bank_id))`;
const decidedDrafts = sql`(SELECT id FROM bank_drafts WHERE state IN ('applied', 'rejected'))`;

/** Who sweeps, and who puts a bank back: one at a time, or what one deletes would be half of what the other counts on. */
export async function lockSweep(tx: Connection): Promise<void> {
	await tx.rows(sql`SELECT pg_advisory_xact_lock(827365)`);
}

/** Answers how many rows went; 0 where nothing is left. */
export function sweepStep(database: Database, maxRows: number): Promise<number> {
	return database.transaction(async (tx) => {
		await lockSweep(tx);
		return deleteRows(tx, maxRows);
	});
}

async function deleteRows(tx: Connection, maxRows: number): Promise<number> {
	const entries = await tx.rows(
		sql`DELETE FROM bank_entries WHERE ctid = ANY (ARRAY(
				SELECT entry.ctid FROM ${removedBanks} AS gone
				CROSS JOIN LATERAL (SELECT ctid FROM bank_entries WHERE bank_id = gone.bank_id LIMIT ${maxRows}) AS entry LIMIT ${maxRows}
			)) RETURNING 1`,
	);
	const rows = await tx.rows(
		sql`DELETE FROM bank_draft_rows WHERE ctid = ANY (ARRAY(
				SELECT staged.ctid FROM ${decidedDrafts} AS draft
				CROSS JOIN LATERAL (SELECT ctid FROM bank_draft_rows WHERE draft_id = draft.id LIMIT ${maxRows}) AS staged LIMIT ${maxRows}
			)) RETURNING 1`,
	);
	return entries.length + rows.length;
}

const rowsPerStep = 20_000;

export async function sweepAll(database: Database): Promise<void> {
	while ((await sweepStep(database, rowsPerStep)) > 0);
}
