// Orders about accounts, as the order store shows them beside those of items.
import { sql } from "kysely";
import { z } from "zod";
import { caseId, orderId, platformId } from "../../../core/ids.ts";
import { stateAccountReasons } from "../../../core/orders/account-statement/account-statement.ts";
import { accountAction, orderState, stateAmong } from "../../../core/orders/order.ts";
import { tier } from "../../../core/policy/verdict.ts";
import type { PendingOrder } from "../../../core/ports/order-store.ts";
import { recommendation } from "../../../core/strikes/recommendation.ts";
import { accountOrderMessage } from "../../../core/wire/account-order.ts";
import { column } from "../connection/columns.ts";

const issuedOrder = z.object({ action: accountAction, version: column.whole, state: orderState });
export const accountOrderRow = issuedOrder.extend({
	...{ id: orderId, case_id: caseId, tier, issued_at: column.time, attempts: column.whole },
	...{ last_reason: column.text.nullable(), is_appealed: column.flag, appeal_code: column.text.nullable() },
	account_reasons: z.object({ strikes: z.int(), recommendations: z.array(recommendation) }),
	...{ source: column.text, platform_id: platformId, platform_name: column.text, account_id: column.text },
	of_account: z.array(issuedOrder),
});

export const selectAccountOrders = sql`SELECT orders.id, case_id, action, orders.version, tier, issued_at, orders.state, attempts, last_reason, is_appealed, appeal_code,
		account_reasons, platforms.source, platforms.id AS platform_id, platforms.name AS platform_name, account_id,
		(SELECT jsonb_agg(jsonb_build_object('action', other.action, 'version', other.version, 'state', other.state))
			FROM orders AS other WHERE other.account_platform = orders.account_platform AND other.account_id = orders.account_id) AS of_account
	FROM orders JOIN platforms ON platforms.id = account_platform`;

export function toAccountOrder(row: z.infer<typeof accountOrderRow>): PendingOrder {
	const { action, account_reasons: reasons, is_appealed: isAppealed, appeal_code: appealCode } = row;
	return {
		message: accountOrderMessage.parse({
			type: "breakwater.account-order.v1",
			...{ orderId: row.id, action, version: row.version, source: row.source, accountId: row.account_id },
			issuedAt: row.issued_at.toISOString(),
			recommendations: action === "account.restrict-recommended" ? reasons.recommendations : [],
			statement: stateAccountReasons({ action, ...reasons, isAppealed, appealCode }),
		}),
		...{ decidedBy: "person", tier: row.tier, platformId: row.platform_id, platformName: row.platform_name },
		...{ caseId: row.case_id, state: stateAmong(row, row.of_account) },
		...{ attempts: row.attempts, lastReason: row.last_reason, eventAt: row.issued_at, receivedAt: row.issued_at },
	};
}
