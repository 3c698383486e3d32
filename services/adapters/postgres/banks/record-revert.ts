// Keeps how much putting a bank back changed in it, as a draft that one person has made and accepted: with imports it counts against
// what one person may change.
import { sql } from "kysely";
import { ownSource } from "../../../core/banks/bank.ts";
import { type BankId, type DraftId, draftId, uuidv7 } from "../../../core/ids.ts";
import type { Connection } from "../connection/database.ts";
import { entryCount } from "./entry-counts.ts";
import type { RevertCounts } from "./revert-bank.ts";

interface BegunRevert {
	readonly bank: { readonly id: BankId; readonly name: string };
	readonly toSequence: number;
	readonly fromSequence: number;
	readonly by: string;
}

export async function recordRevert(tx: Connection, revert: BegunRevert): Promise<DraftId> {
	const { bank, toSequence, fromSequence, by } = revert;
	const id = draftId.parse(uuidv7(Date.now()));
	await tx.rows(
		sql`INSERT INTO bank_drafts (id, bank_id, bank_name, origin, source, is_replacing, state, created_by, decided_by, decided_at, accepted_alone, base_sequence, put_back_to, entries_before)
			SELECT ${id}, ${bank.id}, ${bank.name}, ${`#${toSequence}`}, ${ownSource}, false, 'applied', ${by}, ${by}, now(), true, ${fromSequence}, ${toSequence},
				${entryCount(sql`${bank.id}`)}`,
	);
	return id;
}

/** In the transaction of the step that it counts. */
export async function countRevert(tx: Connection, id: DraftId, step: RevertCounts): Promise<void> {
	await tx.rows(
		sql`UPDATE bank_drafts SET added = added + ${step.restored}, changed = changed + ${step.changed}, removed = removed + ${step.removed}
			WHERE id = ${id}`,
	);
}
