// What a platform is told of one of its accounts, as the webhook's body and on the orders topic. It is people's recommendation; the platform
// decides what it does about it, and answers that it has taken it.
import { z } from "zod";
import { orderId } from "../ids.ts";
import { accountStatement } from "../orders/account-statement/account-statement.ts";
import { accountAction } from "../orders/order.ts";
import { accountRestriction } from "../strikes/account-restriction.ts";
import { recommendation } from "../strikes/recommendation.ts";
import { measureOrderMessage } from "./measure-order.ts";
import { orderMessage, statementMessage } from "./order.ts";

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
	restriction: accountRestriction
		.nullable()
		.default(null)
		.describe(
			"What people recommend to restrict, of a small set; null where nothing is recommended any more. `suspend` for as long as `recommendations` say, where they do.",
		),
	recommendations: z
		.array(recommendation)
		.describe(
			"What laws ask to consider, one of each that does. Empty where none does: people may recommend it all the same.",
		),
	statement: accountStatement
		.nullable()
		.describe(
			"For the user whose account it is; the platform hands it on, unless a law forbids that. Null while a law forbids telling: a message `breakwater.account-statement.v1` follows once they may be told.",
		),
});
export type AccountOrderMessage = z.infer<typeof accountOrderMessage>;

/** The statement of an order about an account that was given while a law forbade telling its user. It orders nothing; hand it on to the user now. */
const accountStatementMessage = accountOrderMessage
	.pick({ orderId: true, action: true, source: true, accountId: true })
	.extend({
		type: z.literal("breakwater.account-statement.v1"),
		/** Also the `webhook-id` header. */
		statementId: z.string(),
		statement: accountStatement,
	});

/** A statement that comes after its order, be it about an item or an account. */
export const anyStatementMessage = z.discriminatedUnion("type", [statementMessage, accountStatementMessage]);
export type AnyStatementMessage = z.infer<typeof anyStatementMessage>;

/** Whatever a platform may be told. */
export const anyOrderMessage = z.discriminatedUnion("type", [orderMessage, measureOrderMessage, accountOrderMessage]);
export type AnyOrderMessage = z.infer<typeof anyOrderMessage>;
