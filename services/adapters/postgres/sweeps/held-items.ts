// Items that somebody reported, with where what they show or say is held: their own evidence, or the bytes of a copy of which it is kept.
import { type Sql, sql } from "kysely";
import { z } from "zod";
import { itemId } from "../../../core/ids.ts";
import type { HeldItem } from "../../../core/ports/sweep-store.ts";
import type { SignalCatalogue } from "../../../core/signals/catalogue.ts";
import { evidenceKey } from "../../../core/wire/media-key.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { pastItems } from "./past-items.ts";

const heldRow = z.object({
	...{ id: itemId, source: column.text, eventId: column.text, subject: column.text, authorId: column.text },
	...{ eventTime: column.time.nullable(), receivedAt: column.time },
	...{ text: column.text.nullable(), mediaKey: column.text.nullable() },
});

/** `ids`: a query of their `item_id`. */
export async function heldItems(
	connection: Connection,
	ids: ReturnType<Sql>,
	catalogue: SignalCatalogue,
): Promise<readonly HeldItem[]> {
	const items = await pastItems(connection, ids, catalogue);
	const rows = await connection.rows(
		sql`SELECT items.id, source, event_id AS "eventId", subject, author_id AS "authorId", event_time AS "eventTime", received_at AS "receivedAt",
				text, media_key AS "mediaKey"
			FROM items LEFT JOIN item_evidence ON item_evidence.item_id = items.id WHERE items.id = ANY (${items.map(({ id }) => id)}::uuid[])`,
		heldRow,
	);
	const held = new Map(rows.map((row) => [row.id, row]));
	return items.flatMap((item) => {
		const row = held.get(item.id);
		if (row === undefined) return [];
		const same = new Map(item.hashes.map(({ type, hash }) => [type, hash])).get("sha256");
		return [{ ...item, ...row, mediaKey: row.mediaKey ?? (same === undefined ? null : evidenceKey(same)) }];
	});
}
