import type { ScoreFailure } from "../../core/ports/scorer.ts";
import type { ModelBackend } from "../../core/scoring/model-registry.ts";
import { endsWithin } from "../../runtime/ends-within.ts";
import type { Logger } from "../../runtime/logger.ts";
import type { Usage } from "./backend.ts";
import type { InferenceThread } from "./inference-thread.ts";

export type InferenceOutcome =
	| { readonly kind: "output"; readonly output: Float32Array; readonly backend: ModelBackend }
	| { readonly kind: "unavailable"; readonly reason: ScoreFailure };

export interface InferencePool {
	/** Always answers, at the latest after the deadline. */
	infer(rgb: Uint8Array): Promise<InferenceOutcome>;
	[Symbol.asyncDispose](): Promise<void>;
}

export interface InferencePoolOptions {
	readonly openThread: () => Promise<InferenceThread>;
	/** A thread that is open already, so that a model that cannot run is known at start-up. */
	readonly first: InferenceThread;
	readonly threads: number;
	readonly batchSize: number;
	/** How long a picture may wait for others to share its batch, where pictures come that close together. */
	readonly maxWaitMs: number;
	/** From the question to its answer; also how long one batch may keep a thread. */
	readonly deadlineMs: number;
	readonly maxQueued: number;
	/** A thread that holds more than this is replaced. */
	readonly maxThreadBytes: number;
	readonly logger: Logger;
}

interface Waiting {
	readonly rgb: Uint8Array;
	/** When it goes even in a batch that is not full. */
	readonly dueAt: number;
	readonly settle: (outcome: InferenceOutcome) => void;
}

const firstPauseMs = 100;
const longestPauseMs = 10_000;
const longestEndMs = 5_000;

/**
 * Spreads pictures over threads in batches. The queue is bounded, every picture has a deadline, and a thread that dies,
 * hangs, leaks or grows is replaced; the pictures it had are answered as unavailable.
 */
export function createInferencePool(options: InferencePoolOptions): InferencePool {
	const pool = new Pool(options);
	return {
		infer: (rgb) => pool.infer(rgb),
		async [Symbol.asyncDispose]() {
			await pool.close();
		},
	};
}

class Pool {
	readonly #options: InferencePoolOptions;
	readonly #queue: Waiting[] = [];
	readonly #idle: InferenceThread[] = [];
	readonly #live = new Set<InferenceThread>();
	#pauseMs = 0;
	#cancelBatch: (() => void) | null = null;
	#isClosed = false;

	constructor(options: InferencePoolOptions) {
		this.#options = options;
		this.#admit(options.first);
		for (let more = 1; more < options.threads; more++) void this.#open();
	}

	infer(rgb: Uint8Array): Promise<InferenceOutcome> {
		if (this.#isClosed) return Promise.resolve({ kind: "unavailable", reason: "backend-failed" });
		if (this.#queue.length >= this.#options.maxQueued)
			return Promise.resolve({ kind: "unavailable", reason: "overloaded" });
		return new Promise((resolve) => {
			const timer = setTimeout(() => {
				const at = this.#queue.indexOf(waiting);
				if (at !== -1) this.#queue.splice(at, 1);
				resolve({ kind: "unavailable", reason: "deadline-exceeded" });
			}, this.#options.deadlineMs);
			const settle = (outcome: InferenceOutcome) => {
				clearTimeout(timer);
				resolve(outcome);
			};
			const waiting = { rgb, dueAt: this.#dueAt(), settle };
			this.#queue.push(waiting);
			this.#dispatch();
		});
	}

	/** Waiting for company pays only where there is company: a picture that comes alone goes at once. */
	#dueAt(): number {
		const isAlone = this.#queue.length === 0 && this.#idle.length === this.#live.size;
		return performance.now() + (isAlone ? 0 : this.#options.maxWaitMs);
	}

	/** Waits until the threads are gone, for as long as one picture takes: a process that ends with a thread in native code may be aborted. */
	async close(): Promise<void> {
		this.#isClosed = true;
		this.#cancelBatch?.();
		for (const { settle } of this.#queue.splice(0)) settle({ kind: "unavailable", reason: "backend-failed" });
		const live = [...this.#live];
		for (const thread of live) thread.end();
		await endsWithin(longestEndMs, Promise.all(live.map(({ ended }) => ended)));
	}

	/** Fills idle threads: where there is enough for a full batch at once, else when the oldest picture is due. */
	#dispatch(): void {
		if (this.#queue.length >= this.#options.batchSize) this.#fillThreads();
		const [oldest] = this.#queue;
		if (this.#idle.length === 0 || oldest === undefined || this.#cancelBatch !== null) return;
		const waitMs = oldest.dueAt - performance.now();
		const run = () => this.#dispatchDue();
		// At the earliest after what the caller is doing now: pictures asked for together belong together. A timer takes 1 ms or more.
		if (waitMs <= 0) {
			const soon = setImmediate(run);
			this.#cancelBatch = () => clearImmediate(soon);
		} else {
			const timer = setTimeout(run, Math.ceil(waitMs));
			this.#cancelBatch = () => clearTimeout(timer);
		}
	}

	#dispatchDue(): void {
		this.#cancelBatch = null;
		const [oldest] = this.#queue;
		if (oldest !== undefined && oldest.dueAt <= performance.now()) this.#fillThreads();
		this.#dispatch();
	}

	/** Shares out what waits: a thread left idle beside a large batch would be a core left idle. */
	#fillThreads(): void {
		const share = Math.min(this.#options.batchSize, Math.ceil(this.#queue.length / this.#idle.length));
		while (this.#idle.length > 0 && this.#queue.length > 0) {
			const thread = this.#idle.pop();
			if (thread !== undefined) void this.#run(thread, this.#queue.splice(0, share));
		}
	}

	async #run(thread: InferenceThread, batch: readonly Waiting[]): Promise<void> {
		const outcome = await thread.run(joined(batch), batch.length, this.#options.deadlineMs);
		if (outcome.kind === "scored") {
			this.#pauseMs = 0;
			const length = outcome.outputs.length / batch.length;
			batch.forEach(({ settle }, at) => {
				const output = outcome.outputs.slice(at * length, (at + 1) * length);
				settle({ kind: "output", output, backend: thread.backend });
			});
			this.#keepOrReplace(thread, outcome.usage);
			return;
		}
		const reason = outcome.kind === "lost" ? outcome.reason : "backend-failed";
		for (const { settle } of batch) settle({ kind: "unavailable", reason });
		this.#options.logger.warn({ event: "inference-failed", reason, outcome: outcome.kind, pictures: batch.length });
		if (outcome.kind === "lost") this.#replace(thread);
		else this.#release(thread);
	}

	#keepOrReplace(thread: InferenceThread, usage: Usage): void {
		const { maxThreadBytes, logger } = this.#options;
		const hasLeaked = usage.tensors > thread.baseline.tensors;
		if (!hasLeaked && usage.bytes <= maxThreadBytes) {
			this.#release(thread);
			return;
		}
		logger.warn({ event: "inference-thread-replaced", why: hasLeaked ? "leaked-tensors" : "memory", ...usage });
		this.#replace(thread);
	}

	#release(thread: InferenceThread): void {
		this.#idle.push(thread);
		this.#dispatch();
	}

	#admit(thread: InferenceThread): void {
		if (this.#isClosed) {
			thread.end();
			return;
		}
		this.#live.add(thread);
		void thread.ended.then(() => this.#replace(thread));
		this.#release(thread);
	}

	/** Whoever notices first that a thread must go, its user or its end, has it replaced; once. */
	#replace(thread: InferenceThread): void {
		if (!this.#live.delete(thread)) return;
		const at = this.#idle.indexOf(thread);
		if (at !== -1) this.#idle.splice(at, 1);
		thread.end();
		if (!this.#isClosed) void this.#open();
	}

	/** The first replacement comes at once; where threads keep failing, each further one waits twice as long. */
	async #open(): Promise<void> {
		const pauseMs = this.#pauseMs;
		this.#pauseMs = Math.min(longestPauseMs, Math.max(firstPauseMs, pauseMs * 2));
		if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs).unref());
		if (this.#isClosed) return;
		try {
			this.#admit(await this.#options.openThread());
		} catch (error) {
			this.#options.logger.error({ event: "inference-thread-not-opened", err: error });
			void this.#open();
		}
	}
}

function joined(batch: readonly Waiting[]): Uint8Array {
	const all = new Uint8Array(batch.reduce((sum, { rgb }) => sum + rgb.length, 0));
	let offset = 0;
	for (const { rgb } of batch) {
		all.set(rgb, offset);
		offset += rgb.length;
	}
	return all;
}
