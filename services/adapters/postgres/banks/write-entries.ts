// Adds entries to a bank, or opinions to entries that it has: one statement, wherever the rows come from.
import { sql } from "kysely";
import { z } from "zod";
import { BreakwaterError } from "../../../core/errors.ts";
import { hashBitsOf } from "../../../core/hashes/hash-type.ts";
import { type BankId, type DraftId, entryId, uuidv7 } from "../../../core/ids.ts";
import type { NewEntry } from "../../../core/ports/bank-store.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { stoppedEntries } from "../policy/breaker-store.ts";
import { entryData, lastSequence, lockSequence, notice } from "./bank-changes.ts";
import { keepFrames } from "./video-frames.ts";

export interface EntryCounts {
	readonly added: number;
	readonly changed: number;
	readonly same: number;
}

const countsRow = z.object({ added: column.count, changed: column.count, total: column.count, banks: column.count });

/** `input` selects rows (id uuid, hash_type text, hash bytea, quality smallint, source text, opinion jsonb, n); of several opinions of a source the one with the highest n counts. */
export async function upsertEntries(
	tx: Connection,
	target: { readonly bankId: BankId; readonly by: string; readonly draftId?: DraftId },
	input: ReturnType<typeof sql>,
): Promise<EntryCounts> {
	const { bankId, by, draftId = null } = target;
	await lockSequence(tx);
	const [counts] = await tx.rows(
		sql`WITH merged AS (
				SELECT (array_agg(id ORDER BY n))[1] AS id, hash_type, hash, max(quality) AS quality, jsonb_object_agg(source, opinion ORDER BY n) AS opinions
				FROM (${input}) AS input GROUP BY hash_type, hash
			), bank AS (SELECT id FROM banks WHERE id = ${bankId}), written AS (
				INSERT INTO bank_entries AS entry (id, bank_id, hash_type, hash, quality, opinions, added_by, quarantined_at, quarantine_reason)
				SELECT COALESCE(stopped_id, merged.id), bank.id, hash_type, hash, quality, opinions, ${by}, quarantined_at, reason
				FROM merged CROSS JOIN bank LEFT JOIN (SELECT * FROM bank_quarantines_left WHERE bank_id = ${bankId}) AS was USING (hash_type, hash)
					LEFT JOIN ${stoppedEntries(bankId)} AS stopped USING (hash_type, hash)
				ON CONFLICT (bank_id, hash_type, hash) DO UPDATE SET opinions = entry.opinions || excluded.opinions,
						quality = COALESCE(entry.quality, excluded.quality), updated_at = now()
					WHERE (entry.opinions || excluded.opinions, COALESCE(entry.quality, excluded.quality)) IS DISTINCT FROM (entry.opinions, entry.quality)
				RETURNING id, hash_type, hash, quality, opinions, quarantined_at, xmax = 0 AS is_new
			), recorded AS (
				INSERT INTO bank_changes (sequence, by, kind, bank_id, entry_id, data, draft_id)
				SELECT ${lastSequence} + row_number() OVER (ORDER BY id), ${by}, 'entry', ${bankId}::uuid, id, ${entryData}, ${draftId}::uuid FROM written
			), touched AS (
				UPDATE banks SET updated_at = now() WHERE id = ${bankId} AND EXISTS (SELECT FROM written) RETURNING ${notice}
			)
			SELECT count(*) FILTER (WHERE is_new) AS added, count(*) FILTER (WHERE NOT is_new) AS changed, (SELECT count(*) FROM merged) AS total,
				(SELECT count(*) FROM bank) AS banks
			FROM written`,
		countsRow,
	);
	if (counts === undefined || counts.banks === 0)
		throw new BreakwaterError("not-found", { reasons: [{ code: "not-there", what: "bank" }] });
	const { added, changed, total } = counts;
	return { added, changed, same: total - added - changed };
}

export async function writeEntries(
	tx: Connection,
	bankId: BankId,
	entries: readonly NewEntry[],
	by: string,
): Promise<EntryCounts> {
	refuseOtherLengths(entries);
	await keepFrames(tx, entries);
	const rows = entries.map((entry, n) => ({
		n,
		id: entryId.parse(uuidv7(Date.now())),
		type: entry.hashType,
		hash: Buffer.from(entry.hash).toString("hex"),
		quality: entry.quality,
		source: entry.opinion.source,
		opinion: storedOpinion(entry),
	}));
	const input = sql`SELECT id, type AS hash_type, decode(hash, 'hex') AS hash, quality, source, opinion, n
		FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, type text, hash text, quality smallint, source text, opinion jsonb, n integer)`;
	return upsertEntries(tx, { bankId, by }, input);
}

/** The record takes any length, for any type; the catalogue knows each type's. */
export function refuseOtherLengths(entries: readonly Pick<NewEntry, "hashType" | "hash">[]): void {
	const wrong = entries.find(({ hashType, hash }) => hash.length * 8 !== hashBitsOf(hashType));
	if (wrong !== undefined)
		throw new BreakwaterError("rule-broken", {
			detail: `a ${wrong.hashType} hash has ${hashBitsOf(wrong.hashType)} bits`,
		});
}

/** As one value of the column `opinions`: without the source, and without what it did not say. */
export function storedOpinion({ opinion, externalId, note }: Pick<NewEntry, "opinion" | "externalId" | "note">) {
	const { source: _source, ...said } = opinion;
	return { ...said, ...(externalId === null ? {} : { externalId }), ...(note === null ? {} : { note }) };
}
