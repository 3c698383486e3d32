// Worker processes: started when they are first needed, one of them ahead, kept for the next task; and one task in the hands of one.
import type { Logger } from "./logger.ts";
import { startWorkerProcess, WorkerDied, type WorkerProcess } from "./worker-process.ts";

type TaskFailure =
	| "decode-timeout"
	/** The worker died with the task in its hands. */
	| "decoder-crashed"
	/** There was no worker to be had, or the task threw. */
	| "worker-lost"
	/** More wait than will soon have their turn. */
	| "overloaded"
	| "deadline-exceeded";
export type TaskOutcome<O> =
	| { readonly kind: "done"; readonly output: O }
	| { readonly kind: "failed"; readonly reason: TaskFailure };

export interface Workers<I, O, P = never> {
	/** Null once they are closed. */
	take(): WorkerProcess<I, O, P> | null;
	/** At a lower priority. */
	takeLowered(): WorkerProcess<I, O, P> | null;
	/** Starts one for the next task, unless there is one. */
	startAhead(): void;
	giveBack(worker: WorkerProcess<I, O, P>): void;
	close(): void;
}

/** `mostLowered`: so many are kept that have a lower priority, which cannot be taken back: they are of no use for other tasks. */
export function createWorkers<I extends object, O, P = never>(file: string, mostLowered = 0): Workers<I, O, P> {
	const all = new Set<WorkerProcess<I, O, P>>();
	const free: WorkerProcess<I, O, P>[] = [];
	const freeLowered: WorkerProcess<I, O, P>[] = [];
	let isClosed = false;
	const start = () => {
		const worker = startWorkerProcess<I, O, P>(file);
		all.add(worker);
		return worker;
	};
	const startAhead = () => {
		if (free.length === 0 && !isClosed) free.push(start());
	};
	startAhead();
	const aliveOf = (list: WorkerProcess<I, O, P>[]) => {
		for (let worker = list.pop(); worker !== undefined; worker = list.pop()) {
			if (worker.isAlive()) return worker;
			all.delete(worker);
		}
		return null;
	};
	const take = () => (isClosed ? null : (aliveOf(free) ?? start()));
	return {
		take,
		takeLowered() {
			if (isClosed) return null;
			// Never one of the others: who is in a hurry would have to wait for the next to start.
			const worker = aliveOf(freeLowered) ?? start();
			if (!worker.isLowered()) worker.lowerPriority();
			return worker;
		},
		startAhead,
		giveBack(worker) {
			if (worker.isLowered() && freeLowered.length >= mostLowered) worker.end();
			if (worker.isAlive()) (worker.isLowered() ? freeLowered : free).push(worker);
			else all.delete(worker);
			startAhead();
		},
		close() {
			isClosed = true;
			for (const worker of all) worker.end();
		},
	};
}

/** Several times what the largest allowed picture takes; a worker that keeps more after its task is replaced. */
const maxKeptBytes = 1_073_741_824;

export interface StartedTask<O> {
	readonly outcome: Promise<TaskOutcome<O>>;
	/**
	 * What it has taken since the worker has it, ms; 0 before. By its processor where that is known: on a machine that is busy with other
	 * things the quickest task takes long, through no fault of its own. Never more than has passed.
	 */
	spentMs(): number;
	/** Ends the worker, too. */
	end(reason: TaskFailure): void;
}

/** What a worker that answers by its own limit has left beyond it; one that does not answer is ended. */
export const workerGraceMs = 5_000;

export interface TaskLimits<P = never> {
	/** Counted as {@link StartedTask.spentMs}: neither waiting for a worker nor a machine that others keep busy is the file's fault. */
	readonly timeoutMs: number;
	/** Gives up on the task: `deadline-exceeded`. */
	readonly signal: AbortSignal | undefined;
	readonly logger: Logger;
	/** Gets what the task tells before its answer. */
	readonly onPart?: (part: P) => void;
}

/** The caller gives the worker back once there is an outcome. */
export function startTask<I extends object, O, P = never>(
	worker: WorkerProcess<I, O, P>,
	input: I,
	{ timeoutMs, signal, logger, onPart }: TaskLimits<P>,
): StartedTask<O> {
	let endedFor: TaskFailure | null = null;
	let began: { readonly atMs: number; readonly processorMs: number | null } | null = null;
	const end = (reason: TaskFailure) => {
		endedFor = reason;
		worker.end();
	};
	const spentMs = () => {
		if (began === null) return 0;
		const elapsedMs = performance.now() - began.atMs;
		const now = worker.processorMs();
		if (now === null || began.processorMs === null) return elapsedMs;
		return Math.min(elapsedMs, Math.max(now - began.processorMs, elapsedMs / standstillFactor));
	};
	const run = async (): Promise<TaskOutcome<O>> => {
		const onAbort = () => end("deadline-exceeded");
		signal?.addEventListener("abort", onAbort, { once: true });
		let timer: NodeJS.Timeout | undefined;
		try {
			await worker.started;
			began = { atMs: performance.now(), processorMs: worker.processorMs() };
			const endIfSpent = () => {
				const leftMs = timeoutMs - spentMs();
				if (leftMs <= 0) return end("decode-timeout");
				timer = setTimeout(endIfSpent, Math.max(shortestWaitMs, leftMs));
			};
			endIfSpent();
			const { output, rssBytes } = await worker.run(input, onPart);
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
		}
	};
	return { outcome: run(), end, spentMs };
}

/** Linux counts processor time in steps of ten; to look more often would tell nothing. */
const shortestWaitMs = 10;

/** One that takes hardly any processor may wait for its turn, or for what never comes: so many times as long counts as its own time. */
const standstillFactor = 4;
