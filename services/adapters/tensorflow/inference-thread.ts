import { SHARE_ENV, Worker } from "node:worker_threads";
import type { ModelBackend } from "../../core/scoring/model-registry.ts";
import type { Usage } from "./backend.ts";
import type { PassedOver, ThreadMessage, ThreadOrder } from "./thread-messages.ts";

type BatchOutcome =
	| { readonly kind: "scored"; readonly outputs: Float32Array; readonly usage: Usage }
	/** The backend refused the batch, the thread lives on. */
	| { readonly kind: "failed" }
	/** The thread is gone, and so is what it was working on. */
	| { readonly kind: "lost"; readonly reason: "backend-failed" | "deadline-exceeded" };

export interface InferenceThread {
	readonly backend: ModelBackend;
	/** What it held after its first picture. */
	readonly baseline: Usage;
	readonly passedOver: readonly PassedOver[];
	/** One batch at a time. A thread that has not answered within `timeoutMs` is ended. */
	run(rgb: Uint8Array, count: number, timeoutMs: number): Promise<BatchOutcome>;
	/** Resolves when the thread is gone, for whatever reason. */
	readonly ended: Promise<void>;
	/** Does not wait: a thread stuck in native code cannot be interrupted, only forgotten. `ended` tells when it is gone. */
	end(): void;
}

export interface ThreadSource {
	/** A compiled worker file that speaks thread-messages.ts. */
	readonly file: string | URL;
	readonly start: unknown;
	readonly startTimeoutMs: number;
	/** Where the heap would outgrow this, the thread ends, and only the thread. */
	readonly maxHeapBytes?: number;
}

const mebibyte = 2 ** 20;

/** Starts a thread and waits until its backend is ready. Rejects where none of its backends works. */
export async function openInferenceThread(source: ThreadSource): Promise<InferenceThread> {
	const { file, start, startTimeoutMs, maxHeapBytes } = source;
	const resourceLimits =
		maxHeapBytes === undefined ? {} : { maxOldGenerationSizeMb: Math.ceil(maxHeapBytes / mebibyte) };
	const worker = new Worker(file, { workerData: start, env: SHARE_ENV, resourceLimits });
	const inbox = createInbox(worker);
	const ended = new Promise<void>((resolve) => {
		worker.once("exit", () => resolve());
	});
	const first = await inbox.next(startTimeoutMs);
	if (first.kind !== "message" || first.message.kind !== "ready") {
		void worker.terminate();
		throw new Error(`no model backend could be started: ${whyNot(first)}`);
	}
	const { backend, usage: baseline, passedOver } = first.message;
	// An idle thread must not keep a finished process alive.
	worker.unref();
	const tell = (order: ThreadOrder, moved: readonly ArrayBuffer[] = []) => worker.postMessage(order, moved);
	const end = () => {
		// What it was working on is lost from here on, whether or not it still comes to its end.
		inbox.close("it was ended");
		// ONNX Runtime takes the whole process along where its thread is terminated within a run: it ends by itself, after it.
		if (backend === "onnx") tell("end");
		else void worker.terminate();
	};
	let batch = 0;
	return {
		backend,
		baseline,
		passedOver,
		ended,
		async run(rgb, count, timeoutMs) {
			batch += 1;
			worker.ref();
			tell({ batch, count, rgb }, rgb.byteLength === rgb.buffer.byteLength ? [rgb.buffer as ArrayBuffer] : []);
			const answer = await inbox.next(timeoutMs);
			worker.unref();
			if (answer.kind === "message" && answer.message.kind === "scored") {
				const { outputs, usage } = answer.message;
				return { kind: "scored", outputs, usage };
			}
			if (answer.kind === "message" && answer.message.kind === "failed") return { kind: "failed" };
			end();
			return { kind: "lost", reason: answer.kind === "timeout" ? "deadline-exceeded" : "backend-failed" };
		},
		end,
	};
}

type Arrival =
	| { readonly kind: "message"; readonly message: ThreadMessage }
	| { readonly kind: "ended"; readonly cause: string }
	| { readonly kind: "timeout" };

interface Inbox {
	/** The next word of a worker: a message, its end, or nothing in time. */
	next(timeoutMs: number): Promise<Arrival>;
	/** From here on it has ended, as far as anybody waits for its word. */
	close(cause: string): void;
}

function createInbox(worker: Worker): Inbox {
	let take: ((arrival: Arrival) => void) | null = null;
	let ended: Arrival | null = null;
	const put = (arrival: Arrival) => {
		const taker = take;
		take = null;
		taker?.(arrival);
	};
	const close = (cause: string) => {
		ended ??= { kind: "ended", cause };
		put(ended);
	};
	worker.on("message", (message: ThreadMessage) => put({ kind: "message", message }));
	worker.on("error", (error) => close(error.message.slice(0, 300)));
	worker.on("exit", (code) => close(`it exited with ${code}`));
	return {
		close,
		next(timeoutMs) {
			if (ended !== null) return Promise.resolve(ended);
			return new Promise((resolve) => {
				const timer = setTimeout(() => put({ kind: "timeout" }), timeoutMs);
				take = (arrival) => {
					clearTimeout(timer);
					resolve(arrival);
				};
			});
		},
	};
}

function whyNot(arrival: Arrival): string {
	if (arrival.kind === "timeout") return "it took too long";
	if (arrival.kind === "ended") return arrival.cause;
	if (arrival.message.kind !== "unusable") return "it spoke out of turn";
	return arrival.message.passedOver.map(({ backend, message }) => `${backend} (${message})`).join(", ");
}
