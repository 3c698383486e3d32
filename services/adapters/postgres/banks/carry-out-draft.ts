// Takes the next rows of an accepted draft into its bank: one transaction a step, so that an urgent change never waits for all of it.
import { sql } from "kysely";
import type { Connection } from "../connection/database.ts";
import { entryData, lastSequence, lockSequence, tellFollowers } from "./bank-changes.ts";
import { type DraftRow, draftRow } from "./draft-rows.ts";
import { upsertEntries } from "./write-entries.ts";

export async function carryOutRows(tx: Connection, draft: DraftRow, maxRows: number): Promise<DraftRow> {
	const upTo = Math.min(draft.row_count, draft.done_rows + maxRows);
	const by = draft.decided_by === draft.created_by ? draft.created_by : `${draft.created_by}, ${draft.decided_by}`;
	const rows = sql`bank_draft_rows WHERE draft_id = ${draft.id} AND n > ${draft.done_rows} AND n <= ${upTo}`;
	const input = sql`SELECT id, hash_type, hash, quality, source, opinion, n FROM ${rows} AND opinion IS NOT NULL`;
	await upsertEntries(tx, { bankId: draft.bank_id, by, draftId: draft.id }, input);
	await takeBack(tx, draft, by, rows);
	const isDone = upTo === draft.row_count;
	await tx.rows(sql`DELETE FROM ${rows}`);
	const [row] = await tx.rows(
		sql`UPDATE bank_drafts SET done_rows = ${upTo}, state = ${isDone ? "applied" : "accepted"} WHERE id = ${draft.id} RETURNING *`,
		draftRow,
	);
	if (row === undefined) throw new Error("the draft is locked, and cannot be gone");
	return row;
}

/** An entry of which nobody says anything any more is removed. */
async function takeBack(tx: Connection, draft: DraftRow, by: string, rows: ReturnType<typeof sql>): Promise<void> {
	const takenBack = sql`SELECT id, array_agg(source) AS sources FROM ${rows} AND opinion IS NULL GROUP BY id`;
	const [any] = await tx.rows(sql`SELECT 1 FROM ${rows} AND opinion IS NULL LIMIT 1`);
	if (any === undefined) return;
	await lockSequence(tx);
	await tx.rows(
		sql`WITH taken_back AS (${takenBack}), removed AS (
				DELETE FROM bank_entries AS entry USING taken_back
				WHERE entry.id = taken_back.id AND entry.bank_id = ${draft.bank_id} AND entry.opinions - taken_back.sources = '{}' RETURNING entry.id
			)
			INSERT INTO bank_changes (sequence, by, kind, bank_id, entry_id, data, draft_id)
			SELECT ${lastSequence} + row_number() OVER (ORDER BY id), ${by}, 'entry-removed', ${draft.bank_id}::uuid, id, '{}', ${draft.id}::uuid FROM removed`,
	);
	await tx.rows(
		sql`WITH taken_back AS (${takenBack}), changed AS (
				UPDATE bank_entries AS entry SET opinions = entry.opinions - taken_back.sources, updated_at = now() FROM taken_back
				WHERE entry.id = taken_back.id AND entry.bank_id = ${draft.bank_id} AND entry.opinions ?| taken_back.sources
				RETURNING entry.id, hash_type, hash, quality, opinions, quarantined_at
			)
			INSERT INTO bank_changes (sequence, by, kind, bank_id, entry_id, data, draft_id)
			SELECT ${lastSequence} + row_number() OVER (ORDER BY id), ${by}, 'entry', ${draft.bank_id}::uuid, id, ${entryData}, ${draft.id}::uuid FROM changed`,
	);
	await tx.rows(sql`UPDATE banks SET updated_at = now() WHERE id = ${draft.bank_id}`);
	await tellFollowers(tx);
}
