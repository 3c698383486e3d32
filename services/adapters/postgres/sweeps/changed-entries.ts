// The entries that a sweep is about: those that changed by themselves, and all of a bank whose settings did.
import { sql } from "kysely";
import { z } from "zod";
import { hashType } from "../../../core/hashes/hash-type.ts";
import { type EntryId, entryId } from "../../../core/ids.ts";
import type { Sweep, SweepStore } from "../../../core/ports/sweep-store.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

const blockRow = z.object({
	type: hashType.nullable(),
	hashes: column.bytes.nullable(),
	count: column.count,
	last: column.text,
});

/** Whoever reads them in blocks reads each of them once, and no row of it is parsed by itself. */
export async function nextEntries(
	connection: Connection,
	{ entriesAfter, ...sweep }: Pick<Sweep, "fromSequence" | "toSequence" | "entriesAfter">,
	limit: number,
): ReturnType<SweepStore["nextEntries"]> {
	const rows = await connection.rows(
		sql`WITH changed AS MATERIALIZED (${changesOf(sweep)}), page AS (
				SELECT id FROM (
					SELECT entry_id AS id FROM changed WHERE kind = 'entry' AND entry_id > ${entriesAfter}
					UNION SELECT entry.id FROM (SELECT DISTINCT bank_id FROM changed WHERE kind = 'bank') AS bank
						CROSS JOIN LATERAL (SELECT id FROM bank_entries WHERE bank_id = bank.bank_id AND id > ${entriesAfter} ORDER BY id LIMIT ${limit}) AS entry
				) AS next ORDER BY id LIMIT ${limit}
			), answering AS (
				SELECT entry.id, hash_type, hash FROM page JOIN bank_entries AS entry USING (id) JOIN banks ON banks.id = bank_id
				WHERE banks.kind = 'known' AND banks.enabled AND NOT banks.shadow
			)
			SELECT hash_type AS type, string_agg(hash, ''::bytea) AS hashes, count(hash) AS count, (SELECT id FROM page ORDER BY id DESC LIMIT 1) AS last
			FROM page LEFT JOIN answering USING (id) GROUP BY hash_type`,
		blockRow,
	);
	const blocks = rows.flatMap(({ type, hashes, count }) =>
		type === null || hashes === null ? [] : [{ type, hashes, count }],
	);
	return { last: rows[0]?.last ?? entriesAfter, blocks };
}

export function entriesByType(
	connection: Connection,
	sweep: Pick<Sweep, "fromSequence" | "toSequence">,
): ReturnType<SweepStore["entriesByType"]> {
	return connection.rows(
		sql`WITH changed AS MATERIALIZED (${changesOf(sweep)})
			SELECT hash_type AS type, count(*) AS entries FROM bank_entries AS entry JOIN banks ON banks.id = bank_id
			WHERE banks.kind = 'known' AND banks.enabled AND NOT banks.shadow AND (entry.id IN (SELECT entry_id FROM changed WHERE kind = 'entry')
				OR bank_id IN (SELECT bank_id FROM changed WHERE kind = 'bank'))
			GROUP BY hash_type ORDER BY hash_type`,
		z.object({ type: hashType, entries: column.count }),
	);
}

export async function changedAmong(
	connection: Connection,
	sweep: Pick<Sweep, "fromSequence" | "toSequence">,
	ids: readonly EntryId[],
): Promise<ReadonlySet<EntryId>> {
	if (ids.length === 0) return new Set();
	const rows = await connection.rows(
		sql`WITH changed AS MATERIALIZED (${changesOf(sweep)})
			SELECT id FROM bank_entries WHERE id = ANY (${[...ids]}::uuid[])
				AND (id IN (SELECT entry_id FROM changed WHERE kind = 'entry') OR bank_id IN (SELECT bank_id FROM changed WHERE kind = 'bank'))`,
		z.object({ id: entryId }),
	);
	return new Set(rows.map(({ id }) => id));
}

function changesOf({ fromSequence, toSequence }: Pick<Sweep, "fromSequence" | "toSequence">) {
	return sql`SELECT kind, bank_id, entry_id FROM bank_changes WHERE sequence > ${fromSequence} AND sequence <= ${toSequence}`;
}
