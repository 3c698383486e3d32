// What a platform is told to do with one piece of its content, as the webhook's body and on the orders topic.
import { z } from "zod";
import { itemId, orderId } from "../ids.ts";
import { itemAction, orderAction, orderOccasion } from "../orders/order.ts";
import { statementOfReasons } from "../orders/statement/statement.ts";
import { tier } from "../policy/verdict.ts";

export const orderMessage = z.object({
	type: z.literal("breakwater.order.v1"),
	/** Also the `webhook-id` header: a platform that has seen it does nothing. */
	orderId,
	action: orderAction.describe(
		"`withhold`: hide it from everybody but its author, reversibly. `remove`: for good. `restore`: show it again. `limit-spread`: it stays up, and is neither recommended, promoted nor passed on; sent only where your policy lets a machine do so, or a person asked for it. `lift-limit`: it spreads as before.",
	),
	/** Version of the item that the order leads to; an order with a lower version than one already obeyed is late and changes nothing. */
	version: z.int().min(1),
	itemId,
	/** The platform's own ids of what it sent. */
	source: z.string(),
	eventId: z.string(),
	subject: z.string(),
	issuedAt: z.iso.datetime(),
	reason: z.object({
		...{ tier, category: z.string().nullable(), decidedBy: z.enum(["machine", "person"]) },
		occasion: orderOccasion.describe(
			"What led to it: the item as it came, a `sweep` that found it later among what had been let pass, people's `decision`, a `standing-decision`: what people decided of the same thing before, an `outbreak`: it spreads faster than it should, or does no more, or a `rule`: one of ours advises it, or people ended what a machine did on its word.",
		),
	}),
	statement: statementOfReasons
		.nullable()
		.describe(
			"For the user whose item it is: hand it on, unless a law forbids that to you. Null while a law forbids telling: a message `breakwater.statement.v1` follows once it may be told.",
		),
});
export type OrderMessage = z.infer<typeof orderMessage>;

/** The statement of an order that was given while a law forbade telling its user. It orders nothing; hand it on to the user now. */
export const statementMessage = orderMessage
	.pick({ orderId: true, itemId: true, source: true, eventId: true, subject: true })
	.extend({
		type: z.literal("breakwater.statement.v1"),
		/** The order's. */
		action: itemAction,
		/** Also the `webhook-id` header. */
		statementId: z.string(),
		statement: statementOfReasons,
	});

/** Sent to a webhook to see whether it answers. It orders nothing, as every type that a platform does not know. */
export interface TestMessage {
	readonly type: "breakwater.test.v1";
	readonly sentAt: string;
}
