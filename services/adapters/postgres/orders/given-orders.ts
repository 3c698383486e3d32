// Orders that were given before their item's case was there: items withheld on their bytes alone. Orders are locked before cases, as where
// attempts are settled, so that the two never wait for each other in a circle.
import { sql } from "kysely";
import type { CaseId, ItemId } from "../../../core/ids.ts";
import type { Connection } from "../connection/database.ts";
import type { SettledRow } from "./settle-attempts.ts";
import type { NewOrder } from "./write-orders.ts";

export interface GivenOrder
	extends Pick<NewOrder, "id" | "itemId" | "action" | "version" | "issuedAt">,
		Omit<SettledRow, "id" | "case_id"> {
	/** The platform deleted the item meanwhile. */
	readonly isGone: boolean;
}

export async function lockGivenOrders(
	tx: Connection,
	items: readonly ItemId[],
): Promise<ReadonlyMap<ItemId, GivenOrder>> {
	if (items.length === 0) return new Map();
	const orders = await tx.rows<GivenOrder>(
		sql`SELECT orders.id, item_id AS "itemId", action, orders.version, issued_at AS "issuedAt", orders.state, attempts, last_reason AS reason,
				last_attempt_at AS at, items.state = 'gone' AS "isGone"
			FROM orders JOIN items ON items.id = item_id
			WHERE item_id = ANY (${[...items]}::uuid[]) AND case_id IS NULL ORDER BY orders.id FOR UPDATE OF orders FOR SHARE OF items`,
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
