// Puts a bank back to what its history says it was at a sequence. The going back is itself written to the history.
import { sql } from "kysely";
import { BreakwaterError } from "../../core/errors.ts";
import type { BankId, EntryId } from "../../core/ids.ts";
import { type BankSettings, bankSettings } from "../../core/matching/bank.ts";
import { entryData, lastSequence, lockSequence, tellFollowers, writeChanges } from "./bank-changes.ts";
import { writeBank } from "./bank-settings.ts";
import type { Database, Executor } from "./database.ts";

export interface RevertCounts {
	readonly restored: number;
	readonly changed: number;
	readonly removed: number;
}

export async function revertBank(
	database: Database,
	tx: Executor,
	bankId: BankId,
	toSequence: number,
	by: string,
): Promise<RevertCounts> {
	// A bank of a million entries takes longer than a statement usually may.
	await database.rows(sql`SET LOCAL statement_timeout = '15min'`, tx);
	const bank = await bankAt(database, tx, bankId, toSequence);
	await lockSequence(database, tx);
	await writeBank(database, tx, bank);
	await writeChanges(database, tx, by, [{ kind: "bank", bankId, entryId: null, data: bank }]);
	await planEntries(database, tx, bankId, toSequence);
	// Removed first: another entry may have taken the hash of one that comes back.
	const removed = await database.rows<{ id: EntryId }>(
		sql`WITH gone AS (
				DELETE FROM bank_entries USING reverted WHERE bank_entries.id = reverted.id AND data IS NULL RETURNING bank_entries.id
			)
			INSERT INTO bank_changes (sequence, by, kind, bank_id, entry_id, data)
			SELECT ${lastSequence} + row_number() OVER (ORDER BY id), ${by}, 'entry-removed', ${bankId}::uuid, id, '{}' FROM gone RETURNING entry_id AS id`,
		tx,
	);
	const written = await writeBack(database, tx, bankId, by);
	await tellFollowers(database, tx);
	return { ...written, removed: removed.length };
}

async function bankAt(database: Database, tx: Executor, bankId: BankId, toSequence: number): Promise<BankSettings> {
	const [then] = await database.rows<{ kind: string; data: unknown }>(
		sql`SELECT kind, data FROM bank_changes WHERE bank_id = ${bankId} AND sequence <= ${toSequence} AND kind IN ('bank', 'bank-removed')
			ORDER BY sequence DESC LIMIT 1`,
		tx,
	);
	if (then === undefined || then.kind !== "bank")
		throw new BreakwaterError("not-found", { detail: `the bank did not exist at sequence ${toSequence}` });
	return bankSettings.parse(then.data);
}

/** Every entry that the history knows of, with its data at that time; null where it was not in the bank. */
async function planEntries(database: Database, tx: Executor, bankId: BankId, toSequence: number): Promise<void> {
	await database.rows(
		sql`CREATE TEMPORARY TABLE reverted ON COMMIT DROP AS
			SELECT touched.id, CASE WHEN was.kind = 'entry' AND was.sequence > emptied.sequence THEN was.data END AS data
			FROM (SELECT DISTINCT entry_id AS id FROM bank_changes WHERE bank_id = ${bankId} AND entry_id IS NOT NULL) AS touched
			CROSS JOIN (SELECT COALESCE(max(sequence), 0) AS sequence FROM bank_changes
				WHERE bank_id = ${bankId} AND kind = 'bank-removed' AND sequence <= ${toSequence}) AS emptied
			LEFT JOIN (
				SELECT DISTINCT ON (entry_id) entry_id, sequence, kind, data FROM bank_changes
				WHERE bank_id = ${bankId} AND entry_id IS NOT NULL AND sequence <= ${toSequence} ORDER BY entry_id, sequence DESC
			) AS was ON was.entry_id = touched.id`,
		tx,
	);
}

async function writeBack(
	database: Database,
	tx: Executor,
	bankId: BankId,
	by: string,
): Promise<Omit<RevertCounts, "removed">> {
	const [counts] = await database.rows<{ restored: string; changed: string }>(
		sql`WITH written AS (
				INSERT INTO bank_entries AS entry (id, bank_id, hash_type, hash, quality, opinions, added_by)
				SELECT id, ${bankId}::uuid, data ->> 'hashType', decode(data ->> 'hash', 'hex'), (data ->> 'quality')::smallint, data -> 'opinions', ${by}
				FROM reverted WHERE data IS NOT NULL
				ON CONFLICT (id) DO UPDATE SET quality = excluded.quality, opinions = excluded.opinions, updated_at = now()
					WHERE (entry.quality, entry.opinions) IS DISTINCT FROM (excluded.quality, excluded.opinions)
				RETURNING id, hash_type, hash, quality, opinions, quarantined_at, xmax = 0 AS is_new
			), recorded AS (
				INSERT INTO bank_changes (sequence, by, kind, bank_id, entry_id, data)
				SELECT ${lastSequence} + row_number() OVER (ORDER BY id), ${by}, 'entry', ${bankId}::uuid, id, ${entryData} FROM written
			)
			SELECT count(*) FILTER (WHERE is_new) AS restored, count(*) FILTER (WHERE NOT is_new) AS changed FROM written`,
		tx,
	);
	return { restored: Number(counts?.restored ?? 0), changed: Number(counts?.changed ?? 0) };
}
