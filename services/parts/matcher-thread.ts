// The banks' matcher in a thread of its own: no search, no change of a bank and no start from a snapshot holds up the event loop.
// Answers come in the order of asking, so whoever asks after a change was applied is answered with it.
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { BankChange } from "../core/banks/bank.ts";
import { type BankLookUps, matcherVersion } from "../core/banks/bank-matcher.ts";
import { BreakwaterError } from "../core/errors.ts";
import type { Clock } from "../core/ports/clock.ts";
import { compiledFile, workerFile } from "../runtime/worker-file.ts";
import type { MatcherAnswer, MatcherCalls, MatcherRequest } from "./matcher-thread.worker.ts";

/** More than a thread answers soon: whoever asks must slow down. Ten times what a detector has under way. */
const mostWaiting = 5_000;

export interface MatcherThread extends AsyncDisposable {
	readonly lookUps: BankLookUps;
	apply(changes: readonly BankChange[]): Promise<void>;
	ask<C extends keyof MatcherCalls>(
		call: C,
		argument: Parameters<MatcherCalls[C]>[0],
	): Promise<Awaited<ReturnType<MatcherCalls[C]>>>;
}

interface Waiting {
	readonly resolve: (value: unknown) => void;
	readonly reject: (error: unknown) => void;
}

/**
 * `onApplied` is called for each change, before whoever asked after it is answered. A thread that ends by itself ends the
 * process: without banks nothing could be said of any picture, and what is not settled by then comes again.
 */
export function openMatcherThread(deps: {
	readonly clock: Clock;
	readonly onApplied: (change: BankChange) => void;
	/** Modules of types of hash that this process has besides those of the catalogue. */
	readonly textHashes?: readonly URL[];
}): MatcherThread {
	const isSource = import.meta.url.endsWith(".ts");
	const textHashes = (deps.textHashes ?? []).map((module) => pathToFileURL(compiledFile(module, isSource)).href);
	const worker = new Worker(workerFile(import.meta.url, "./matcher-thread.worker.ts"), { workerData: textHashes });
	const waiting = new Map<number, Waiting>();
	let requests: MatcherRequest[] = [];
	let lastId = 0;
	let isClosed = false;

	/** What is asked in one turn of the event loop goes in one message. */
	const post = () => {
		worker.postMessage(requests);
		requests = [];
	};
	const put = (call: keyof MatcherCalls, argument: unknown, answered: Waiting): void => {
		if (isClosed) {
			answered.reject(new Error("the banks are closed"));
			return;
		}
		lastId += 1;
		waiting.set(lastId, answered);
		if (waiting.size === 1) worker.ref();
		if (requests.length === 0) setImmediate(post);
		requests.push({ id: lastId, call, argument });
	};
	const ask: MatcherThread["ask"] = <C extends keyof MatcherCalls>(call: C, argument: Parameters<MatcherCalls[C]>[0]) =>
		new Promise<Awaited<ReturnType<MatcherCalls[C]>>>((answer, reject) => {
			// What the thread answers is what its calls' types say.
			put(call, argument, { resolve: answer as Waiting["resolve"], reject });
		});
	/** A look-up, of which there may be more than can be answered. */
	const look: MatcherThread["ask"] = (call, argument) => {
		if (waiting.size < mostWaiting) return ask(call, argument);
		return Promise.reject(new BreakwaterError("rate-limited"));
	};
	worker.on("message", (answers: readonly MatcherAnswer[]) => {
		for (const answer of answers) {
			const { resolve, reject } = waiting.get(answer.id) ?? {};
			waiting.delete(answer.id);
			if ("error" in answer) reject?.(answer.error);
			else resolve?.(answer.value);
		}
		if (waiting.size === 0) worker.unref();
	});
	worker.unref();
	return {
		ask,
		apply: (changes) =>
			new Promise((resolve, reject) => {
				const applied = () => {
					for (const change of changes) deps.onApplied(change);
					resolve();
				};
				put("apply", changes, { resolve: applied, reject });
			}),
		lookUps: {
			version: matcherVersion(),
			match: (hashes, frames = [], isPart = false) =>
				look("match", { nowMs: deps.clock.now(), hashes, frames, isPart }),
			matchText: (text) => look("matchText", { nowMs: deps.clock.now(), text }),
			lookUp: (...query) => look("lookUp", query),
			hasSounds: () => look("hasSounds", null),
			mayExempt: () => look("mayExempt", { nowMs: deps.clock.now() }),
		},
		async [Symbol.asyncDispose]() {
			isClosed = true;
			await worker.terminate();
			for (const { reject } of waiting.values()) reject(new Error("the banks are closed"));
			waiting.clear();
		},
	};
}
