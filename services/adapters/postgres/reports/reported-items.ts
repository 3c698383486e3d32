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
			ON CONFLICT (item_id) DO UPDATE SET asked_at = EXCLUDED.asked_at, taken_until = NULL`,
	);
}

const isDue = sql`(judged_at IS NULL OR judged_at < asked_at)`;

/** Those that are due and that nobody looks at: the caller's for so long. Items without a verdict wait for their first one. */
export async function takeToLook(on: Connection, limit: number, forMs: number): Promise<readonly ItemId[]> {
	const rows = await on.rows(
		sql`UPDATE reported_items SET taken_until = clock_timestamp() + make_interval(secs => ${forMs / 1_000}) WHERE item_id IN (
				SELECT item_id FROM reported_items
				WHERE ${isDue} AND (taken_until IS NULL OR taken_until < clock_timestamp())
					AND EXISTS (SELECT FROM verdicts WHERE verdicts.item_id = reported_items.item_id)
				ORDER BY asked_at, item_id LIMIT ${limit} FOR UPDATE SKIP LOCKED
			) RETURNING item_id AS id`,
		z.object({ id: itemId }),
	);
	return rows.map(({ id }) => id);
}

/** Whoever had them looks no longer: those that are due are free at once. */
export async function letGo(on: Connection, items: readonly ItemId[]): Promise<void> {
	await on.rows(
		sql`UPDATE reported_items SET taken_until = NULL WHERE item_id = ANY (${[...items]}::uuid[]) AND ${isDue}`,
	);
}

/** Those that nobody has judged meanwhile, from now on noted as judged, and how far detectors could be asked. */
export async function takeDue(tx: Connection, judged: readonly JudgedReported[]): Promise<ReadonlySet<ItemId>> {
	const items = judged.map(({ item, examined }) => ({ id: item.id, examined }));
	const rows = await tx.rows(
		sql`WITH due AS (
				SELECT item_id, r.examined FROM reported_items JOIN jsonb_to_recordset(${JSON.stringify(items)}::jsonb) AS r (id uuid, examined text) ON r.id = item_id
				WHERE ${isDue} ORDER BY item_id FOR UPDATE OF reported_items
			)
			UPDATE reported_items SET judged_at = clock_timestamp(), taken_until = NULL, examined = due.examined FROM due
			WHERE reported_items.item_id = due.item_id RETURNING due.item_id AS id`,
		z.object({ id: itemId }),
	);
	return new Set(rows.map(({ id }) => id));
}
