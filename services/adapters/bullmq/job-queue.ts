import type { Job, JobsOptions, Queue, Worker } from "bullmq";
import {
	AttemptFailed,
	type JobQueue,
	type JobWorker,
	type QueueCounts,
	type QueuedJob,
} from "../../core/ports/job-queue.ts";
import { type JobName, jobCatalogue, type QueueName, queueNames } from "../../core/wire/jobs.ts";
import { afterClockSetBack } from "../../runtime/clock-set-back.ts";
import { createStop } from "../../runtime/create-stop.ts";
import { endsWithin } from "../../runtime/ends-within.ts";
import type { Logger } from "../../runtime/logger.ts";
import { systemCode } from "../../runtime/why-away.ts";
import { LateAnswer, openBackend, type QueueBackend, watchBackend } from "./open-backend.ts";
import { checkHandlers, createProcessor, retryDelay, type WorkerStop } from "./process-job.ts";

export interface JobQueueOptions {
	readonly backend: QueueBackend;
	readonly logger: Logger;
	/** Keeps several systems on one Redis apart. */
	readonly prefix?: string;
}

const answerWithinMs = 5_000;
/** Two looks after its lock ran out, a lost worker's job is taken up again: 5 to 10 s after its last sign of life. */
const lockMs = 5_000;
const stalledLookMs = 2_500;
/** Losing a worker is no fault of the job. */
const stallsAllowed = 1_000;
const workerOptions = {
	lockDuration: lockMs,
	stalledInterval: stalledLookMs,
	maxStalledCount: stallsAllowed,
	settings: { backoffStrategy: retryDelay },
};
/** What an aborted handler gets to come to its end. */
const abortMs = 500;

export async function createJobQueue(options: JobQueueOptions): Promise<JobQueue> {
	const { logger } = options;
	const backend = openBackend(options.backend, options.prefix ?? "breakwater");
	const watch = watchBackend(logger, answerWithinMs);
	const workers = new Set<JobWorker>();
	const queues = new Map<QueueName, Queue>();
	const queueOf = (name: QueueName): Queue => {
		const known = queues.get(name);
		if (known !== undefined) return known;
		const queue = backend.queue(name);
		queue.on("error", watch.onError);
		queues.set(name, queue);
		// A queue whose first connection failed never recovers; the next use opens another.
		queue.waitUntilReady().catch(() => {
			queues.delete(name);
			queue.close().catch(watch.onError);
		});
		return queue;
	};

	return {
		async add(jobs) {
			for (const name of queueNames) {
				const own = jobs.filter((job) => jobCatalogue[job.name].queue === name).map(toBullJob);
				if (own.length === 0) continue;
				await watch.answer(() => addAll(queueOf(name), own, backend.fewJobs));
			}
		},
		async work(name, handlers, { concurrency }) {
			checkHandlers(name, handlers);
			const stop = { aborting: createStop(), lettingGo: createStop() };
			const worker = backend.worker(name, createProcessor(handlers, stop), { ...workerOptions, concurrency });
			worker.on("error", watch.onError);
			worker.on("failed", (job, error) => tellFailure(logger, job, error));
			// Jobs that wait for a time of the clock as it was would wait as long as it was set back; those that come too early wait again.
			const clockWatch = afterClockSetBack(async () => {
				await watch.answer(() => queueOf(name).promoteJobs());
				logger.warn({ event: "clock-set-back", queue: name });
			});
			const handle = {
				async close(drainMs: number) {
					workers.delete(handle);
					clockWatch[Symbol.dispose]();
					await (watch.isLost() ? abandonWorker(worker, stop) : closeWorker(worker, stop, drainMs));
				},
			};
			// It may have taken a job before it is ready: whoever closes the queue from here on closes it too.
			workers.add(handle);
			// A backend that is away now does not keep the process from starting: it says that it is not ready.
			await watch.answer(() => worker.waitUntilReady()).catch(rethrowUnlessLate);
			return handle;
		},
		counts: (name) => watch.answer(async () => toCounts(await queueOf(name).getJobCounts(...countedStates))),
		async check() {
			try {
				await watch.answer(() => queueOf("takedown").getJobCounts("active"));
			} catch (cause) {
				const code = systemCode(watch.lastLoss());
				throw code === null ? cause : new Error(`cannot be reached (${code})`, { cause });
			}
		},
		async [Symbol.asyncDispose]() {
			await Promise.all([...workers].map((worker) => worker.close(0)));
			const closed = Promise.all([...queues.values()].map((queue) => queue.close()));
			await endsWithin(answerWithinMs, closed);
			backend.giveUp();
		},
	};
}

const countedStates = ["waiting", "prioritized", "active", "delayed", "failed"] as const;

function toCounts(counts: Readonly<Record<string, number>>): QueueCounts {
	const of = (state: (typeof countedStates)[number]) => counts[state] ?? 0;
	return {
		waiting: of("waiting") + of("prioritized"),
		active: of("active"),
		delayed: of("delayed"),
		failed: of("failed"),
	};
}

function addAll(queue: Queue, jobs: readonly ReturnType<typeof toBullJob>[], fewJobs: number): Promise<unknown> {
	if (jobs.length > fewJobs) return queue.addBulk([...jobs]);
	return Promise.all(jobs.map(({ name, data, opts }) => queue.add(name, data, opts)));
}

function toBullJob({ name, jobId, payload, priority }: QueuedJob) {
	return { name, data: payload, opts: optionsOf(name, jobId, priority) };
}

/** Nothing is kept once it is over: the record knows what was done, and a kept id would stop the reconciler from adding it again. */
function optionsOf(name: JobName, jobId: string, priority: number | undefined): JobsOptions {
	const { attempts, priority: usual } = jobCatalogue[name];
	return {
		jobId,
		attempts,
		priority: priority ?? usual,
		backoff: { type: "custom" },
		removeOnComplete: true,
		removeOnFail: true,
		stackTraceLimit: 1,
	};
}

function tellFailure(logger: Logger, job: Job | undefined, error: Error): void {
	if (error instanceof AttemptFailed) return;
	const { name, id: jobId, attemptsMade: attempt } = job ?? {};
	logger.warn({ event: "job-failed", job: name, jobId, attempt, err: error });
}

async function closeWorker(worker: Worker, stop: WorkerStop, drainMs: number): Promise<void> {
	const closed = worker.close();
	const isDrained = await endsWithin(drainMs, closed);
	stop.aborting.abort();
	if (isDrained || (await endsWithin(abortMs, closed))) return;
	// A handler that does not end, or a backend that is away: the job's lock runs out, and another worker takes it up.
	stop.lettingGo.abort();
	await endsWithin(
		abortMs,
		worker.disconnect().catch(() => undefined),
	);
}

/** Where the backend is away no job can be finished anyway, and BullMQ's own orderly close would wait for its return. */
async function abandonWorker(worker: Worker, stop: WorkerStop): Promise<void> {
	stop.aborting.abort();
	stop.lettingGo.abort();
	await endsWithin(abortMs, worker.close(true));
}

function rethrowUnlessLate(error: unknown): void {
	if (!(error instanceof LateAnswer)) throw error;
}
