// What must happen next, written in the same transaction as its cause. A relay moves rows to the job queue; a row is
// acknowledged when its job is done, and until then a reconciler enqueues it again.

import type { CaseId } from "../ids.ts";
import type { ActedBy, StuckFilter } from "../stuck/stuck.ts";
import type { JobName, JobPayload } from "../wire/jobs.ts";

export interface OutboxRow {
	/** Decimal string of a 64-bit row number. */
	readonly id: string;
	readonly name: JobName;
	readonly jobId: string;
	readonly payload: JobPayload<JobName>;
	readonly createdAt: Date;
}

export interface PendingJob {
	readonly jobId: string;
	readonly name: JobName;
	readonly createdAt: Date;
	/** When it was last handed to the queue; null: not yet. */
	readonly enqueuedAt: Date | null;
	/** The order that it delivers is to this platform; null of other jobs. */
	readonly platformName: string | null;
	readonly attempts: number | null;
	/** What the platform's last answer came to; null, too, before the first. */
	readonly lastReason: string | null;
	/** The case of the order, or the one that the job puts before people. */
	readonly caseId: CaseId | null;
}

export interface OutboxStore {
	/** Takes up to `limit` rows never enqueued, by the priority of their jobs and then oldest first, skipping rows that another relay holds; `enqueue` runs inside the transaction that marks them. */
	relay(limit: number, enqueue: (rows: readonly OutboxRow[]) => Promise<void>): Promise<number>;
	/** The same for rows enqueued longer ago than that, by the record's clock, and not acknowledged. */
	reconcile(
		olderThanMs: number,
		limit: number,
		enqueue: (rows: readonly OutboxRow[]) => Promise<void>,
	): Promise<number>;
	/** A job is done. Rows of an order that is to be delivered once more, since somebody replayed it, stay. */
	acknowledge(jobId: string): Promise<void>;
	/** Rows not acknowledged, the oldest of them, and the oldest of those that no relay has taken over. */
	backlog(): Promise<{ readonly count: number; readonly oldestAt: Date | null; readonly oldestUntakenAt: Date | null }>;
	/** Rows not acknowledged, the oldest first. */
	list(filter: StuckFilter & { readonly limit: number }): Promise<readonly PendingJob[]>;
	/** Has the relay enqueue them again at once; those that the queue still has are not doubled. Answers how many there were. */
	hasten(filter: StuckFilter, by: ActedBy): Promise<number>;
	/** They will not be done: their rows go, and an order that one of them would have delivered is discarded with it. */
	discard(filter: StuckFilter, by: ActedBy): Promise<number>;
	/** Calls back when rows were added, by any process; at least once, possibly for nothing. */
	onAdded(listener: () => void): Promise<AsyncDisposable>;
}
