// The banks' history: every change is a row, numbered in the order in which it becomes visible.
import { sql } from "kysely";
import type { BankChange } from "../../../core/banks/bank.ts";
import type { BankId, DraftId, EntryId } from "../../../core/ids.ts";
import type { Connection } from "../connection/database.ts";

export interface NewChange {
	readonly kind: BankChange["kind"];
	readonly bankId: BankId;
	readonly entryId: EntryId | null;
	readonly data: unknown;
	/** The draft that the change is a part of: an import, or putting the bank back. */
	readonly draftId?: DraftId;
}

const sequenceLock = 8_273_649_018;

/**
 * Numbers are handed out one transaction at a time, so that they become visible in order: whoever has seen one has seen all before
 * it. To be taken in a statement of its own, before the one that reads {@link lastSequence}.
 */
export async function lockSequence(tx: Connection): Promise<void> {
	await tx.rows(sql`SELECT pg_advisory_xact_lock(${sequenceLock})`);
}

export const lastSequence = sql`(SELECT COALESCE(max(sequence), 0) FROM bank_changes)`;

/** Wakes the followers when the transaction commits: to be selected once. */
export const notice = sql`pg_notify('banks', '')`;

export async function tellFollowers(tx: Connection): Promise<void> {
	await tx.rows(sql`SELECT ${notice}`);
}

export async function writeChanges(tx: Connection, by: string, changes: readonly NewChange[]): Promise<void> {
	if (changes.length === 0) return;
	await lockSequence(tx);
	await tx.rows(
		sql`INSERT INTO bank_changes (sequence, by, kind, bank_id, entry_id, data, draft_id)
			SELECT ${lastSequence} + row_number() OVER (), ${by}, kind, "bankId", "entryId", data, "draftId"
			FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) AS r (kind text, "bankId" uuid, "entryId" uuid, data jsonb, "draftId" uuid)`,
	);
	await tellFollowers(tx);
}

/** What the history keeps of a row of bank_entries, as SQL over that row's columns. */
export const entryData = sql`jsonb_build_object('hashType', hash_type, 'hash', encode(hash, 'hex'), 'quality', quality, 'opinions', opinions)
	|| CASE WHEN quarantined_at IS NULL THEN '{}'::jsonb ELSE '{"isQuarantined": true}'::jsonb END`;

/** Records the entries as they now stand. The caller has changed them in this transaction. */
export async function writeEntryChanges(tx: Connection, by: string, ids: readonly EntryId[]): Promise<void> {
	if (ids.length === 0) return;
	await lockSequence(tx);
	await tx.rows(
		sql`INSERT INTO bank_changes (sequence, by, kind, bank_id, entry_id, data)
			SELECT ${lastSequence} + row_number() OVER (ORDER BY id), ${by}, 'entry', bank_id, id, ${entryData}
			FROM bank_entries WHERE id = ANY (${ids}::uuid[])`,
	);
	await tellFollowers(tx);
}
