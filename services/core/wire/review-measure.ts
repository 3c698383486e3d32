// Labels and friction, as the page of a case says them.
import { z } from "zod";
import { measureAction } from "../orders/order.ts";
import { ruleName } from "../rules/rule.ts";

export const wireMeasure = z.object({
	/** The order that begins it. */
	action: measureAction,
	/** The name, of a label. */
	label: z.string().nullable(),
	/** What whoever holds the case may do about it now; null where nothing. */
	act: measureAction.nullable(),
	/** A rule advises it. */
	isRecommended: z.boolean(),
	/** Items of the case by what their platform was told and has said of it. */
	told: z.object({
		confirmed: z.int(),
		/** Sent, and not confirmed. */
		unconfirmed: z.int(),
		/** Given up. */
		notTold: z.int(),
		/** Its end is sent, and not confirmed. */
		ending: z.int(),
	}),
});
export type WireMeasure = z.infer<typeof wireMeasure>;

/** A label by its name; of friction none. */
const order = z.discriminatedUnion("action", [
	z.object({ action: measureAction.extract(["label", "unlabel"]), label: ruleName }),
	z.object({ action: measureAction.extract(["add-friction", "lift-friction"]), label: z.null().default(null) }),
]);

// POST /api/cases/:id/measures
export const measureRequest = z.object({ fence: z.int().min(0), order });
export type MeasureRequest = z.infer<typeof measureRequest>;
