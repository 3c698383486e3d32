// Orders that were given before their item's case was there: items withheld on their bytes alone. Orders are locked before cases, as where
// attempts are settled, so that the two never wait for each other in a circle.
import { sql } from "kysely";
import type { z } from "zod";
import { type CaseId, type ItemId, itemId } from "../../../core/ids.ts";
import { orderAction } from "../../../core/orders/order.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { settledRow } from "./settle-attempts.ts";

const givenRow = settledRow.omit({ case_id: true }).extend({
	...{ itemId, action: orderAction, version: column.whole, issuedAt: column.time },
	/** The platform deleted the item meanwhile. */
	isGone: column.flag,
});
export type GivenOrder = z.infer<typeof givenRow>;

export async function lockGivenOrders(
	tx: Connection,
	items: readonly ItemId[],
): Promise<ReadonlyMap<ItemId, GivenOrder>> {
	if (items.length === 0) return new Map();
	const orders = await tx.rows(
		sql`SELECT orders.id, item_id AS "itemId", action, orders.version, issued_at AS "issuedAt", orders.state, attempts, last_reason AS reason,
				last_attempt_at AS at, items.state = 'gone' AS "isGone"
			FROM orders JOIN items ON items.id = item_id
			WHERE item_id = ANY (${[...items]}::uuid[]) AND case_id IS NULL ORDER BY orders.id FOR UPDATE OF orders FOR SHARE OF items`,
		givenRow,
	);
	return new Map(orders.map((order) => [order.itemId, order]));
}

export async function linkOrders(
	tx: Connection,
	items: readonly ItemId[],
	cases: ReadonlyMap<ItemId, { readonly caseId: CaseId }>,
): Promise<void> {
	if (items.length === 0) return;
	const rows = items.map((id) => ({ id, caseId: cases.get(id)?.caseId }));
	await tx.rows(
		sql`UPDATE orders SET case_id = r."caseId" FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, "caseId" uuid)
			WHERE item_id = r.id AND case_id IS NULL`,
	);
}
