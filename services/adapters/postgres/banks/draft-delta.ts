// What a draft would change in its bank, as the bank now is, and whether one person's word is enough for it.
import { sql } from "kysely";
import { z } from "zod";
import { ownSource } from "../../../core/banks/bank.ts";
import { allowanceFaults, allowanceHours } from "../../../core/banks/import-allowance.ts";
import type { DraftId } from "../../../core/ids.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { lastSequence } from "./bank-changes.ts";
import { type DraftRow, draftRow, storedSources } from "./draft-rows.ts";
import { entryCount } from "./entry-counts.ts";

const moved = z.object({ added: column.count, changed: column.count, removed: column.count });
const countsRow = moved.extend({
	...{ same: column.count, before: column.count, sequence: column.count, sources: storedSources },
});
const allowanceRow = moved.extend({ share: column.real, added_entries: column.whole });

/** Writes the delta to the draft's row, and what the draft takes back to its rows. */
export async function writeDelta(tx: Connection, id: DraftId): Promise<DraftRow> {
	// Sorts and hashes of a million rows, kept in memory.
	await tx.rows(sql`SET LOCAL work_mem = '256MB'`);
	await stageTakenBack(tx, id);
	const [counts] = await tx.rows(
		sql`WITH draft AS (SELECT * FROM bank_drafts WHERE id = ${id}),
			named AS (
				SELECT hash_type, hash, max(quality) AS quality,
					COALESCE(jsonb_object_agg(source, opinion ORDER BY n) FILTER (WHERE opinion IS NOT NULL), '{}') AS said,
					COALESCE(array_agg(source) FILTER (WHERE opinion IS NULL), '{}') AS taken_back
				FROM bank_draft_rows WHERE draft_id = ${id} GROUP BY hash_type, hash
			), compared AS (
				SELECT entry.id IS NULL AS is_new, COALESCE(entry.opinions - taken_back, '{}') || said AS after, entry.opinions AS before,
					entry.quality IS NULL AND named.quality IS NOT NULL AS gains_quality
				FROM named LEFT JOIN bank_entries AS entry
					ON entry.bank_id = (SELECT bank_id FROM draft) AND entry.hash_type = named.hash_type AND entry.hash = named.hash
			), counted AS (
				SELECT count(*) FILTER (WHERE is_new) AS added,
					count(*) FILTER (WHERE NOT is_new AND after <> '{}' AND (after <> before OR gains_quality)) AS changed,
					count(*) FILTER (WHERE NOT is_new AND after = '{}') AS removed,
					count(*) FILTER (WHERE NOT is_new AND after = before AND NOT gains_quality) AS same
				FROM compared
			)
			SELECT counted.*, ${draftSources(id)} AS sources, ${entryCount(sql`banks.id`)} AS before, ${lastSequence} AS sequence
			FROM counted, draft JOIN banks ON banks.id = draft.bank_id`,
		countsRow,
	);
	if (counts === undefined) throw new Error("a draft of a bank that is there has a delta");
	const { added, changed, removed, same, before, sequence, sources } = counts;
	const [row] = await tx.rows(
		sql`UPDATE bank_drafts SET base_sequence = ${sequence}, entries_before = ${before}, added = ${added}, changed = ${changed},
				removed = ${removed}, same = ${same}, sources = ${JSON.stringify(sources)}::jsonb WHERE id = ${id} RETURNING *`,
		draftRow,
	);
	if (row === undefined) throw new Error("the draft was there a moment ago");
	return writeFaults(tx, row);
}

const shownSources = 20;

/** The draft's sources, in a statement with its bank as `banks`. */
function draftSources(id: DraftId) {
	return sql`(SELECT jsonb_build_object('count', count(*), 'first', COALESCE(jsonb_agg(jsonb_build_object('source', source, 'rows', rows,
				'countsAlone', banks.trusted OR source = ANY (banks.sources)) ORDER BY place) FILTER (WHERE place <= ${shownSources}), '[]'))
			FROM (SELECT source, count(*) AS rows, row_number() OVER (ORDER BY count(*) DESC, source) AS place FROM bank_draft_rows
				WHERE draft_id = ${id} AND opinion IS NOT NULL GROUP BY source) AS speaking)`;
}

/** Writes to the draft's row what its delta, with what has entered the bank lately, is over the bank's allowance. */
export async function writeFaults(tx: Connection, draft: DraftRow): Promise<DraftRow> {
	const [allowance] = await tx.rows(
		sql`SELECT allowed_share AS share, allowed_added_entries AS added_entries, recent.* FROM banks, (
				SELECT COALESCE(sum(added), 0) AS added, COALESCE(sum(changed), 0) AS changed, COALESCE(sum(removed), 0) AS removed
				FROM bank_drafts WHERE bank_id = ${draft.bank_id} AND accepted_alone
					AND decided_at > now() - make_interval(hours => ${allowanceHours})
			) AS recent WHERE id = ${draft.bank_id}`,
		allowanceRow,
	);
	if (allowance === undefined) throw new Error("a draft of a bank that is there has an allowance");
	const { added, changed, removed } = allowance;
	const faults = allowanceFaults(draft, { added, changed, removed }, draft.entries_before, {
		share: allowance.share,
		addedEntries: allowance.added_entries,
	});
	const [row] = await tx.rows(
		sql`UPDATE bank_drafts SET faults = ${JSON.stringify(faults)}::jsonb WHERE id = ${draft.id} RETURNING *`,
		draftRow,
	);
	if (row === undefined) throw new Error("the draft was there a moment ago");
	return row;
}

/**
 * For a full list: one row, without an opinion, for each that a source of the draft held and the draft does not name. A list of which
 * no row could be taken takes nothing back: it is an empty page, or one that we cannot read.
 */
async function stageTakenBack(tx: Connection, id: DraftId): Promise<void> {
	const dropped = await tx.rows(
		sql`DELETE FROM bank_draft_rows WHERE draft_id = ${id} AND opinion IS NULL RETURNING 1`,
	);
	await tx.rows(
		sql`WITH draft AS (SELECT * FROM bank_drafts WHERE id = ${id} AND is_replacing
				AND EXISTS (SELECT 1 FROM bank_draft_rows WHERE draft_id = ${id})),
			sources AS (
				SELECT source FROM bank_draft_rows WHERE draft_id = ${id} UNION SELECT source FROM draft
			), taken_back AS (
				INSERT INTO bank_draft_rows (draft_id, n, id, hash_type, hash, source)
				SELECT ${id}::uuid, draft.row_count - ${dropped.length} + row_number() OVER (ORDER BY entry.id, said.source), entry.id, entry.hash_type, entry.hash, said.source
				FROM draft JOIN bank_entries AS entry ON entry.bank_id = draft.bank_id
				CROSS JOIN LATERAL jsonb_object_keys(entry.opinions) AS said (source)
				WHERE said.source IN (SELECT source FROM sources) AND said.source <> ${ownSource} AND NOT EXISTS (
					SELECT 1 FROM bank_draft_rows AS named WHERE named.draft_id = ${id} AND named.hash_type = entry.hash_type
						AND named.hash = entry.hash AND named.source = said.source)
				RETURNING 1
			)
			UPDATE bank_drafts SET row_count = row_count - ${dropped.length} + (SELECT count(*) FROM taken_back) WHERE id = ${id}`,
	);
}
