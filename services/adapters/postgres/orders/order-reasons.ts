// What an order's row has of its reasons.
import { sql } from "kysely";
import { z } from "zod";
import { itemAction } from "../../../core/orders/order.ts";
import type { OrderReasons } from "../../../core/orders/statement/statement.ts";
import { tier } from "../../../core/policy/verdict.ts";
import { column } from "../connection/columns.ts";

/** `foundTier`: what a machine found of this very item; the order's tier is the case's where people decided, to which reports count, too. */
export const reasonColumns = sql`action, category, decided_by AS "decidedBy", is_reported AS "isReported", is_asked_for AS "isAskedFor",
	is_appealed AS "isAppealed", outbreak_id IS NOT NULL AS "isSpreading", appeal_code AS "appealCode", CASE WHEN matter LIKE 'label:%' THEN substr(matter, 7) END AS label,
	CASE decided_by WHEN 'machine' THEN orders.tier
		ELSE COALESCE((SELECT verdicts.tier FROM verdicts WHERE verdicts.item_id = orders.item_id), orders.tier) END AS "foundTier"`;
export const reasonRow = z.object({
	...{ action: itemAction, category: column.text.nullable(), decidedBy: z.enum(["machine", "person"]) },
	...{ isReported: column.flag, isAskedFor: column.flag, isAppealed: column.flag, isSpreading: column.flag },
	...{ appealCode: column.text.nullable(), label: column.text.nullable(), foundTier: tier },
});

export function orderReasons({ foundTier, ...row }: z.infer<typeof reasonRow>): OrderReasons {
	return { ...row, tier: foundTier };
}
