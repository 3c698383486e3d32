// An order about an account, with what must happen next, in a caller's transaction. What it rests on is kept with it: every attempt says the same.
import { sql } from "kysely";
import { newAppealCode } from "../../../core/appeals/appeal-code.ts";
import type { CaseId, OrderId, PlatformId } from "../../../core/ids.ts";
import type { AccountReasons } from "../../../core/orders/account-statement/account-statement.ts";
import type { AccountAction } from "../../../core/orders/order.ts";
import type { Tier } from "../../../core/policy/verdict.ts";
import type { Connection } from "../connection/database.ts";
import { writeOrders } from "./write-orders.ts";

export interface NewAccountOrder {
	readonly id: OrderId;
	readonly caseId: CaseId;
	readonly action: AccountAction;
	readonly version: number;
	readonly tier: Tier;
	readonly issuedAt: Date;
	readonly platformId: PlatformId;
	readonly accountId: string;
	readonly reasons: Pick<AccountReasons, "strikes" | "recommendations" | "accountRestriction" | "hasAdvice">;
}

export async function writeAccountOrder(tx: Connection, order: NewAccountOrder): Promise<void> {
	const { id, caseId, action, version, tier, issuedAt, platformId, accountId, reasons } = order;
	const code = action === "account.restrict-recommended" ? newAppealCode() : null;
	await tx.rows(
		sql`INSERT INTO orders (id, case_id, action, version, tier, decided_by, issued_at, account_platform, account_id, account_reasons, appeal_code, is_appealed)
			VALUES (${id}, ${caseId}, ${action}, ${version}, ${tier}, 'person', ${issuedAt}, ${platformId}, ${accountId}, ${JSON.stringify(reasons)}::jsonb,
				${code}, EXISTS (SELECT FROM appeals WHERE case_id = ${caseId}))`,
	);
	await writeOrders(tx, [], [{ name: "account-order", payload: { orderId: id }, at: issuedAt }]);
}
