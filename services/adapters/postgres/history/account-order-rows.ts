// Orders about accounts, as the history keeps them.
import { sql } from "kysely";
import { z } from "zod";
import type { HistoryRow } from "../../../core/history/history-tables.ts";
import { caseId, orderId } from "../../../core/ids.ts";
import { accountAction, orderState } from "../../../core/orders/order.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

const row = z.object({
	...{ order_id: orderId, case_id: caseId, platform: column.text, action: accountAction, state: orderState },
	...{ strikes: column.whole, laws: column.whole, attempts: column.whole },
	...{ issuedAt: column.time, settledAt: column.time, deliveredAt: column.time.nullable() },
});

export async function accountOrderRows(
	connection: Connection,
	keys: readonly string[],
): Promise<readonly HistoryRow<"account_orders">[]> {
	const rows = await connection.rows(
		sql`SELECT orders.id AS order_id, case_id, platforms.name AS platform, action, orders.state, attempts, issued_at AS "issuedAt",
				(account_reasons ->> 'strikes')::integer AS strikes, jsonb_array_length(account_reasons -> 'recommendations') AS laws,
				COALESCE(delivered_at, last_attempt_at, issued_at) AS "settledAt", delivered_at AS "deliveredAt"
			FROM orders JOIN platforms ON platforms.id = account_platform WHERE orders.id = ANY (${[...keys]}::uuid[]) AND item_id IS NULL`,
		row,
	);
	return rows.map(({ issuedAt, settledAt, deliveredAt, ...order }) => ({
		issued_at: issuedAt.toISOString(),
		happened_at: settledAt.toISOString(),
		waited_ms: deliveredAt === null ? null : Math.max(0, deliveredAt.getTime() - issuedAt.getTime()),
		...order,
	}));
}
