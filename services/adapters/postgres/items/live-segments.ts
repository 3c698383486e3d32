// Which items are segments of live streams.
import { sql } from "kysely";
import { keyOfStream } from "../../../core/cases/cluster-key.ts";
import type { UnexaminedItem } from "../../../core/ports/verdict-store.ts";
import type { Connection } from "../connection/database.ts";

/** Most items are none: then nothing is asked. */
export async function writeSegments(connection: Connection, items: readonly UnexaminedItem[]): Promise<void> {
	const rows = items.flatMap(({ id, platformId, authorId, live = null }) =>
		live === null
			? []
			: [{ id, caseKey: keyOfStream(platformId, authorId, live), stream: live.streamId, sequence: live.sequence }],
	);
	if (rows.length === 0) return;
	await connection.rows(
		sql`INSERT INTO live_segments (item_id, case_key, stream, sequence)
			SELECT id, "caseKey", stream, sequence FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, "caseKey" text, stream text, sequence bigint)
			ON CONFLICT DO NOTHING`,
	);
}

/** A column beside those of `items`: null where the item is no segment. */
export const liveOfItem = sql`(SELECT jsonb_build_object('streamId', stream, 'sequence', sequence) FROM live_segments WHERE item_id = items.id)`;
