// Items that are to be judged again, with all that judging them again takes.

import { type Sql, sql } from "kysely";
import { z } from "zod";
import { clusteredTypes } from "../../../core/clusters/cluster-type.ts";
import { fromHex } from "../../../core/hashes/hash-hex.ts";
import { hashType } from "../../../core/hashes/hash-type.ts";
import { clusterId, itemId, platformId } from "../../../core/ids.ts";
import { itemKind, itemState } from "../../../core/items/item.ts";
import { tier } from "../../../core/policy/verdict.ts";
import type { SignalCatalogue } from "../../../core/signals/catalogue.ts";
import type { PastItem } from "../../../core/sweeps/judge-again.ts";
import { country } from "../../../core/wire/country.ts";
import { liveSegment, surface } from "../../../core/wire/item-event.ts";
import { isUndecided } from "../cases/undecided.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { liveOfItem } from "../items/live-segments.ts";

const pastRow = z.object({
	id: itemId,
	kind: itemKind,
	platformId,
	surface,
	authorId: column.text,
	live: liveSegment.nullable(),
	country: country.nullable(),
	state: itemState,
	version: column.whole,
	tier,
	signals: z.array(z.unknown()),
	hashes: z.array(z.object({ type: hashType, hash: z.string(), quality: z.int().nullable() })),
	cluster: z.object({ clusterId, distanceBits: z.int(), type: z.enum(clusteredTypes) }).nullable(),
	links: column.texts,
	openCluster: column.text.nullable(),
	isDecided: column.flag,
});

/** `ids`: a query of their `item_id`. Items whose examination is still owed have no verdict, and are left out. */
export async function pastItems(
	connection: Connection,
	ids: ReturnType<Sql>,
	catalogue: SignalCatalogue,
): Promise<readonly PastItem[]> {
	const rows = await connection.rows(
		sql`SELECT items.id, items.kind, platform_id AS "platformId", surface, author_id AS "authorId", ${liveOfItem} AS live, country, state, version, verdicts.tier, verdicts.signals,
				COALESCE((SELECT jsonb_agg(jsonb_build_object('type', type, 'hash', encode(hash, 'hex'), 'quality', quality)) FROM item_hashes WHERE item_id = items.id), '[]') AS hashes,
				(SELECT jsonb_build_object('clusterId', cluster_id, 'distanceBits', distance_bits, 'type', clusters.type)
					FROM cluster_members JOIN clusters ON clusters.id = cluster_id WHERE item_id = items.id AND degree = 'confirmed') AS cluster,
				COALESCE(links, '{}') AS links,
				(SELECT min(cluster_key) FROM case_items JOIN cases ON cases.id = case_id WHERE item_id = items.id AND ${isUndecided}) AS "openCluster",
				EXISTS (SELECT FROM case_items JOIN cases ON cases.id = case_id WHERE item_id = items.id AND cases.state = 'decided') AS "isDecided"
			FROM (${ids}) AS found
				JOIN items ON items.id = found.item_id JOIN verdicts ON verdicts.item_id = items.id ORDER BY items.id`,
		pastRow,
	);
	return rows.map(({ signals, hashes, ...row }) => ({
		...row,
		signals: signals.map((stored) => catalogue.fromStored(stored)),
		hashes: hashes.map((one) => ({ ...one, hash: fromHex(one.hash, one.hash.length / 2) })),
	}));
}
