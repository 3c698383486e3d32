// Hashes of the past, in the order of their items: those that have rows of their own, and those that are packed many in a row.
import { type Sql, sql } from "kysely";
import { z } from "zod";
import { type HashType, hashType, isNear } from "../../../core/hashes/hash-type.ts";
import { firstIdAt } from "../../../core/ids.ts";
import { standsForText } from "../../../core/items/item-hashes.ts";
import type { FoundPacked, HashPage, Sweep, SweepStore } from "../../../core/ports/sweep-store.ts";
import { startOf } from "../../../core/sweeps/sweep.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

type Place = Pick<Sweep, "cursor" | "pass" | "through">;

interface Asked {
	readonly types: readonly HashType[];
	readonly limit: number;
}

/** Packs of few items each, as where little is posted, cost a row each. */
const mostPacks = 1_000;

/** Packs and rows advance under one cursor: whichever is cut short says where the step ends. */
export async function nextHashes(
	connection: Connection,
	place: Place,
	{ types, limit }: Asked,
): ReturnType<SweepStore["nextHashes"]> {
	const packed = types.filter(standsForText);
	const packs = await lastPack(connection, place, { types: packed, limit });
	const rows = await nextRows(connection, place, { types: types.filter(isNear), limit, until: packs.cutAt });
	const until = rows.cutAt ?? packs.cutAt;
	const ends = [rows.last, packs.last].flatMap((id) => (id === null || (until !== null && id > until) ? [] : id));
	const cursor = until ?? ends.toSorted().at(-1) ?? place.cursor;
	return { cursor, pages: [...rows.pages, ...(await readPacks(connection, { place, types: packed, until: cursor }))] };
}

interface Next {
	/** The last item; null where there are none. */
	readonly last: string | null;
	/** The same where there are more behind it; null where that is all. */
	readonly cutAt: string | null;
}

/** All types of a pack, or none. */
async function lastPack(connection: Connection, place: Place, { types, limit }: Asked): Promise<Next> {
	if (types.length === 0) return { last: null, cutAt: null };
	const [found] = await connection.rows(
		sql`WITH ahead AS (
				SELECT through, length(item_ids) / 16 AS items FROM packed_hashes
				WHERE ${isAhead(place, sql`through`)} AND type = ANY (${[...types]}::text[]) ORDER BY through FETCH FIRST ${mostPacks} ROWS WITH TIES
			), counted AS (
				SELECT through, sum(items) OVER (ORDER BY through) - sum(items) OVER (PARTITION BY through) AS before FROM ahead
			)
			SELECT through AS last, (SELECT count(*) FROM ahead) >= ${mostPacks} OR EXISTS (SELECT FROM counted WHERE before >= ${limit}) AS "isCut"
			FROM counted WHERE before < ${limit} ORDER BY through DESC LIMIT 1`,
		z.object({ last: column.text, isCut: column.flag }),
	);
	return { last: found?.last ?? null, cutAt: found?.isCut === true ? found.last : null };
}

const packRow = z.object({
	...{ type: hashType, hashes: column.bytes, itemIds: column.bytes, through: column.text },
});

function readPacks(
	connection: Connection,
	{ place, types, until }: { readonly place: Place; readonly types: readonly HashType[]; readonly until: string },
): Promise<readonly HashPage[]> {
	if (types.length === 0 || until === place.cursor) return Promise.resolve([]);
	return connection.rows(
		sql`SELECT type, hashes, item_ids AS "itemIds", through FROM packed_hashes
			WHERE ${isAhead(place, sql`through`)} AND through <= ${until} AND type = ANY (${[...types]}::text[]) ORDER BY through, type`,
		packRow,
	);
}

const rowsRow = z.object({
	...{ type: hashType, hashes: column.bytes, itemIds: column.bytes },
	...{ all: column.count, last: column.text },
});

/** `until`: an item behind which none is taken; null where any may be. */
async function nextRows(
	connection: Connection,
	place: Place,
	{ types, limit, until }: Asked & { readonly until: string | null },
): Promise<Next & { readonly pages: readonly HashPage[] }> {
	if (types.length === 0) return { pages: [], cutAt: null, last: null };
	const isWithin = until === null ? sql`true` : sql`item_id <= ${until}`;
	const rows = await connection.rows(
		sql`WITH page AS (
				SELECT item_id, type, hash FROM item_hashes WHERE ${isAhead(place)} AND ${isWithin} AND type = ANY (${[...types]}::text[])
				ORDER BY item_id FETCH FIRST ${limit} ROWS WITH TIES
			)
			SELECT type, string_agg(hash, ''::bytea ORDER BY item_id) AS hashes, string_agg(uuid_send(item_id), ''::bytea ORDER BY item_id) AS "itemIds",
				(SELECT count(*) FROM page) AS all, (SELECT item_id FROM page ORDER BY item_id DESC LIMIT 1) AS last
			FROM page GROUP BY type`,
		rowsRow,
	);
	const [first] = rows;
	const last = first?.last ?? null;
	const isCut = first !== undefined && first.all >= limit;
	return { pages: rows.map((row) => ({ ...row, through: null })), cutAt: isCut ? last : null, last };
}

/** Whether there are any in this pass, of whatever type. */
export async function hasHashes(
	connection: Connection,
	sweep: Pick<Sweep, "pass" | "tailFrom" | "through">,
): Promise<boolean> {
	const place = { ...sweep, cursor: startOf(sweep) };
	const [row] = await connection.rows(
		sql`SELECT EXISTS (SELECT FROM item_hashes WHERE ${isAhead(place)})
			OR EXISTS (SELECT FROM packed_hashes WHERE ${isAhead(place, sql`through`)}) AS "isThere"`,
		z.object({ isThere: column.flag }),
	);
	return row?.isThere ?? false;
}

/** Longer than items wait for others to be recorded together. */
const togetherMs = 60_000;

/** The same of items that somebody names, where they have none yet. */
export async function unpackNamed(connection: Connection, ids: ReturnType<Sql>): Promise<void> {
	const named = await connection.rows(
		sql`SELECT item_id AS id FROM (${ids}) AS named WHERE NOT EXISTS (SELECT FROM item_hashes WHERE item_hashes.item_id = named.item_id)`,
		z.object({ id: column.text }),
	);
	if (named.length === 0) return;
	const bounds = named.map(({ id }) => ({ id, until: firstIdAt(timeOf(id) + togetherMs) }));
	const found = await connection.rows(
		sql`SELECT DISTINCT named.id AS "itemId", through FROM jsonb_to_recordset(${JSON.stringify(bounds)}::jsonb) AS named (id uuid, until uuid)
				JOIN packed_hashes ON through >= named.id AND through < named.until AND position(uuid_send(named.id) IN item_ids) > 0`,
		z.object({ itemId: column.text, through: column.text }),
	);
	await unpack(connection, found, new Date());
}

/** When an id was made, milliseconds of Unix time. */
function timeOf(id: string): number {
	return Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
}

/** All hashes of the items that were found get rows: they are judged by them. */
export async function unpack(connection: Connection, found: readonly FoundPacked[], at: Date): Promise<void> {
	if (found.length === 0) return;
	await connection.rows(
		sql`INSERT INTO item_hashes (item_id, type, hash, quality, at_ms)
			SELECT "itemId", type, substr(hashes, place * bytes + 1, bytes), NULL, ${at.getTime()}::bigint
			FROM jsonb_to_recordset(${JSON.stringify(found)}::jsonb) AS found ("itemId" uuid, through uuid) JOIN packed_hashes USING (through)
				CROSS JOIN LATERAL (SELECT length(item_ids) / 16 AS count, length(hashes) / (length(item_ids) / 16) AS bytes) AS sizes
				CROSS JOIN LATERAL generate_series(0, count - 1) AS place
			WHERE substr(item_ids, place * 16 + 1, 16) = uuid_send("itemId")
			ON CONFLICT DO NOTHING`,
	);
}

export async function forgetPacked(connection: Connection, before: Date, limit: number): Promise<number> {
	const gone = await connection.rows(
		sql`DELETE FROM packed_hashes WHERE (through, type) IN (
				SELECT through, type FROM packed_hashes WHERE through < ${firstIdAt(before.getTime())}::uuid ORDER BY through LIMIT ${limit} FOR UPDATE SKIP LOCKED)
			RETURNING 1`,
	);
	return gone.length;
}

/** This pass of the sweep has still to come to the item. */
function isAhead({ cursor, pass, through }: Place, id: ReturnType<Sql> = sql`item_id`) {
	return pass === 1 ? sql`${id} > ${cursor}` : sql`${id} > ${cursor} AND ${id} <= ${through}`;
}
