// Items that somebody reported wait here until they are judged again; whoever does that holds their rows while it is written.
import { sql } from "kysely";
import { z } from "zod";
import { type ItemId, itemId } from "../../../core/ids.ts";
import type { JudgedReported } from "../../../core/ports/sweep-store.ts";
import type { Connection } from "../connection/database.ts";

/** Once for each item, however many report it. */
export async function askToJudgeAgain(tx: Connection, items: readonly ItemId[], at: Date): Promise<void> {
	const ids = [...new Set(items)].toSorted();
	if (ids.length === 0) return;
	await tx.rows(
		sql`INSERT INTO reported_items (item_id, asked_at) SELECT id, ${at} FROM unnest(${ids}::uuid[]) AS id
			ON CONFLICT (item_id) DO UPDATE SET asked_at = EXCLUDED.asked_at`,
	);
}

const isDue = sql`(judged_at IS NULL OR judged_at < asked_at)`;

/** Ids of those that are due. Items without a verdict wait for their first one. */
export const dueItems = (limit: number) =>
	sql`SELECT item_id FROM reported_items WHERE ${isDue} AND EXISTS (SELECT FROM verdicts WHERE verdicts.item_id = reported_items.item_id)
		ORDER BY asked_at, item_id LIMIT ${limit}`;

/** Those that nobody has judged meanwhile, from now on noted as judged, and how far detectors could be asked. */
export async function takeDue(tx: Connection, judged: readonly JudgedReported[]): Promise<ReadonlySet<ItemId>> {
	const items = judged.map(({ item, examined }) => ({ id: item.id, examined }));
	const rows = await tx.rows(
		sql`WITH due AS (
				SELECT item_id, r.examined FROM reported_items JOIN jsonb_to_recordset(${JSON.stringify(items)}::jsonb) AS r (id uuid, examined text) ON r.id = item_id
				WHERE ${isDue} ORDER BY item_id FOR UPDATE OF reported_items
			)
			UPDATE reported_items SET judged_at = clock_timestamp(), examined = due.examined FROM due
			WHERE reported_items.item_id = due.item_id RETURNING due.item_id AS id`,
		z.object({ id: itemId }),
	);
	return new Set(rows.map(({ id }) => id));
}
