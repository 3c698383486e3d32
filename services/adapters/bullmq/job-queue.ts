import { createPostgresBackend, Queue, Worker, withBackend } from "bullmq";
import type { JobQueue, QueueCounts } from "../../core/ports/job-queue.ts";
import { type JobName, jobCatalogue, type QueueName, queueNames } from "../../core/wire/jobs.ts";
import type { Logger } from "../../runtime/logger.ts";
import { checkHandlers, createProcessor, retryDelay } from "./process-job.ts";

export type QueueBackend =
	| { readonly kind: "redis"; readonly url: string }
	| { readonly kind: "postgres"; readonly connectionString: string; readonly schema: string };

export interface JobQueueOptions {
	readonly backend: QueueBackend;
	readonly logger: Logger;
	/** Keeps several systems on one Redis apart. */
	readonly prefix?: string;
}

/** A lost worker's job is taken up again this long after its last sign of life, at the next look for stalled jobs. */
const lockMs = 5_000;
const stalledLookMs = 5_000;
/** Losing a worker is no fault of the job. */
const stallsAllowed = 20;

export async function createJobQueue(options: JobQueueOptions): Promise<JobQueue> {
	const { logger } = options;
	const open = opener(options);
	const quiet = quietErrors(logger);
	const queues = new Map<QueueName, Queue>();
	for (const name of queueNames) {
		const queue = open.queue(name);
		queue.on("error", quiet);
		queues.set(name, queue);
	}
	const queueOf = (name: QueueName): Queue => {
		const queue = queues.get(name);
		if (queue === undefined) throw new Error(`there is no queue ${name}`);
		return queue;
	};
	const workers = new Set<Worker>();

	return {
		async add(jobs) {
			for (const name of queueNames) {
				const own = jobs.filter((job) => jobCatalogue[job.name].queue === name);
				if (own.length === 0) continue;
				await queueOf(name).addBulk(
					own.map(({ name: job, jobId, payload, priority }) => ({
						name: job,
						data: payload,
						opts: optionsOf(job, jobId, priority),
					})),
				);
			}
		},
		async work(name, handlers, { concurrency }) {
			checkHandlers(name, handlers);
			const stop = new AbortController();
			const worker = open.worker(name, createProcessor(handlers, stop.signal), {
				concurrency,
				lockDuration: lockMs,
				stalledInterval: stalledLookMs,
				maxStalledCount: stallsAllowed,
				settings: { backoffStrategy: retryDelay },
			});
			worker.on("error", quiet);
			workers.add(worker);
			await worker.waitUntilReady();
			return {
				async close(drainMs) {
					workers.delete(worker);
					await closeWorker(worker, stop, drainMs);
				},
			};
		},
		async counts(name) {
			const counts = await queueOf(name).getJobCounts("waiting", "prioritized", "active", "delayed", "failed");
			return toCounts(counts);
		},
		async check() {
			await queueOf("takedown").getJobCounts("active");
		},
		async [Symbol.asyncDispose]() {
			await Promise.all([...workers].map((worker) => worker.close(true)));
			await Promise.all([...queues.values()].map((queue) => queue.close()));
		},
	};
}

function opener({ backend, prefix }: JobQueueOptions) {
	if (backend.kind === "postgres") {
		const { connectionString, schema } = backend;
		const classes = withBackend(createPostgresBackend);
		const connection = { connectionString, schema, migrate: true, max: 8 };
		return {
			queue: (name: QueueName) => new classes.Queue(name, { connection }) as unknown as Queue,
			worker: (name: QueueName, run: ConstructorParameters<typeof Worker>[1], more: object) =>
				new classes.Worker(name, run, { connection, ...more }) as unknown as Worker,
		};
	}
	const keys = { prefix: prefix ?? "breakwater" };
	// A queue says at once that Redis is away, so that the outbox keeps its rows; a worker waits for it to come back.
	const connection = { url: backend.url, enableOfflineQueue: false, maxRetriesPerRequest: 1 };
	return {
		queue: (name: QueueName) => new Queue(name, { connection, ...keys }),
		worker: (name: QueueName, run: ConstructorParameters<typeof Worker>[1], more: object) =>
			new Worker(name, run, { connection: { url: backend.url, maxRetriesPerRequest: null }, ...keys, ...more }),
	};
}

/** Nothing is kept once it is over: the record knows what was done, and a kept id would stop the reconciler from adding it again. */
function optionsOf(name: JobName, jobId: string, priority: number | undefined) {
	const { attempts, priority: usual } = jobCatalogue[name];
	return {
		jobId,
		attempts,
		priority: priority ?? usual,
		backoff: { type: "custom" },
		removeOnComplete: true,
		removeOnFail: true,
	};
}

async function closeWorker(worker: Worker, stop: AbortController, drainMs: number): Promise<void> {
	const timer = setTimeout(() => stop.abort(), drainMs);
	const late = new Promise<void>((resolve) => setTimeout(resolve, drainMs + 500).unref());
	await Promise.race([worker.close(), late]);
	clearTimeout(timer);
	stop.abort();
	await worker.close(true);
}

function toCounts(counts: Readonly<Record<string, number>>): QueueCounts {
	const of = (state: string) => counts[state] ?? 0;
	return {
		waiting: of("waiting") + of("prioritized"),
		active: of("active"),
		delayed: of("delayed"),
		failed: of("failed"),
	};
}

/** The backend's connection errors come many a second while it is away: said once each ten seconds. */
function quietErrors(logger: Logger): (error: Error) => void {
	let saidAt = 0;
	return (error) => {
		if (Date.now() - saidAt < 10_000) return;
		saidAt = Date.now();
		logger.warn({ event: "queue-connection-lost", err: error });
	};
}
