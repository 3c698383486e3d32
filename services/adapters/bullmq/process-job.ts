// From a job of the queue to its handler: payloads are parsed, attempts are counted, delays are chosen.
import { DelayedError, type Job } from "bullmq";
import { type JobContext, type JobHandlers, RetryLater } from "../../core/ports/job-queue.ts";
import { type JobName, type JobPayload, jobCatalogue, jobNames, type QueueName } from "../../core/wire/jobs.ts";

/** Throws unless every job of the queue has a handler, and every handler a job. */
export function checkHandlers(queue: QueueName, handlers: JobHandlers): void {
	const expected = jobNames.filter((name) => jobCatalogue[name].queue === queue);
	const given = Object.keys(handlers);
	const missing = expected.filter((name) => !given.includes(name));
	const foreign = given.filter((name) => !expected.some((one) => one === name));
	if (missing.length > 0) throw new Error(`queue ${queue} has no handler for: ${missing.join(", ")}`);
	if (foreign.length > 0) throw new Error(`queue ${queue} knows no job: ${foreign.join(", ")}`);
}

/** How a worker is told to end: first its handlers are asked to, then the jobs of those that do not are let go. */
export interface WorkerStop {
	readonly aborting: AbortController;
	readonly lettingGo: AbortController;
}

export function createProcessor(
	handlers: JobHandlers,
	{ aborting, lettingGo }: WorkerStop,
): (job: Job, token?: string) => Promise<void> {
	return async (job, token) => {
		const name = jobNames.find((one) => one === job.name);
		if (name === undefined) throw new Error("a job that the catalogue does not know");
		const attempt = job.attemptsMade + 1;
		const { attempts } = jobCatalogue[name];
		const queuedAt = new Date(job.timestamp);
		const context = { attempt, isLastAttempt: attempt >= attempts, queuedAt, signal: aborting.signal };
		try {
			await unlessLetGo(handle(handlers, name, job.data, context), lettingGo.signal);
		} catch (error) {
			if (!(error instanceof RetryLater)) throw error;
			await job.moveToDelayed(Date.now() + error.delayMs, token);
			throw new DelayedError();
		}
	};
}

/**
 * BullMQ leaves a job alone whose worker, while it closes, answers DelayedError: its lock is renewed no more, and another worker
 * takes it up with its attempts unchanged.
 */
function unlessLetGo(work: Promise<void>, lettingGo: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const letGo = () => reject(new DelayedError());
		lettingGo.addEventListener("abort", letGo, { once: true });
		work.then(resolve, reject).finally(() => lettingGo.removeEventListener("abort", letGo));
	});
}

async function handle<N extends JobName>(
	handlers: JobHandlers,
	name: N,
	data: unknown,
	context: JobContext,
): Promise<void> {
	const handler: ((payload: JobPayload<N>, context: JobContext) => Promise<void>) | undefined = handlers[name];
	if (handler === undefined) throw new Error(`no handler for ${name}`);
	await handler(jobCatalogue[name].payload.parse(data) as JobPayload<N>, context);
}

/** Exponential with jitter, up to the catalogue's limit. */
export function retryDelay(
	attemptsMade: number,
	_type?: string,
	_error?: Error,
	job?: { readonly name?: string },
): number {
	const name = jobNames.find((one) => one === job?.name) ?? "escalate";
	const { delayMs, maxDelayMs } = jobCatalogue[name].backoff;
	return Math.round(Math.min(maxDelayMs, delayMs * 2 ** (attemptsMade - 1)) * (0.75 + Math.random() / 2));
}
