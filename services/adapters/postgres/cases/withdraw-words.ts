// Takes back from entries what a decision wrote to them, in the transaction that takes the decision back.
import { sql } from "kysely";
import { z } from "zod";
import { opinionKind, ownSource } from "../../../core/banks/bank.ts";
import { entryJudgement, opinionOfJudgement } from "../../../core/banks/entry-judgement.ts";
import { ownWordAfterUndo } from "../../../core/banks/own-word.ts";
import { type CaseId, type EntryId, entryId } from "../../../core/ids.ts";
import { lockSequence, writeEntryChanges } from "../banks/bank-changes.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

const word = z.object({ kind: opinionKind, note: z.string().optional() });
const wordRow = z.object({ word: word.nullable() });
const writtenRow = z.object({ judgement: entryJudgement, reason: column.text, stands: column.flag });

/** The case's events already say that its decision is taken back. `decidedAt` is when it was given. */
export async function withdrawWords(tx: Connection, caseId: CaseId, decidedAt: Date, by: string): Promise<void> {
	const judged = await tx.rows(
		sql`SELECT DISTINCT (data::jsonb ->> 'entryId')::uuid AS id FROM case_events
			WHERE case_id = ${caseId} AND kind = 'entry-judged' AND at = ${decidedAt} ORDER BY id`,
		z.object({ id: entryId }),
	);
	if (judged.length === 0) return;
	// Before the entries, as whoever judges them does.
	await lockSequence(tx);
	const changed: EntryId[] = [];
	for (const { id } of judged) if (await withdrawWord(tx, id)) changed.push(id);
	await writeEntryChanges(tx, by, changed);
}

async function withdrawWord(tx: Connection, id: EntryId): Promise<boolean> {
	const [now] = await tx.rows(
		sql`SELECT opinions -> ${ownSource}::text AS word FROM bank_entries WHERE id = ${id} FOR UPDATE`,
		wordRow,
	);
	if (now === undefined) return false;
	const before = await tx.rows(
		sql`SELECT data -> 'opinions' -> ${ownSource}::text AS word FROM bank_changes
			WHERE entry_id = ${id} AND kind = 'entry' ORDER BY sequence`,
		wordRow,
	);
	const said = [...before, now].map((row) => row.word);
	const after = ownWordAfterUndo(said, await writtenTo(tx, id));
	if (after.kind === "unchanged") return false;
	const set =
		after.word === null
			? sql`opinions - ${ownSource}::text`
			: sql`opinions || jsonb_build_object(${ownSource}::text, ${JSON.stringify(after.word)}::jsonb)`;
	// An entry of which nobody else says anything any more keeps our word: without any it would be no entry.
	const written = await tx.rows(
		sql`UPDATE bank_entries SET opinions = ${set}, updated_at = now() WHERE id = ${id} AND ${set} <> '{}' RETURNING 1`,
	);
	return written.length > 0;
}

/** What was written by a decision stands until an undoing of that case comes after it; what somebody asked for in a case stays. */
async function writtenTo(tx: Connection, id: EntryId) {
	const rows = await tx.rows(
		sql`SELECT judged.data::jsonb ->> 'judgement' AS judgement, judged.data::jsonb ->> 'reason' AS reason,
				NOT (EXISTS (SELECT 1 FROM case_events AS decided WHERE decided.case_id = judged.case_id AND decided.kind = 'decided' AND decided.at = judged.at)
					AND EXISTS (SELECT 1 FROM case_events AS undone WHERE undone.case_id = judged.case_id AND undone.kind IN ('undone', 'reopened', 'overturned')
						AND undone.sequence > judged.sequence)) AS stands
			FROM case_events AS judged WHERE judged.kind = 'entry-judged' AND judged.data::jsonb ->> 'entryId' = ${id}`,
		writtenRow,
	);
	return rows.map(({ judgement, reason, stands }) => ({ kind: opinionOfJudgement[judgement], note: reason, stands }));
}
