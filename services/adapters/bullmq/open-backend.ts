// Connections to the queue's backend, and what is said when they fail.
import { readFileSync } from "node:fs";
import { createPostgresBackend, type Processor, Queue, Worker, type WorkerOptions, withBackend } from "bullmq";
import type { QueueName } from "../../core/wire/jobs.ts";
import { endsWithin } from "../../runtime/ends-within.ts";
import { errorCode } from "../../runtime/error-code.ts";
import type { Logger } from "../../runtime/logger.ts";

export type QueueBackend =
	| { readonly kind: "redis"; readonly url: string; readonly caFile?: string | null }
	| { readonly kind: "postgres"; readonly connectionString: string; readonly schema: string };

export interface Backend {
	readonly queue: (name: QueueName) => Queue;
	readonly worker: (name: QueueName, run: Processor, options: Omit<WorkerOptions, "connection">) => Worker;
	/** So many jobs, and fewer, are cheaper to add one by one than as one bulk. */
	readonly fewJobs: number;
	/** No connection is opened again. */
	readonly giveUp: () => void;
}

/** A bulk makes and drops two tables of its own in PostgreSQL: 2.5 ms of its processor, against 0.25 for one job by itself. */
const fewForPostgres = 8;

export function openBackend(backend: QueueBackend, prefix: string): Backend {
	if (backend.kind === "postgres") {
		// The queue does not wait for the disk: what its last half second would lose with the server is put in again from the outbox, and
		// a job that is done twice does nothing the second time. Half of all commits are its own.
		const { connectionString, schema } = backend;
		const classes = withBackend(createPostgresBackend);
		const connection = {
			...{ connectionString, schema, migrate: true, max: 8, connectionTimeoutMillis: 5_000 },
			options: "-c synchronous_commit=off",
		};
		return {
			queue: (name) => new classes.Queue(name, { connection }) as unknown as Queue,
			worker: (name, run, options) => new classes.Worker(name, run, { ...options, connection }) as unknown as Worker,
			fewJobs: fewForPostgres,
			giveUp: () => undefined,
		};
	}
	const { url, caFile = null } = backend;
	const tls = caFile === null ? {} : { tls: { ca: readFileSync(caFile) } };
	let isGivenUp = false;
	const retryStrategy = (times: number) => (isGivenUp ? null : Math.min(1_000, 50 * 2 ** Math.min(times, 6)));
	// A queue says at once that Redis is away, so that the outbox keeps its rows; a worker waits for it to come back.
	const impatient = { url, ...tls, enableOfflineQueue: false, maxRetriesPerRequest: 1, retryStrategy };
	const patient = { url, ...tls, maxRetriesPerRequest: null, retryStrategy };
	// Nobody reads BullMQ's own event stream.
	const streams = { events: { maxLen: 100 } };
	return {
		queue: (name) => new Queue(name, { connection: impatient, prefix, streams }),
		worker: (name, run, options) => new Worker(name, run, { ...options, connection: patient, prefix }),
		fewJobs: 0,
		giveUp() {
			isGivenUp = true;
		},
	};
}

export interface BackendWatch {
	/** For what the backend's clients emit. */
	readonly onError: (error: Error) => void;
	/** Runs one operation of the queue; rejects after `limitMs`, for a backend can also hang. */
	readonly answer: <T>(operation: () => Promise<T>) => Promise<T>;
	/** Since when it last failed, nothing was answered. */
	readonly isLost: () => boolean;
	/** Why its connections were last lost: what asks it is told no more than that there is none. */
	readonly lastLoss: () => Error | null;
}

const repeatAfterMs = 10_000;

/** A queue that fails is said once, and once more when it answers again; anything else at most every ten seconds. */
export function watchBackend(logger: Logger, limitMs: number): BackendWatch {
	let isLost = false;
	let lastLoss: Error | null = null;
	let saidAt = Number.NEGATIVE_INFINITY;
	const lost = (error: unknown) => {
		if (!isLost) logger.warn({ event: "queue-failing", err: error });
		isLost = true;
	};
	return {
		isLost: () => isLost,
		lastLoss: () => lastLoss,
		onError(error) {
			if (isConnectionLoss(error)) {
				lastLoss = error;
				return lost(error);
			}
			const now = performance.now();
			if (now - saidAt < repeatAfterMs) return;
			saidAt = now;
			logger.warn({ event: "queue-error", err: error });
		},
		async answer(operation) {
			try {
				const answering = operation();
				if (!(await endsWithin(limitMs, answering))) throw new LateAnswer(limitMs);
				if (isLost) logger.info({ event: "queue-answering" });
				isLost = false;
				lastLoss = null;
				return await answering;
			} catch (error) {
				lost(error);
				throw error;
			}
		},
	};
}

function isConnectionLoss(error: Error): boolean {
	const code = errorCode(error) ?? "";
	return /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|57P0|08)/.test(code) || /connection|writeable/i.test(error.message);
}

export class LateAnswer extends Error {
	constructor(limitMs: number) {
		super(`the queue did not answer within ${limitMs} ms`);
		this.name = "LateAnswer";
	}
}
