// A pool of worker threads whose tasks end in time: a worker that hangs is ended and replaced, and only its own task fails.
import { Piscina } from "piscina";
import type { Logger } from "../../runtime/logger.ts";

export type TaskFailure = "decode-timeout" | "worker-lost";
export type TaskOutcome<O> =
	| { readonly kind: "done"; readonly output: O }
	| { readonly kind: "failed"; readonly reason: TaskFailure };

export interface WorkerPool<I, O> {
	run(input: I, signal?: AbortSignal): Promise<TaskOutcome<O>>;
	[Symbol.asyncDispose](): Promise<void>;
}

export function createWorkerPool<I, O>(options: {
	readonly file: string;
	readonly workers: number;
	readonly timeoutMs: number;
	readonly logger: Logger;
}): WorkerPool<I, O> {
	const pool = new Piscina<I, O>({
		filename: options.file,
		minThreads: 1,
		maxThreads: options.workers,
		idleTimeout: 60_000,
		concurrentTasksPerWorker: 1,
	});
	// A lost worker fails its own task; the pool starts another.
	pool.on("error", (error) => options.logger.error({ event: "worker-lost", err: error }));
	let waiting = 0;
	return {
		async run(input, signal) {
			// Time spent waiting for a free worker is not the picture's fault.
			waiting += 1;
			const timeout = AbortSignal.timeout(options.timeoutMs * (1 + Math.floor(waiting / options.workers)));
			try {
				const output = await pool.run(input, {
					signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
				});
				return { kind: "done", output };
			} catch (error) {
				if (timeout.aborted) return { kind: "failed", reason: "decode-timeout" };
				options.logger.warn({ event: "worker-task-failed", err: error });
				return { kind: "failed", reason: "worker-lost" };
			} finally {
				waiting -= 1;
			}
		},
		[Symbol.asyncDispose]: () => pool.destroy(),
	};
}
