// Tells clocks that platforms have acknowledged the removal of all that they are about.
import { sql } from "kysely";
import { z } from "zod";
import { machine } from "../../../core/acts/doer.ts";
import { type ClockId, clockId, type ItemId } from "../../../core/ids.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { lockClock } from "./clock-rows.ts";
import { tellClock } from "./tell-clock.ts";

/** How the ids of events begin that an order made. */
export const orderEventPrefix = "order:";

/** The clocks that run on these items, or might end by them. */
export async function clocksOn(tx: Connection, items: readonly ItemId[]): Promise<readonly ClockId[]> {
	if (items.length === 0) return [];
	const rows = await tx.rows(
		sql`SELECT DISTINCT clocks.id FROM clock_targets JOIN clocks ON clocks.id = clock_id
			WHERE item_id = ANY (${[...items]}::uuid[]) AND ended_at IS NULL AND profile -> 'doneBy' ? 'order-acknowledged' ORDER BY clocks.id`,
		z.object({ id: clockId }),
	);
	return rows.map(({ id }) => id);
}

/**
 * The newest order of an item counts, and only removal: what is withheld may come back. What the platform itself deleted needs no order; where
 * nothing was removed by order nobody acknowledged anything.
 */
export async function tellRemoved(tx: Connection, clocks: readonly ClockId[], at: Date): Promise<void> {
	for (const id of clocks) {
		// First the lock, and then another statement: two orders that end at once each see the other's end.
		if (!(await lockClock(tx, id))) continue;
		const [removed] = await tx.rows(
			sql`SELECT max(delivered_at) AS at, (array_agg(orders.id::text ORDER BY delivered_at DESC NULLS LAST))[1] AS "orderId"
				FROM clock_targets LEFT JOIN items ON items.id = item_id
					LEFT JOIN orders ON orders.item_id = items.id AND orders.version = items.version AND orders.action = 'remove' AND orders.state = 'delivered'
				WHERE clock_id = ${id}
				HAVING COALESCE(bool_and(items.state = 'gone' OR orders.id IS NOT NULL), false) AND bool_and(items.id IS NOT NULL)`,
			z.object({ at: column.time.nullable(), orderId: column.text.nullable() }),
		);
		if (removed === undefined || removed.at === null || removed.orderId === null) continue;
		const event = { id: `${orderEventPrefix}${removed.orderId}`, kind: "order-acknowledged", at: removed.at } as const;
		await tellClock(tx, id, event, { doer: machine, reason: null, at });
	}
}
