// Writes what people conclude of entries to the entries, in the transaction of whatever led to it.
import { sql } from "kysely";
import { z } from "zod";
import { ownSource } from "../../../core/banks/bank.ts";
import { type EntryJudgement, opinionOfJudgement } from "../../../core/banks/entry-judgement.ts";
import { vouchMs } from "../../../core/banks/entry-surge.ts";
import { type EntryId, entryId } from "../../../core/ids.ts";
import type { Connection } from "../connection/database.ts";
import { lockSequence, writeEntryChanges } from "./bank-changes.ts";

/** Answers those that there were. Quarantine ends, and people who confirm are not asked about the next surge for a while. */
export async function judgeEntries(
	tx: Connection,
	ids: readonly EntryId[],
	judgement: EntryJudgement,
	person: { readonly by: string; readonly why: string; readonly at: Date },
): Promise<readonly EntryId[]> {
	if (ids.length === 0) return [];
	const opinion = { kind: opinionOfJudgement[judgement], note: person.why };
	const vouchedUntil = judgement === "confirm" ? new Date(person.at.getTime() + vouchMs) : null;
	// Before the entries: whoever carries out an import takes them in this order too.
	await lockSequence(tx);
	const judged = await tx.rows(
		sql`UPDATE bank_entries SET opinions = opinions || jsonb_build_object(${ownSource}::text, ${JSON.stringify(opinion)}::jsonb),
				quarantined_at = NULL, quarantine_reason = NULL, vouched_until = ${vouchedUntil}, updated_at = ${person.at}
			WHERE id IN (SELECT id FROM bank_entries WHERE id = ANY (${[...ids]}::uuid[]) ORDER BY id FOR UPDATE) RETURNING id`,
		z.object({ id: entryId }),
	);
	const found = judged.map(({ id }) => id);
	await writeEntryChanges(tx, person.by, found);
	return found;
}
