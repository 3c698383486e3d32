import sharp from "sharp";
import { exactHashes } from "../../core/hashes/exact/exact-hashes.ts";
import { framingsVersion } from "../../core/hashes/pdq/framings.ts";
import type { ImageExamination, ImageExaminer } from "../../core/ports/image-examiner.ts";
import type { UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import type { Logger } from "../../runtime/logger.ts";
import { workerFile } from "../../runtime/worker-file.ts";
import type { ExamineInput, ExamineOutput } from "./examine-image.worker.ts";
import { createWorkerPool, type TaskOutcome } from "./worker-pool.ts";

export interface ImageExaminerOptions {
	readonly workers: number;
	/** Edge of the model's square input, pixels; null where no model will look. */
	readonly modelSize: number | null;
	readonly limits: {
		readonly maxBytes: number;
		readonly maxPixels: number;
		readonly timeoutMs: number;
		/** Frames of an animation that a model looks at. All are hashed, but where a model looks at none: then only the first is. */
		readonly maxFrames: number;
	};
	readonly logger: Logger;
	/** What the workers run, compiled; tests put one there that crashes. */
	readonly file?: string;
}

export function createImageExaminer(options: ImageExaminerOptions): ImageExaminer {
	const { workers, modelSize, logger } = options;
	const { maxBytes, maxPixels, timeoutMs, maxFrames } = options.limits;
	const file = options.file ?? workerFile(import.meta.url, "./examine-image.worker.ts");
	const pool = createWorkerPool<ExamineInput, ExamineOutput>({ file, workers, timeoutMs, logger });
	return {
		version: `vips-${sharp.versions.vips}+pdq-1+${framingsVersion}`,
		async examine(bytes, signal) {
			if (bytes.length > maxBytes) {
				return unexamined(bytes, "too-many-bytes");
			}
			const task = { bytes, modelSize, maxPixels, maxFrames, timeoutMs };
			let outcome = await pool.run(task, signal);
			// That may be anybody's fault, and be so again: memory that ran out, somebody who ended the process. Three times is the picture's.
			for (let again = 0; again < retriesOfCrash && isCrash(outcome); again += 1)
				outcome = await pool.run(task, signal);
			if (outcome.kind === "done") return outcome.output;
			return unexamined(bytes, outcome.reason);
		},
		[Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
	};
}

const retriesOfCrash = 2;

function isCrash(outcome: TaskOutcome<ExamineOutput>): boolean {
	return outcome.kind === "failed" && outcome.reason === "decoder-crashed";
}

/** Exact matching never depends on a decoder, nor on the process that was lost. */
function unexamined(bytes: Uint8Array, reason: UnavailableReason): ImageExamination {
	return { kind: "unavailable", reason, mediaType: null, hashes: { ...exactHashes(bytes), pdq: null }, frames: [] };
}
