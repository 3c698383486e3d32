// What a platform is told of one of its accounts, as the webhook's body and on the orders topic. It is people's recommendation; the platform
// decides what it does about it, and answers that it has taken it.
import { z } from "zod";
import { orderId } from "../ids.ts";
import { accountStatement } from "../orders/account-statement/account-statement.ts";
import { accountAction } from "../orders/order.ts";
import { recommendation } from "../strikes/recommendation.ts";
import { orderMessage } from "./order.ts";

export const accountOrderMessage = z.object({
	type: z.literal("breakwater.account-order.v1"),
	/** Also the `webhook-id` header: a platform that has seen it does nothing. */
	orderId,
	action: accountAction,
	/** Counts the account's orders; one with a lower version than one already taken is late and changes nothing. */
	version: z.int().min(1),
	source: z.string(),
	/** The platform's own id of the account. */
	accountId: z.string(),
	issuedAt: z.iso.datetime(),
	recommendations: z
		.array(recommendation)
		.describe(
			"What laws ask to consider, one of each that does. Empty where none does: people may recommend it all the same.",
		),
	/** For the user whose account it is; the platform hands it on, unless a law forbids that. */
	statement: accountStatement,
});
export type AccountOrderMessage = z.infer<typeof accountOrderMessage>;

/** Whatever a platform may be told. */
export const anyOrderMessage = z.discriminatedUnion("type", [orderMessage, accountOrderMessage]);
export type AnyOrderMessage = z.infer<typeof anyOrderMessage>;
