// A pool of worker processes. Whatever happens inside a decoder (native code that crashes, a loop without end, memory without bound)
// ends its own process and costs its own task; the pool starts another. Tasks of one kind, in the order in which they come; for those of many
// platforms see decoding/decoder-lanes.ts.
import { createLimiter } from "./limiter.ts";
import type { Logger } from "./logger.ts";
import { createWorkers, startTask, type TaskOutcome } from "./worker-set.ts";

export interface WorkerPool<I, O> {
	/** `signal` gives up on the task, whether it waits or runs: `deadline-exceeded`. */
	run(input: I, signal?: AbortSignal): Promise<TaskOutcome<O>>;
	[Symbol.asyncDispose](): Promise<void>;
}

export interface WorkerPoolOptions {
	/** Compiled; its default export takes a task's input and answers its output. */
	readonly file: string;
	readonly workers: number;
	/** For one task, from when a worker has it: waiting for a free worker is not the picture's fault. */
	readonly timeoutMs: number;
	readonly logger: Logger;
}

export function createWorkerPool<I extends object, O>(options: WorkerPoolOptions): WorkerPool<I, O> {
	const { logger, timeoutMs } = options;
	const inTurn = createLimiter(options.workers);
	const workers = createWorkers<I, O>(options.file);

	const runNow = async (input: I, signal: AbortSignal | undefined): Promise<TaskOutcome<O>> => {
		if (signal?.aborted === true) return { kind: "failed", reason: "deadline-exceeded" };
		const worker = workers.take();
		if (worker === null) return { kind: "failed", reason: "worker-lost" };
		const outcome = await startTask<I, O>(worker, input, { timeoutMs, signal, logger }).outcome;
		workers.giveBack(worker);
		return outcome;
	};
	return {
		run: (input, signal) => inTurn(() => runNow(input, signal)),
		[Symbol.asyncDispose]: async () => workers.close(),
	};
}
