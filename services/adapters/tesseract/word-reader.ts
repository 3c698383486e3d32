import type { DrawnWriting, WordReader, WordsRead } from "../../core/ports/word-reader.ts";
import type { Logger } from "../../runtime/logger.ts";
import { workerFile } from "../../runtime/worker-file.ts";
import { createWorkerPool } from "../../runtime/worker-pool.ts";
import type { TaskOutcome } from "../../runtime/worker-set.ts";
import type { ReadWordsOutput } from "./read-words.worker.ts";

export interface WordReaderOptions {
	readonly workers: number;
	/** For one picture, from when a worker has it. */
	readonly timeoutMs: number;
	readonly logger: Logger;
	/** What the workers run, compiled; tests put one there that crashes. */
	readonly file?: string;
}

/** Each holds its picture in memory. */
const mostWaiting = 64;

/** Reads Vietnamese and English with Tesseract, in processes that can be lost. */
export function createWordReader({ workers, timeoutMs, logger, ...options }: WordReaderOptions): WordReader {
	const file = options.file ?? workerFile(import.meta.url, "./read-words.worker.ts");
	// Most policies ask for no reading: then nothing of it is started.
	let pool: ReturnType<typeof createWorkerPool<DrawnWriting, ReadWordsOutput>> | null = null;
	let waiting = 0;
	return {
		version: "tesseract-5-vie-eng+words-1",
		async read(writing, signal) {
			if (waiting >= mostWaiting) return { kind: "unavailable", reason: "overloaded" };
			pool ??= createWorkerPool({ file, workers, timeoutMs, logger });
			waiting += 1;
			try {
				return toWordsRead(await pool.run(writing, signal));
			} finally {
				waiting -= 1;
			}
		},
		async [Symbol.asyncDispose]() {
			await pool?.[Symbol.asyncDispose]();
		},
	};
}

/** What takes too long, or breaks the reader, is the picture's own fault; nobody reads it again. */
function toWordsRead(outcome: TaskOutcome<ReadWordsOutput>): WordsRead {
	if (outcome.kind === "done")
		return outcome.output === null
			? { kind: "unavailable", reason: "words-not-read" }
			: { kind: "read", text: outcome.output.text };
	const isItsOwn = outcome.reason === "decode-timeout" || outcome.reason === "decoder-crashed";
	return { kind: "unavailable", reason: isItsOwn ? "words-not-read" : outcome.reason };
}
