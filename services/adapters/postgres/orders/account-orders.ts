// Orders about accounts, as the order store shows them beside those of items.
import { sql } from "kysely";
import { z } from "zod";
import type { PublicPages } from "../../../core/answers/public-pages.ts";
import type { TemplateBook } from "../../../core/answers/template-book.ts";
import { caseId, type OrderId, orderId, platformId } from "../../../core/ids.ts";
import {
	type AccountStatement,
	accountStatement,
	stateAccountReasons,
} from "../../../core/orders/account-statement/account-statement.ts";
import { accountAction, orderState, stateAmong } from "../../../core/orders/order.ts";
import { tier } from "../../../core/policy/verdict.ts";
import type { PendingOrder } from "../../../core/ports/order-store.ts";
import { accountOrderMessage } from "../../../core/wire/account-order.ts";
import { isAccountSilent } from "../answers/silence-rows.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { accountReasonFields, toAccountReasons } from "./account-reasons.ts";
import { statementsOf } from "./keep-statements.ts";

const issuedOrder = z.object({ action: accountAction, version: column.whole, state: orderState });
export const accountOrderRow = issuedOrder.extend({
	...{ id: orderId, case_id: caseId, tier, issued_at: column.time, attempts: column.whole },
	...{ last_reason: column.text.nullable(), ...accountReasonFields },
	...{ source: column.text, platform_id: platformId, platform_name: column.text, account_id: column.text },
	of_account: z.array(issuedOrder),
	/** A law forbids telling anybody of its case now. */
	is_silent: column.flag,
	/** As it was worded, once it was sent. */
	statement: accountStatement.nullable(),
});
type AccountOrderRow = z.infer<typeof accountOrderRow>;

export const selectAccountOrders = sql`SELECT orders.id, case_id, action, orders.version, tier, issued_at, orders.state, attempts, last_reason, is_appealed AS "isAppealed", appeal_code AS "appealCode",
		account_reasons AS reasons, ${isAccountSilent(sql`orders.case_id`)} AS is_silent, (SELECT statement FROM order_statements WHERE order_id = orders.id) AS statement,
		platforms.source, platforms.id AS platform_id, platforms.name AS platform_name, account_id,
		(SELECT jsonb_agg(jsonb_build_object('action', other.action, 'version', other.version, 'state', other.state))
			FROM orders AS other WHERE other.account_platform = orders.account_platform AND other.account_id = orders.account_id AND other.matter = '') AS of_account
	FROM orders JOIN platforms ON platforms.id = account_platform AND orders.item_id IS NULL`;

export function toAccountOrder(row: AccountOrderRow, statement: AccountStatement | null): PendingOrder {
	const { action, reasons } = row;
	return {
		message: accountOrderMessage.parse({
			type: "breakwater.account-order.v1",
			...{ orderId: row.id, action, version: row.version, source: row.source, accountId: row.account_id },
			issuedAt: row.issued_at.toISOString(),
			...(action === "account.restrict-recommended"
				? { restriction: reasons.accountRestriction, recommendations: reasons.recommendations }
				: { restriction: null, recommendations: [] }),
			statement,
		}),
		...{ decidedBy: "person", tier: row.tier, platformId: row.platform_id, platformName: row.platform_name },
		...{ caseId: row.case_id, state: stateAmong(row, row.of_account) },
		...{ attempts: row.attempts, lastReason: row.last_reason, eventAt: row.issued_at, receivedAt: row.issued_at },
	};
}

export function wordForAccounts(
	on: Connection,
	rows: readonly AccountOrderRow[],
	pages: PublicPages | null,
): Promise<ReadonlyMap<OrderId, AccountStatement>> {
	const word = (row: AccountOrderRow, templates: TemplateBook) =>
		stateAccountReasons(toAccountReasons(row), templates, pages);
	return statementsOf(on, rows, { word, schema: accountStatement });
}
