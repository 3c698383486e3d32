// What the row of an order about an account has of its reasons.
import { z } from "zod";
import type { AccountReasons } from "../../../core/orders/account-statement/account-statement.ts";
import { accountAction } from "../../../core/orders/order.ts";
import { accountRestriction, usualRestriction } from "../../../core/strikes/account-restriction.ts";
import { recommendation } from "../../../core/strikes/recommendation.ts";
import { column } from "../connection/columns.ts";

export const accountReasonFields = {
	...{ action: accountAction, isAppealed: column.flag, appealCode: column.text.nullable() },
	reasons: z.object({
		...{ strikes: z.int(), recommendations: z.array(recommendation) },
		// Orders of before said neither.
		...{ accountRestriction: accountRestriction.default(usualRestriction), hasAdvice: z.boolean().default(false) },
	}),
};

export function toAccountReasons({
	reasons,
	...row
}: {
	readonly [F in keyof typeof accountReasonFields]: z.infer<(typeof accountReasonFields)[F]>;
}): AccountReasons {
	return { ...row, ...reasons };
}
