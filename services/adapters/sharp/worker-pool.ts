// A pool of worker threads whose tasks end in time: a worker that hangs is ended and replaced, and only its own task fails.
import { Piscina } from "piscina";
import { createLimiter } from "../../runtime/limiter.ts";
import type { Logger } from "../../runtime/logger.ts";

export type TaskFailure = "decode-timeout" | "worker-lost" | "deadline-exceeded";
export type TaskOutcome<O> =
	| { readonly kind: "done"; readonly output: O }
	| { readonly kind: "failed"; readonly reason: TaskFailure };

export interface WorkerPool<I, O> {
	/** `signal` gives up on the task, whether it waits or runs: `deadline-exceeded`. */
	run(input: I, signal?: AbortSignal): Promise<TaskOutcome<O>>;
	[Symbol.asyncDispose](): Promise<void>;
}

/** What a worker's own JavaScript may take; one that takes more is lost alone, where it would otherwise end the process. */
const resourceLimits = { maxOldGenerationSizeMb: 512 };

export function createWorkerPool<I extends { readonly bytes: Uint8Array }, O>(options: {
	readonly file: string;
	readonly workers: number;
	/** For one task, from when a worker has it: waiting for a free worker is not the picture's fault. */
	readonly timeoutMs: number;
	readonly logger: Logger;
}): WorkerPool<I, O> {
	const pool = new Piscina<I, O>({
		filename: options.file,
		minThreads: 1,
		maxThreads: options.workers,
		idleTimeout: 60_000,
		concurrentTasksPerWorker: 1,
		resourceLimits,
	});
	// A lost worker fails its own task; the pool starts another.
	pool.on("error", (error) => options.logger.error({ event: "worker-lost", err: error }));
	const inTurn = createLimiter(options.workers);

	const runNow = async (input: I, signal: AbortSignal | undefined): Promise<TaskOutcome<O>> => {
		if (signal?.aborted === true) return { kind: "failed", reason: "deadline-exceeded" };
		const ending = new AbortController();
		let reason: TaskFailure = "worker-lost";
		const end = (why: TaskFailure) => {
			reason = why;
			ending.abort();
		};
		const timer = setTimeout(() => end("decode-timeout"), options.timeoutMs);
		const onAbort = () => end("deadline-exceeded");
		signal?.addEventListener("abort", onAbort, { once: true });
		try {
			// A message carries the whole buffer behind a view (a broker's answer of many records), so the view is copied out and moved.
			const bytes = new Uint8Array(input.bytes);
			const output = await pool.run({ ...input, bytes }, { signal: ending.signal, transferList: [bytes.buffer] });
			return { kind: "done", output };
		} catch (error) {
			options.logger.warn({ event: "worker-task-failed", reason, err: error });
			return { kind: "failed", reason };
		} finally {
			clearTimeout(timer);
			signal?.removeEventListener("abort", onAbort);
		}
	};
	return {
		run: (input, signal) => inTurn(() => runNow(input, signal)),
		[Symbol.asyncDispose]: () => pool.destroy(),
	};
}
