// A pool of worker processes. Whatever happens inside a decoder (native code that crashes, a loop without end, memory without bound)
// ends its own process and costs its own task; the pool starts another.
import { createLimiter } from "../../runtime/limiter.ts";
import type { Logger } from "../../runtime/logger.ts";
import { startWorkerProcess, WorkerDied, type WorkerProcess } from "./worker-process.ts";

export type TaskFailure =
	| "decode-timeout"
	/** The worker died with the task in its hands. */
	| "decoder-crashed"
	/** There was no worker to be had, or the task threw. */
	| "worker-lost"
	| "deadline-exceeded";
export type TaskOutcome<O> =
	| { readonly kind: "done"; readonly output: O }
	| { readonly kind: "failed"; readonly reason: TaskFailure };

export interface WorkerPool<I, O> {
	/** `signal` gives up on the task, whether it waits or runs: `deadline-exceeded`. */
	run(input: I, signal?: AbortSignal): Promise<TaskOutcome<O>>;
	[Symbol.asyncDispose](): Promise<void>;
}

/** Several times what the largest allowed picture takes; a worker that keeps more after its task is replaced. */
const maxKeptBytes = 1_073_741_824;

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
		let endedFor: TaskFailure | null = null;
		const end = (reason: TaskFailure) => {
			endedFor = reason;
			worker.end();
		};
		const onAbort = () => end("deadline-exceeded");
		signal?.addEventListener("abort", onAbort, { once: true });
		let timer: NodeJS.Timeout | undefined;
		try {
			await worker.started;
			timer = setTimeout(() => end("decode-timeout"), timeoutMs);
			const { output, rssBytes } = await worker.run(input);
			if (rssBytes > maxKeptBytes) {
				logger.warn({ event: "worker-outgrown", rssBytes });
				worker.end();
			}
			return { kind: "done", output };
		} catch (error) {
			const reason = endedFor ?? (error instanceof WorkerDied ? "decoder-crashed" : "worker-lost");
			logger.warn({ event: "worker-task-failed", reason, err: error });
			return { kind: "failed", reason };
		} finally {
			clearTimeout(timer);
			signal?.removeEventListener("abort", onAbort);
			workers.giveBack(worker);
		}
	};
	return {
		run: (input, signal) => inTurn(() => runNow(input, signal)),
		[Symbol.asyncDispose]: async () => workers.close(),
	};
}

/** Started when they are first needed, one of them ahead; kept for the next task. */
function createWorkers<I extends object, O>(file: string) {
	const all = new Set<WorkerProcess<I, O>>();
	const free: WorkerProcess<I, O>[] = [];
	let isClosed = false;
	const start = () => {
		const worker = startWorkerProcess<I, O>(file);
		all.add(worker);
		return worker;
	};
	free.push(start());
	return {
		/** Null once they are closed. */
		take(): WorkerProcess<I, O> | null {
			if (isClosed) return null;
			for (let worker = free.pop(); worker !== undefined; worker = free.pop()) {
				if (worker.isAlive()) return worker;
				all.delete(worker);
			}
			return start();
		},
		giveBack(worker: WorkerProcess<I, O>): void {
			if (worker.isAlive()) free.push(worker);
			else all.delete(worker);
			if (free.length === 0 && !isClosed) free.push(start());
		},
		close(): void {
			isClosed = true;
			for (const worker of all) worker.end();
		},
	};
}
