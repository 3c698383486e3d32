// Writes to the local bank what people removed, and takes it back with their decision, in its transaction.
import { sql } from "kysely";
import { z } from "zod";
import { named } from "../../../core/acts/doer.ts";
import { type BankSettings, opinionKind, ownSource } from "../../../core/banks/bank.ts";
import { entriesOfRemoved, ownBank, ownHashTypes } from "../../../core/banks/own-bank.ts";
import { hashType } from "../../../core/hashes/hash-type.ts";
import { type CaseId, caseId, entryId, type ItemId, uuidv7 } from "../../../core/ids.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { tellBankAct, tellSettings } from "./bank-acts.ts";
import { lockSequence, writeEntryChanges } from "./bank-changes.ts";
import { findBank, parseSettings, putBank } from "./bank-settings.ts";
import { writeEntries } from "./write-entries.ts";

const hashRow = z.object({ type: hashType, hash: column.bytes, quality: column.whole.nullable() });

/** The items' orders are given already. Where a bank of that name holds something else, nothing is written. */
export async function addRemoved(
	tx: Connection,
	removed: { readonly caseId: CaseId; readonly category: string | null; readonly items: readonly ItemId[] },
	by: string,
): Promise<void> {
	const hashes = await tx.rows(
		sql`SELECT type, hash, max(quality) AS quality FROM item_hashes
			WHERE item_id = ANY (${[...removed.items]}::uuid[]) AND type = ANY (${[...ownHashTypes]}::text[]) GROUP BY type, hash`,
		hashRow,
	);
	const entries = entriesOfRemoved(hashes, removed);
	if (entries.length === 0) return;
	await lockSequence(tx);
	const bank = await findBank(tx, sql`name = ${ownSource}`);
	if (bank !== null && bank.kind !== "known") return;
	const { id, name } = bank ?? (await createOwnBank(tx, by));
	const { added, changed } = await writeEntries(tx, id, entries, by);
	if (added + changed > 0)
		await tellBankAct(tx, {
			what: "entries-added",
			on: id,
			by: named(by),
			details: { name, added, changed, removed: 0 },
		});
}

async function createOwnBank(tx: Connection, by: string): Promise<BankSettings> {
	const bank = parseSettings({ ...ownBank, id: uuidv7(Date.now()) });
	return tellSettings(tx, null, await putBank(tx, bank, by), by);
}

const spokenRow = z.object({ id: entryId, standsBy: caseId.nullable() });

/**
 * A word that another case stands by, whose decision removed the same, becomes that case's. All others are withdrawn: an entry of which
 * nobody says anything any more matches nothing.
 */
export async function withdrawRemoved(tx: Connection, id: CaseId, by: string): Promise<void> {
	const spoken = await tx.rows(
		sql`SELECT entry.id, (SELECT cases.id FROM item_hashes AS held JOIN items ON items.id = held.item_id AND items.state = 'removed'
					JOIN case_items ON case_items.item_id = held.item_id JOIN cases ON cases.id = case_id
				WHERE held.type = entry.hash_type AND held.hash = entry.hash AND cases.id <> ${id} AND cases.state = 'decided' AND cases.decision = 'remove'
				ORDER BY cases.id LIMIT 1) AS "standsBy"
			FROM bank_entries AS entry JOIN banks ON banks.id = bank_id
			WHERE banks.name = ${ownSource} AND opinions -> ${ownSource}::text ->> 'externalId' = ${id} AND opinions -> ${ownSource}::text ->> 'kind' = 'positive'
				AND (hash_type, hash) IN (SELECT type, hash FROM item_hashes JOIN case_items USING (item_id) WHERE case_id = ${id})`,
		spokenRow,
	);
	if (spoken.length === 0) return;
	await lockSequence(tx);
	const said = spoken.map(({ id, standsBy }) => ({
		id,
		word: standsBy === null ? { kind: opinionKind.enum.withdrawn } : { externalId: standsBy },
	}));
	await tx.rows(
		sql`UPDATE bank_entries SET opinions = jsonb_set(opinions, ARRAY[${ownSource}::text], (opinions -> ${ownSource}::text) || r.word), updated_at = now()
			FROM jsonb_to_recordset(${JSON.stringify(said)}::jsonb) AS r (id uuid, word jsonb) WHERE bank_entries.id = r.id`,
	);
	await writeEntryChanges(
		tx,
		by,
		spoken.map(({ id }) => id),
	);
}
