// All banks as matchers hold them. The server puts entries of which the same is said together, so that a million of them arrive as
// bytes and not as a million rows.
import { sql } from "kysely";
import { z } from "zod";
import { type BankContents, type NamedFrames, rowBytes } from "../../../core/banks/bank-contents.ts";
import { hashType, isOfFrames } from "../../../core/hashes/hash-type.ts";
import { bankId, type EntryId, entryId } from "../../../core/ids.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { bankRow, storedOpinions, toMatcherOpinions, toSettings } from "./bank-rows.ts";
import { framesNamed } from "./video-frames.ts";

const alikeRow = z.object({
	bank_id: bankId,
	hash_type: hashType,
	quality: column.whole.nullable(),
	is_quarantined: column.flag,
	opinions: storedOpinions,
	/** The id of each entry and its hash, filled up with zeros. */
	entries: column.bytes,
	last: entryId,
});
type AlikeRow = z.infer<typeof alikeRow>;

const entriesPerPage = 20_000;
const idBytes = 16;
const idAndHashBytes = idBytes + 32;

/** In one snapshot of the database, so that the sequence fits. */
export async function loadBanks(
	database: Database,
	onPortion: (contents: BankContents) => Promise<void>,
): Promise<{ readonly sequence: number }> {
	return database.transaction(async (tx) => {
		await tx.rows(sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`);
		const [newest] = await tx.rows(
			sql`SELECT max(sequence) AS sequence FROM bank_changes`,
			z.object({ sequence: column.count.nullable() }),
		);
		const banks = await tx.rows(sql`SELECT * FROM banks`, bankRow);
		await onPortion({ banks: banks.map(toSettings), details: [], rows: new Uint8Array(0) });
		for (let after: EntryId | null = null; ; ) {
			const alike: readonly AlikeRow[] = await readPage(tx, after);
			const contents = { ...toContents(alike), frames: await framesOf(tx, alike) };
			if (alike.length > 0) await onPortion(contents);
			after = alike[0]?.last ?? null;
			if (contents.rows.length < entriesPerPage * rowBytes) return { sequence: newest?.sequence ?? 0 };
		}
	});
}

function readPage(tx: Connection, after: EntryId | null): Promise<readonly AlikeRow[]> {
	return tx.rows(
		sql`WITH page AS MATERIALIZED (
				SELECT id, bank_id, hash_type, hash, quality, quarantined_at IS NOT NULL AS is_quarantined,
					(SELECT COALESCE(jsonb_object_agg(source, said - 'externalId' - 'note'), '{}') FROM jsonb_each(opinions) AS each (source, said)) AS opinions
				FROM bank_entries WHERE bank_id IN (SELECT id FROM banks) AND (${after}::uuid IS NULL OR id > ${after}::uuid) ORDER BY id LIMIT ${entriesPerPage}
			)
			SELECT bank_id, hash_type, quality, is_quarantined, opinions,
				string_agg(uuid_send(id) || substring(hash || decode(repeat('00', 32), 'hex') FROM 1 FOR 32), ''::bytea) AS entries,
				(SELECT id FROM page ORDER BY id DESC LIMIT 1) AS last
			FROM page GROUP BY bank_id, hash_type, quality, is_quarantined, opinions`,
		alikeRow,
	);
}

function framesOf(tx: Connection, alike: readonly AlikeRow[]): Promise<readonly NamedFrames[]> {
	const named = alike.filter(({ hash_type }) => isOfFrames(hash_type)).map(({ entries }) => entries);
	const hashes = named.flatMap((entries) =>
		Array.from({ length: entries.length / idAndHashBytes }, (_, at) =>
			entries.subarray(at * idAndHashBytes + idBytes, (at + 1) * idAndHashBytes),
		),
	);
	return framesNamed(tx, hashes);
}

function toContents(alike: readonly AlikeRow[]): BankContents {
	const details = alike.map(({ bank_id, hash_type, quality, opinions, is_quarantined }) => ({
		bankId: bank_id,
		hashType: hash_type,
		quality,
		opinions: toMatcherOpinions(opinions),
		isQuarantined: is_quarantined,
	}));
	const count = alike.reduce((sum, { entries }) => sum + entries.length / idAndHashBytes, 0);
	const rows = Buffer.alloc(count * rowBytes);
	let to = 0;
	for (const [detail, { entries }] of alike.entries()) {
		for (let from = 0; from < entries.length; from += idAndHashBytes) {
			entries.copy(rows, to, from, from + idAndHashBytes);
			rows.writeUInt32LE(detail, to + idAndHashBytes);
			to += rowBytes;
		}
	}
	return { banks: [], details, rows };
}
