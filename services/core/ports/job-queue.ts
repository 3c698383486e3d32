// Queues of jobs between and within processes. A job's id is deterministic, so adding it twice changes nothing. The queue may
// be wiped at any time: the outbox in the record says what must still happen.
import type { JobName, JobPayload, QueueName } from "../wire/jobs.ts";

export interface QueuedJob<N extends JobName = JobName> {
	readonly name: N;
	readonly jobId: string;
	readonly payload: JobPayload<N>;
	/** Lower goes first, 1 to 2097151. */
	readonly priority?: number;
}

export interface JobContext {
	/** 1 for the first attempt. */
	readonly attempt: number;
	readonly isLastAttempt: boolean;
	/** When the job came into the queue; a wiped queue forgets it. */
	readonly queuedAt: Date;
	/** Aborts when the worker has to end before the job has. */
	readonly signal: AbortSignal;
}

export type JobHandlers = { readonly [N in JobName]?: (payload: JobPayload<N>, context: JobContext) => Promise<void> };

/**
 * Thrown by a handler to come back after a delay of its own (a platform's Retry-After). Does not count as an attempt: whoever
 * throws it must know when to stop.
 */
export class RetryLater extends Error {
	readonly delayMs: number;
	constructor(delayMs: number, options?: ErrorOptions) {
		super("retry later", options);
		this.name = "RetryLater";
		this.delayMs = delayMs;
	}
}

/** Thrown by a handler that has told of its failure itself: counts as an attempt, and the queue logs nothing more. */
export class AttemptFailed extends Error {
	constructor(reason: string) {
		super(reason);
		this.name = "AttemptFailed";
	}
}

export interface QueueCounts {
	readonly waiting: number;
	readonly active: number;
	readonly delayed: number;
	readonly failed: number;
}

export interface JobWorker {
	/** Takes no new job, waits up to `drainMs` for active ones, then aborts them; another worker will take them up. */
	close(drainMs: number): Promise<void>;
}

export interface JobQueue {
	/** Rejects within seconds where the queue cannot take them; some of them may have got in. */
	add(jobs: readonly QueuedJob[]): Promise<void>;
	/** Starts working a queue. Throws at once where a job of the catalogue has no handler, or a handler no job in this queue. */
	work(queue: QueueName, handlers: JobHandlers, options: { readonly concurrency: number }): Promise<JobWorker>;
	counts(queue: QueueName): Promise<QueueCounts>;
	check(): Promise<void>;
	[Symbol.asyncDispose](): Promise<void>;
}
