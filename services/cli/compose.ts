// What commands are made of: the shared parts for those that touch the record, a scanner for those that only look at files.
import { hashPassword } from "../adapters/argon2/password-hasher.ts";
import { createImageExaminer } from "../adapters/sharp/image-examiner.ts";
import { createTensorflowScorer } from "../adapters/tensorflow/tensorflow-scorer.ts";
import { openParts, type Parts } from "../composition/parts.ts";
import type { ImageExaminer } from "../core/ports/image-examiner.ts";
import type { Scorer } from "../core/ports/scorer.ts";
import { createClosing } from "../runtime/closing.ts";
import { type Config, readConfig } from "../runtime/config.ts";
import { createLogger } from "../runtime/logger.ts";
import { fromPackageRoot } from "../runtime/package-root.ts";

/** Commands say little unless something is wrong. */
function commandConfig(): Config {
	const config = readConfig();
	return { ...config, logLevel: config.logLevel === "info" ? "warn" : config.logLevel };
}

export async function withParts<T>(use: (parts: Parts) => Promise<T>): Promise<T> {
	await using parts = await openParts(commandConfig(), "cli");
	return await use(parts);
}

export { hashPassword };

export interface Scanner extends AsyncDisposable {
	readonly examiner: ImageExaminer;
	/** Null with `--no-model`. */
	readonly scorer: Scorer | null;
	readonly maxBytes: number;
	readonly workers: number;
}

export async function openScanner(options: { readonly withModel: boolean }): Promise<Scanner> {
	const config = commandConfig();
	const logger = createLogger({ level: config.logLevel, name: "cli" });
	const closing = createClosing();
	const { examinerWorkers: workers, maxPixels, decodeTimeoutMs: timeoutMs } = config.detector;
	const maxBytes = config.limits.maxMediaBytes;
	const limits = { maxBytes, maxPixels, timeoutMs, maxFrames: 8 };
	const examiner = closing.keep(createImageExaminer({ workers, modelSize: 224, limits, logger }));
	const { id: model, backend, deadlineMs } = config.model;
	const scorer =
		options.withModel && backend !== "off"
			? closing.keep(
					await createTensorflowScorer({
						modelsDir: fromPackageRoot("models"),
						dataDir: config.dataDir,
						model,
						backend,
						batchSize: 16,
						maxWaitMs: 5,
						deadlineMs: Math.max(deadlineMs, 60_000),
						maxQueued: 256,
						logger,
					}),
				)
			: null;
	return { examiner, scorer, maxBytes, workers, [Symbol.asyncDispose]: () => closing[Symbol.asyncDispose]() };
}
