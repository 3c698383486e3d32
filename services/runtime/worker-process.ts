// One worker process as its parent sees it: one task at a time, and a word about why it ended.
import { fork } from "node:child_process";
import { setPriority } from "node:os";
import { processorMsOf, threadsOf } from "./processor-time.ts";
import { workerFile } from "./worker-file.ts";

/** It had a task, and will not answer any more. */
export class WorkerDied extends Error {
	constructor(how: string) {
		super(`the worker process ended: ${how}`);
		this.name = "WorkerDied";
	}
}

interface Answer<O> {
	readonly output: O;
	/** Resident memory of the worker after the task. */
	readonly rssBytes: number;
}

type WorkerMessage<O, P> = "ready" | { readonly part: P } | Answer<O> | { readonly error: string };

/** `P`: what a task tells before its answer. */
export interface WorkerProcess<I, O, P = never> {
	/** Rejects where it cannot be started. */
	readonly started: Promise<void>;
	isAlive(): boolean;
	/** Rejects with `WorkerDied`, or with what the task threw. Not while another task is under way. */
	run(input: I, onPart?: (part: P) => void): Promise<Answer<O>>;
	/** From now on it gets a tenth of what others want, and all that nobody wants. It cannot be taken back. */
	lowerPriority(): void;
	isLowered(): boolean;
	/** Processor time since it began, ms, with its children's; null where nobody tells. */
	processorMs(): number | null;
	/** SIGKILL: native code listens to nothing else. */
	end(): void;
}

/** The niceness, on a scale to 19, each step of which is a quarter less time against one who does not yield. */
const lowered = 10;
const startWithinMs = 30_000;
/** The heap of the worker's JavaScript; what the native decoder takes shows in `rssBytes`. */
const heapMebibytes = 512;
/** A picture leaves megabytes to collect, and on few processors the threads that V8 collects with wait for each other: a third more of each picture's time. */
const collectsAlone = "--single-threaded-gc";

/** `file` exports the task by default. The process gets none of our environment: no settings, no secrets. */
export function startWorkerProcess<I extends object, O, P = never>(file: string): WorkerProcess<I, O, P> {
	const child = fork(workerFile(import.meta.url, "./serve-tasks.worker.ts"), [file], {
		env: {},
		execArgv: [`--max-old-space-size=${heapMebibytes}`, collectsAlone],
		// Keeps typed arrays what they are.
		serialization: "advanced",
		stdio: ["ignore", "ignore", "ignore", "ipc"],
	});
	let isAlive = true;
	let isLowered = false;
	let task: { resolve(answer: Answer<O>): void; reject(error: Error): void; onPart(part: P): void } | null = null;
	const end = () => {
		isAlive = false;
		child.kill("SIGKILL");
	};
	const late = setTimeout(end, startWithinMs);
	// An idle worker keeps no process from ending.
	const hold = (isHeld: boolean) => {
		for (const handle of [child, child.channel]) isHeld ? handle?.ref() : handle?.unref();
	};
	const settle = (use: (waiting: NonNullable<typeof task>) => void) => {
		const waiting = task;
		task = null;
		hold(false);
		if (waiting !== null) use(waiting);
	};
	const died = (how: string) => {
		isAlive = false;
		clearTimeout(late);
		settle(({ reject }) => reject(new WorkerDied(how)));
	};
	const started = new Promise<void>((resolve, reject) => {
		// Its first message is `ready`.
		child.once("message", () => resolve());
		child.once("exit", (code, signal) => reject(new Error(`the worker did not start: ${signal ?? `code ${code}`}`)));
		child.once("error", reject);
	});
	// Nobody may be waiting for it.
	started.then(
		() => clearTimeout(late),
		() => undefined,
	);
	child.on("exit", (code, signal) => died(signal ?? `code ${code}`));
	child.on("error", ({ message }) => {
		end();
		died(message);
	});
	child.on("message", (message: WorkerMessage<O, P>) => {
		if (message !== "ready" && "part" in message) return task?.onPart(message.part);
		settle(({ resolve, reject }) => {
			if (message === "ready") return;
			if ("error" in message) reject(new Error(message.error));
			else resolve(message);
		});
	});
	return {
		started,
		isAlive: () => isAlive,
		isLowered: () => isLowered,
		processorMs: () => (child.pid === undefined ? null : processorMsOf(child.pid)),
		lowerPriority() {
			isLowered = true;
			if (child.pid !== undefined) lowerThreads(child.pid);
		},
		run: (input, onPart = () => undefined) =>
			new Promise((resolve, reject) => {
				if (!isAlive) return reject(new WorkerDied("before its task"));
				task = { resolve, reject, onPart };
				hold(true);
				child.send(input);
			}),
		end,
	};
}

/** On Linux priorities are those of threads, and it is not the first one that decodes; those to come have that of the one that starts them. */
function lowerThreads(pid: number): void {
	try {
		const threads = process.platform === "linux" ? threadsOf(pid) : [pid];
		for (const thread of threads) setPriority(thread, lowered);
	} catch {
		// It has ended, or one of its threads has: the first says so itself, and of the second nothing is left to lower.
	}
}
