// Adds entries to a bank, or opinions to entries that it has.
import { sql } from "kysely";
import { type BankId, type EntryId, entryId, uuidv7 } from "../../core/ids.ts";
import type { NewEntry } from "../../core/ports/bank-store.ts";
import { type EntryRow, entriesQuery, toEntry, writeChanges } from "./bank-rows.ts";
import type { Database, Executor } from "./database.ts";

export async function writeEntries(
	database: Database,
	tx: Executor,
	bankId: BankId,
	entries: readonly NewEntry[],
	by: string,
): Promise<{ readonly added: number; readonly changed: number; readonly same: number }> {
	const rows = entries.map((entry) => ({
		id: entryId.parse(uuidv7(Date.now())),
		type: entry.hashType,
		hash: Buffer.from(entry.hash).toString("hex"),
		quality: entry.quality,
		source: entry.opinion.source,
		opinion: entry.opinion.kind,
		externalId: entry.externalId,
		note: entry.note,
	}));
	const input = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
		AS r (id uuid, type text, hash text, quality smallint, source text, opinion text, "externalId" text, note text)`;
	const added = await database.rows<{ id: EntryId }>(
		sql`INSERT INTO bank_entries (id, bank_id, hash_type, hash, quality, added_by)
			SELECT DISTINCT ON (type, hash) id, ${bankId}::uuid, type, decode(hash, 'hex'), quality, ${by} FROM ${input} ORDER BY type, hash, id
			ON CONFLICT (bank_id, hash_type, hash) DO NOTHING RETURNING id`,
		tx,
	);
	const changed = await database.rows<{ entry_id: EntryId }>(
		sql`INSERT INTO bank_opinions (entry_id, source, kind, external_id, note)
			SELECT DISTINCT ON (bank_entries.id, source) bank_entries.id, source, opinion, "externalId", note
			FROM ${input} JOIN bank_entries ON bank_id = ${bankId} AND hash_type = r.type AND bank_entries.hash = decode(r.hash, 'hex')
			ORDER BY bank_entries.id, source, r.id DESC
			ON CONFLICT (entry_id, source) DO UPDATE SET kind = excluded.kind, external_id = excluded.external_id, note = excluded.note, at = now()
				WHERE (bank_opinions.kind, bank_opinions.external_id, bank_opinions.note)
					IS DISTINCT FROM (excluded.kind, excluded.external_id, excluded.note)
			RETURNING entry_id`,
		tx,
	);
	const touched = [...new Set(changed.map(({ entry_id }) => entry_id))];
	const after = await database.rows<EntryRow>(entriesQuery(sql`id = ANY (${touched}::uuid[])`, touched.length), tx);
	const changes = after.map(toEntry).map(({ id, hashType, hash, quality, opinions }) => ({
		kind: "entry" as const,
		bankId,
		entryId: id,
		data: { hashType, hash: Buffer.from(hash).toString("hex"), quality, opinions },
	}));
	await writeChanges(database, tx, by, changes);
	if (touched.length > 0) await database.rows(sql`UPDATE banks SET updated_at = now() WHERE id = ${bankId}`, tx);
	const changedOnly = touched.length - added.length;
	return { added: added.length, changed: changedOnly, same: entries.length - touched.length };
}
