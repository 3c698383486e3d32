// What a platform is told to do about one piece of its content, or the account that it is by, short of hiding it: as the webhook's body and on the
// orders topic. Limited spread is not among them: it is an order of the item (order.ts).
import { z } from "zod";
import { measureAction } from "../orders/order.ts";
import { orderMessage } from "./order.ts";

export const measureOrderMessage = orderMessage
	.pick({ orderId: true, itemId: true, source: true, eventId: true, subject: true, issuedAt: true, reason: true })
	.extend({
		type: z.literal("breakwater.measure-order.v1"),
		action: measureAction.describe(
			"`label`: show the label with it. `unlabel`: show it no more. `add-friction`: slow the account down, by a wait, a question or a limit of yours. `lift-friction`: it may do as before.",
		),
		label: z.string().nullable().describe("The name of the label; null of friction."),
		version: z
			.int()
			.min(1)
			.describe(
				"Counts the orders of this label on this item, or of friction on this account: one with a lower version than one already obeyed is late and changes nothing. The versions of the item's other orders are no matter to it.",
			),
		accountId: z.string().describe("Your own id of the account that the item is by."),
		statement: orderMessage.shape.statement,
	});
export type MeasureOrderMessage = z.infer<typeof measureOrderMessage>;
