// The catalogue of jobs: name → queue, payload, attempts, back-off, id. Payloads carry ids, never content.
import { z } from "zod";
import { caseId, itemId, noticeId, orderId } from "../ids.ts";
import { type AnyOrderAction, measureAction, orderAction } from "../orders/order.ts";

/** A queue of its own has workers of its own: reporters that hang delay no order. */
export const queueNames = ["takedown", "reporting"] as const;
export type QueueName = (typeof queueNames)[number];

interface JobDefinition {
	readonly queue: QueueName;
	readonly payload: z.ZodType;
	readonly attempts: number;
	/** Exponential: the n-th retry waits delayMs × 2^(n−1), with jitter, up to maxDelayMs. */
	readonly backoff: { readonly delayMs: number; readonly maxDelayMs: number };
	/** 1 goes first, out of the outbox and out of the queue: what people decided, then what is to be hidden, then the rest. */
	readonly priority: number;
}

const order = z.object({ orderId });
/** Over about 3.5 hours: a platform that is down for an evening still gets its orders without a person's help. */
const delivery = {
	queue: "takedown",
	payload: order,
	attempts: 19,
	backoff: { delayMs: 500, maxDelayMs: 1_800_000 },
} as const;

export const jobCatalogue = {
	restore: { ...delivery, priority: 1 },
	withhold: { ...delivery, priority: 2 },
	remove: { ...delivery, priority: 1 },
	"limit-spread": { ...delivery, priority: 2 },
	"lift-limit": { ...delivery, priority: 1 },
	/** Tells a platform of a label or of friction, or of its end. */
	measure: { ...delivery, priority: 2 },
	/** Tells a platform what people recommend of one of its accounts, or that they do no more. */
	"account-order": { ...delivery, priority: 1 },
	/** Counts the strikes of the account whose item was removed, and puts it before people where a law asks for that. */
	"count-strikes": {
		queue: "takedown",
		payload: z.object({ itemId }),
		attempts: 20,
		backoff: { delayMs: 200, maxDelayMs: 60_000 },
		priority: 3,
	},
	escalate: {
		queue: "takedown",
		payload: z.object({ caseId }),
		attempts: 20,
		backoff: { delayMs: 200, maxDelayMs: 60_000 },
		priority: 3,
	},
	/** Sends the statement of an order that was obeyed while nobody was told. */
	state: { ...delivery, queue: "reporting", priority: 3 },
	/** Tells a reporter by webhook that a report came in, or what became of it. */
	tell: { ...delivery, queue: "reporting", payload: z.object({ noticeId }), priority: 3 },
} as const satisfies Record<string, JobDefinition>;

export type JobName = keyof typeof jobCatalogue;
export const jobNames = Object.keys(jobCatalogue) as readonly JobName[];
export type JobPayload<N extends JobName> = z.infer<(typeof jobCatalogue)[N]["payload"]>;

/** The job that delivers an order. */
export function deliveryOf(action: AnyOrderAction): JobName {
	const ofItem = orderAction.safeParse(action);
	if (ofItem.success) return ofItem.data;
	return measureAction.safeParse(action).success ? "measure" : "account-order";
}

/** The id under which a job is known to every queue; BullMQ forbids `:` in it. */
export function jobIdOf(name: JobName, payload: JobPayload<JobName>): string {
	return `${name}-${subjectOf(payload)}`;
}

function subjectOf(payload: JobPayload<JobName>): string {
	if ("orderId" in payload) return payload.orderId;
	if ("itemId" in payload) return payload.itemId;
	return "caseId" in payload ? payload.caseId : payload.noticeId;
}
