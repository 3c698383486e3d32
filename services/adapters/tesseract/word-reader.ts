import type { DrawnWriting, WordReader, WordsRead } from "../../core/ports/word-reader.ts";
import { keyOf, reasonBefore } from "../../runtime/decoding/decode-in-lanes.ts";
import { type Pace, secondsPace } from "../../runtime/decoding/lane.ts";
import { createLazyLanes } from "../../runtime/decoding/lazy-lanes.ts";
import { nobody } from "../../runtime/fair-queue.ts";
import type { Logger } from "../../runtime/logger.ts";
import { workerFile } from "../../runtime/worker-file.ts";
import type { ReadWordsOutput } from "./read-words.worker.ts";

export interface WordReaderOptions {
	readonly workers: number;
	/** For one picture, from when a worker has it. */
	readonly timeoutMs: number;
	readonly logger: Logger;
	/** What the workers run, compiled; tests put one there that crashes. */
	readonly file?: string;
	/** When a picture is in the way of others; tests are in a hurry. */
	readonly pace?: Pace;
}

/** Each holds its picture in memory. */
const room = { files: 64, ofOne: 32 };

const notRead = { kind: "unavailable", reason: "words-not-read" } as const;

/** Reads Vietnamese and English with Tesseract, in processes that can be lost, and in turns of the platforms. */
export function createWordReader({ workers, pace = secondsPace, ...options }: WordReaderOptions): WordReader {
	// Most policies ask for no reading: then nothing of it is started.
	const lanes = createLazyLanes<DrawnWriting, ReadWordsOutput, WordsRead>({
		...{ ...options, file: options.file ?? workerFile(import.meta.url, "./read-words.worker.ts") },
		...{ decoders: workers, isSlow: () => false, pace, room },
	});
	return {
		version: "tesseract-5-vie-eng+words-1",
		async read(writing, signal, owner = nobody) {
			const key = keyOf(writing.grey, null);
			const outcome = await lanes.run({ key, owner }, () => writing, signal);
			if (outcome.kind === "remembered") return outcome.examination;
			if (outcome.kind === "done")
				return outcome.output === null ? notRead : { kind: "read", text: outcome.output.text };
			// What takes too long, or breaks the reader, is the picture's own fault; nobody reads it again.
			if (reasonBefore(outcome.reason) === null) return { kind: "unavailable", reason: outcome.reason };
			lanes.failed(key(), notRead);
			return notRead;
		},
		[Symbol.asyncDispose]: () => lanes[Symbol.asyncDispose](),
	};
}
