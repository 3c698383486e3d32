// The account that a case is about, as the review API shows it with the case.
import { z } from "zod";
import { caseId, itemId, orderId } from "../ids.ts";
import { accountAction, orderState } from "../orders/order.ts";
import { accountRestriction, usualRestriction } from "../strikes/account-restriction.ts";
import { recommendation } from "../strikes/recommendation.ts";

const timestamp = z.iso.datetime();

/** What a platform was told of an account. */
const wireAccountOrder = z.object({
	...{ id: orderId, action: accountAction, version: z.int(), state: orderState, attempts: z.int() },
	/** What it recommended; null where it withdrew that. */
	restriction: accountRestriction.nullable().default(null),
	...{ issuedAt: timestamp, deliveredAt: timestamp.nullable(), lastReason: z.string().nullable() },
});

/** An account of which people removed so much that a law asks about it. To `remove` means here: to recommend that it is restricted. */
export const wireAccount = z.object({
	accountId: z.string(),
	/** What people removed of it: the evidence, the newest first. */
	strikes: z.array(
		z.object({
			...{ itemId, caseId, category: z.string().nullable(), at: timestamp },
			/** It counts up to then; null where no law counts any more. */
			countsUntil: timestamp.nullable(),
			/** The decision was taken back or overturned since: it counts no more. */
			isTakenBack: z.boolean(),
		}),
	),
	/** What laws asked to consider when the last strike came to it: what is recommended, if people say so. */
	recommendations: z.array(recommendation),
	/** What people recommend to restrict, if they say so now: by the policy in force for its platform. */
	restriction: accountRestriction.default(usualRestriction),
	/** How each law counts it now. */
	counts: z.array(z.object({ law: z.string(), count: z.int(), threshold: z.int(), withinDays: z.int() })),
	/** By other cases, taken note of by the platform, and not withdrawn since. */
	recommendedBefore: z.int(),
	/** What the platform was told; left out while whether that stands is what people are asked. */
	orders: z.array(wireAccountOrder),
});
export type WireAccount = z.infer<typeof wireAccount>;
