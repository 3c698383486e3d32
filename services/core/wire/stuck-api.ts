// The review API on what is stuck: records that were parked, jobs that are not done, orders that no platform took. The same verbs for
// all three; what they are and why, never their content.
import { z } from "zod";
import { caseId, orderId } from "../ids.ts";
import { anyOrderAction, orderState } from "../orders/order.ts";
import { jobNames } from "./jobs.ts";
import { timestamp } from "./review-case.ts";
import { said, storablePattern } from "./storable.ts";

const stuckId = z.string().regex(/^[\w-]{1,64}$/);
const why = said(500);
/** A dead letter's reason, an order's last one, a job's name. */
const reason = z.string().min(1).max(64).meta(storablePattern);

const selection = {
	ids: z.array(stuckId).min(1).max(500).optional(),
	reason: reason.optional(),
	/** Parked, recorded or issued at this time or later. */
	since: timestamp.optional(),
	until: timestamp.optional(),
};
const isChosen = (given: { readonly [K in keyof typeof selection]?: unknown }) =>
	Object.keys(selection).some((name) => given[name as keyof typeof selection] !== undefined);
const unchosen = { message: "name ids, a reason or a time" };
/** The same, for the API's description. */
const described = { anyOf: Object.keys(selection).map((name) => ({ required: [name] })) };

// POST /api/{dead-letters,jobs,orders}/replay · /discard: one, several, or all of a reason or a time
export const replayRequest = z
	.object({ ...selection, why: why.default("") })
	.refine(isChosen, unchosen)
	.meta(described);
export const discardRequest = z
	.object({ ...selection, why })
	.refine(isChosen, unchosen)
	.meta(described);
export type DiscardRequest = z.input<typeof discardRequest>;

/** For lists. */
export const stuckQuery = z.object({
	reason: reason.optional(),
	since: timestamp.optional(),
	until: timestamp.optional(),
	limit: z.coerce.number().int().min(1).max(500).default(100),
});

// GET /api/dead-letters/{id}
export const stuckParams = z.object({ id: stuckId });

// GET /api/jobs
const stuckJob = z.object({
	id: z.string(),
	name: z.enum(jobNames),
	recordedAt: timestamp,
	/** When it was last handed to the queue; null: not yet. */
	enqueuedAt: timestamp.nullable(),
	/** The order that it delivers is to this platform; null of other jobs. */
	platformName: z.string().nullable(),
	attempts: z.int().nullable(),
	reason: z.string().nullable(),
	caseId: caseId.nullable(),
});
export const jobsAnswer = z.object({ jobs: z.array(stuckJob) });
export type JobsAnswer = z.infer<typeof jobsAnswer>;

// GET /api/orders: those that were sent and that no platform has acknowledged
const outstandingOrder = z.object({
	id: orderId,
	/** `pending` is tried again by itself; `undelivered` was given up and waits for a person. */
	state: orderState.extract(["pending", "undelivered"]),
	caseId: caseId.nullable(),
	platformName: z.string(),
	action: anyOrderAction,
	version: z.int(),
	attempts: z.int(),
	reason: z.string().nullable(),
	issuedAt: timestamp,
});
export const outstandingAnswer = z.object({ orders: z.array(outstandingOrder) });
export type OutstandingAnswer = z.infer<typeof outstandingAnswer>;

// GET /api/platforms/behind: for everybody, since what the page says of items hangs on it
export const platformsBehindAnswer = z.object({
	platforms: z.array(
		z.object({
			platformName: z.string(),
			retried: z.int(),
			givenUp: z.int(),
			reason: z.string().nullable(),
			since: timestamp,
		}),
	),
});
export type PlatformsBehindAnswer = z.infer<typeof platformsBehindAnswer>;
