// The API by which platforms appeal for their users: /v1/appeals on intake. Errors are problem documents (problem.ts).
import { z } from "zod";
import { appealOutcome, appealText } from "../appeals/appeal.ts";
import { appealId, orderId } from "../ids.ts";
import { timestamp } from "./review-case.ts";

// POST /v1/appeals
export const appealBody = z.object({
	orderId: orderId.describe("Of the order, with its statement of reasons, that the user appeals against."),
	text: appealText.describe("Why the user holds it to be wrong, in their own words. It is shown to whoever decides."),
});

// GET /v1/appeals/{id}
export const appealParams = z.object({ id: appealId });
export const appealStatus = z.object({
	id: appealId,
	orderId: orderId.nullable(),
	receivedAt: timestamp,
	outcome: appealOutcome
		.nullable()
		.describe(
			"Null until people have decided who did not decide before. `overturned`: a restoring order comes with it.",
		),
	settledAt: timestamp.nullable(),
});
