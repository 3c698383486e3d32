// Puts a bank back to what its history says it was at a sequence, in steps, so that an urgent change never waits for all of it. The
// going back is itself written to the history. Interrupted, it is gone on with by asking for the same again: what is as it was is
// left alone. What people do to an entry meanwhile stands, and so does their removing the bank.
import { sql } from "kysely";
import { z } from "zod";
import { named } from "../../../core/acts/doer.ts";
import { type BankSettings, bankSettings } from "../../../core/banks/bank.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import { type BankId, type DraftId, type EntryId, entryId } from "../../../core/ids.ts";
import type { BankDraft } from "../../../core/ports/bank-draft-store.ts";
import type { RevertedBank } from "../../../core/ports/bank-store.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { stoppedEntries } from "../policy/breaker-store.ts";
import { tellBankAct } from "./bank-acts.ts";
import { entryData, lastSequence, lockSequence, tellFollowers, writeChanges } from "./bank-changes.ts";
import { findBank, writeBank } from "./bank-settings.ts";
import { allowedAlone, proposeRest } from "./change-alone.ts";
import { withdrawAskedBefore } from "./propose.ts";
import { countRevert, recordRevert } from "./record-revert.ts";
import { lockSweep, sweepAll } from "./sweep-banks.ts";

export interface RevertCounts {
	readonly restored: number;
	readonly changed: number;
	readonly removed: number;
}

interface Revert {
	readonly bankId: BankId;
	readonly toSequence: number;
	readonly by: string;
}

const changesPerStep = 5_000;

export async function revertBank(database: Database, revert: Revert): Promise<RevertedBank> {
	// What a removed bank left would stand in the way of what comes back.
	await sweepAll(database);
	const range = await database.transaction((tx) => revertSettings(tx, revert));
	const total = { restored: 0, changed: 0, removed: 0 };
	for (let after = range.after; after < range.upTo; ) {
		const step = await database.transaction((tx) => revertEntries(tx, revert, { ...range, after }));
		total.restored += step.restored;
		total.changed += step.changed;
		total.removed += step.removed;
		after = step.doneTo;
	}
	return { ...total, waiting: range.waiting };
}

interface Range {
	/** Changes after this one, up to the other, name every entry that may have to be put back. */
	readonly after: number;
	readonly upTo: number;
	/** Then detectors have dropped all its entries: each that comes back is told of, even one that the record still had. */
	readonly wasRemoved: boolean;
	readonly record: DraftId;
	/** Settings under which the bank did more than it now does. */
	readonly waiting: BankDraft | null;
}

async function revertSettings(tx: Connection, { bankId, toSequence, by }: Revert): Promise<Range> {
	await lockSweep(tx);
	await stopImports(tx, bankId, by);
	await lockSequence(tx);
	const asked = await bankAt(tx, bankId, toSequence);
	// A bank that was removed does nothing.
	const before = (await findBank(tx, sql`id = ${bankId} FOR UPDATE`)) ?? { ...asked, enabled: false };
	const bank = await allowedAlone(tx, before, asked);
	const [range] = await tx.rows(
		sql`SELECT ${lastSequence} AS last,
			EXISTS (SELECT FROM bank_changes WHERE bank_id = ${bankId} AND kind = 'bank-removed' AND sequence > ${toSequence}) AS was_removed`,
		z.object({ last: column.count, was_removed: column.flag }),
	);
	await writeBank(tx, bank);
	// Removing a bank says nothing of its entries: all that it ever had may have to come back.
	const upTo = range?.last ?? 0;
	if (toSequence > upTo)
		throw new BreakwaterError("not-found", { detail: `nothing has come to sequence ${toSequence} yet` });
	const record = await recordRevert(tx, { bank, toSequence, fromSequence: upTo, by });
	await writeChanges(tx, by, [{ kind: "bank", bankId, entryId: null, data: bank, draftId: record }]);
	const details = { name: bank.name, toSequence };
	await tellBankAct(tx, { what: "bank-put-back", on: bankId, by: named(by), details });
	const wasRemoved = range?.was_removed === true;
	await withdrawAskedBefore(tx, bankId, by);
	const waiting = await proposeRest(tx, { now: bank, asked, by });
	return { after: wasRemoved ? 0 : toSequence, upTo, wasRemoved, record, waiting };
}

/** What was accepted before the bank is put back would otherwise go on coming in after it. */
async function stopImports(tx: Connection, bankId: BankId, by: string): Promise<void> {
	await tx.rows(
		sql`UPDATE bank_drafts SET state = 'rejected', decided_by = ${by}, decided_at = now(), lapsed = 'bank-put-back'
			WHERE bank_id = ${bankId} AND state = 'accepted'`,
	);
}

async function bankAt(tx: Connection, bankId: BankId, toSequence: number): Promise<BankSettings> {
	const [then] = await tx.rows(
		sql`SELECT kind, data FROM bank_changes WHERE bank_id = ${bankId} AND sequence <= ${toSequence} AND kind IN ('bank', 'bank-removed')
			ORDER BY sequence DESC LIMIT 1`,
		z.object({ kind: column.text, data: z.unknown() }),
	);
	if (then === undefined || then.kind !== "bank")
		throw new BreakwaterError("not-found", { detail: "the bank did not exist then" });
	return bankSettings.parse(then.data);
}

async function revertEntries(
	tx: Connection,
	revert: Revert,
	{ after, upTo, wasRemoved, record }: Range,
): Promise<RevertCounts & { readonly doneTo: number }> {
	await lockSequence(tx);
	await tx.rows(sql`SET LOCAL statement_timeout = '5min'`);
	const [bank] = await tx.rows(sql`SELECT FROM banks WHERE id = ${revert.bankId}`);
	if (bank === undefined)
		throw new BreakwaterError("not-found", { detail: "the bank was removed while it was put back" });
	// An entry is put back where its last change is met: one that somebody has changed since stays as they want it.
	const touched = await tx.rows(
		sql`SELECT entry_id AS id, sequence FROM bank_changes
			WHERE bank_id = ${revert.bankId} AND entry_id IS NOT NULL AND sequence > ${after} AND sequence <= ${upTo}
				AND NOT EXISTS (SELECT FROM bank_changes AS later WHERE later.entry_id = bank_changes.entry_id AND later.sequence > bank_changes.sequence)
			ORDER BY sequence LIMIT ${changesPerStep}`,
		z.object({ id: entryId, sequence: column.count }),
	);
	const planned = entriesAt(
		revert,
		touched.map(({ id }) => id),
	);
	// Removed first: another entry may have taken the hash of one that comes back.
	const removed = await removeEntries(tx, { ...revert, record }, planned);
	const written = await writeBack(tx, { ...revert, wasRemoved, record }, planned);
	await countRevert(tx, record, { ...written, removed });
	await tellFollowers(tx);
	const doneTo = touched.length < changesPerStep ? upTo : (touched.at(-1)?.sequence ?? upTo);
	return { ...written, removed, doneTo };
}

/** These entries with their data at that time; null where they were not in the bank. */
function entriesAt({ bankId, toSequence }: Revert, ids: readonly EntryId[]) {
	return sql`(SELECT touched.id, CASE WHEN was.kind = 'entry' AND was.sequence > emptied.sequence THEN was.data END AS data
		FROM unnest(${[...ids]}::uuid[]) AS touched (id)
		CROSS JOIN (SELECT COALESCE(max(sequence), 0) AS sequence FROM bank_changes
			WHERE bank_id = ${bankId} AND kind = 'bank-removed' AND sequence <= ${toSequence}) AS emptied
		LEFT JOIN LATERAL (
			SELECT sequence, kind, data FROM bank_changes WHERE entry_id = touched.id AND sequence <= ${toSequence}
			ORDER BY sequence DESC LIMIT 1
		) AS was ON true)`;
}

async function removeEntries(
	tx: Connection,
	{ bankId, by, record }: Revert & Pick<Range, "record">,
	planned: ReturnType<typeof sql>,
): Promise<number> {
	const removed = await tx.rows(
		sql`WITH planned AS MATERIALIZED ${planned}, doomed AS (
				SELECT id FROM planned WHERE data IS NULL
				UNION SELECT entry.id FROM planned JOIN bank_entries AS entry ON entry.bank_id = ${bankId} AND entry.hash_type = data ->> 'hashType'
					AND entry.hash = decode(data ->> 'hash', 'hex') AND entry.id <> planned.id
			), gone AS (
				DELETE FROM bank_entries USING doomed WHERE bank_entries.id = doomed.id AND bank_id = ${bankId} RETURNING bank_entries.id
			)
			INSERT INTO bank_changes (sequence, by, kind, bank_id, entry_id, data, draft_id)
			SELECT ${lastSequence} + row_number() OVER (ORDER BY id), ${by}, 'entry-removed', ${bankId}::uuid, id, '{}', ${record}::uuid FROM gone
			RETURNING 1`,
	);
	return removed.length;
}

/** One that was in quarantine when it, or another of its hash, was removed is so again: nobody has looked at it since. */
async function writeBack(
	tx: Connection,
	{ bankId, by, wasRemoved, record }: Revert & Pick<Range, "wasRemoved" | "record">,
	planned: ReturnType<typeof sql>,
): Promise<Omit<RevertCounts, "removed">> {
	const [counts] = await tx.rows(
		sql`WITH planned AS MATERIALIZED ${planned}, written AS (
				INSERT INTO bank_entries AS entry (id, bank_id, hash_type, hash, quality, opinions, added_by, quarantined_at, quarantine_reason)
				SELECT COALESCE(stopped_id, planned.id), ${bankId}::uuid, planned.data ->> 'hashType', decode(planned.data ->> 'hash', 'hex'), (planned.data ->> 'quality')::smallint,
					planned.data -> 'opinions', ${by},
					CASE WHEN last.was_quarantined THEN now() ELSE was.quarantined_at END,
					CASE WHEN last.was_quarantined THEN '{"code": "removed-in-quarantine"}'::jsonb ELSE was.reason END
				FROM planned CROSS JOIN LATERAL (
					SELECT data ? 'isQuarantined' AS was_quarantined FROM bank_changes WHERE entry_id = planned.id AND kind = 'entry'
					ORDER BY sequence DESC LIMIT 1
				) AS last
				LEFT JOIN bank_quarantines_left AS was ON was.bank_id = ${bankId} AND was.hash_type = planned.data ->> 'hashType'
					AND was.hash = decode(planned.data ->> 'hash', 'hex')
				LEFT JOIN ${stoppedEntries(bankId)} AS stopped ON stopped.hash_type = planned.data ->> 'hashType'
					AND stopped.hash = decode(planned.data ->> 'hash', 'hex')
				WHERE planned.data IS NOT NULL
				ON CONFLICT (id) DO UPDATE SET quality = excluded.quality, opinions = excluded.opinions, updated_at = now()
					WHERE ${wasRemoved}::boolean OR (entry.quality, entry.opinions) IS DISTINCT FROM (excluded.quality, excluded.opinions)
				RETURNING id, hash_type, hash, quality, opinions, quarantined_at, xmax = 0 AS is_new
			), recorded AS (
				INSERT INTO bank_changes (sequence, by, kind, bank_id, entry_id, data, draft_id)
				SELECT ${lastSequence} + row_number() OVER (ORDER BY id), ${by}, 'entry', ${bankId}::uuid, id, ${entryData}, ${record}::uuid FROM written
			)
			SELECT count(*) FILTER (WHERE is_new) AS restored, count(*) FILTER (WHERE NOT is_new) AS changed FROM written`,
		z.object({ restored: column.count, changed: column.count }),
	);
	return counts ?? { restored: 0, changed: 0 };
}
