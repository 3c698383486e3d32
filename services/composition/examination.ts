// What pictures are examined and scored with: the same for the detector, the command line and the demonstration.
import { createImageExaminer } from "../adapters/sharp/image-examiner.ts";
import { createTensorflowCascade } from "../adapters/tensorflow/tensorflow-cascade.ts";
import type { ImageExaminer } from "../core/ports/image-examiner.ts";
import type { Scorer } from "../core/ports/scorer.ts";
import type { Config } from "../runtime/config.ts";
import type { Logger } from "../runtime/logger.ts";
import { fromPackageRoot } from "../runtime/package-root.ts";

/** Edge of the models' square input, pixels. */
const modelSize = 224;
const framesExamined = 8;

interface ExaminerParts {
	readonly config: Config;
	readonly logger: Logger;
}

export function openExaminer(parts: ExaminerParts): ImageExaminer {
	return createImageExaminer({ ...examinerOptions(parts, framesExamined), modelSize });
}

/** For hashes alone: the first frame, and no pixels for a model. */
export function openHasher(parts: ExaminerParts): ImageExaminer {
	return createImageExaminer({ ...examinerOptions(parts, 1), modelSize: null });
}

function examinerOptions({ config, logger }: ExaminerParts, maxFrames: number) {
	const { examinerWorkers: workers, maxPixels, decodeTimeoutMs: timeoutMs } = config.detector;
	return { workers, limits: { maxBytes: config.limits.maxMediaBytes, maxPixels, timeoutMs, maxFrames }, logger };
}

/**
 * The configured model and those asked where it is unsure. Null where the operator runs without a model. Rejects where the
 * model's files are not what the registry says.
 */
export async function openScorer({
	config,
	logger,
}: {
	readonly config: Config;
	readonly logger: Logger;
}): Promise<Scorer | null> {
	const { id: model, backend, deadlineMs, batchSize, batchWaitMs: maxWaitMs, maxQueued } = config.model;
	if (backend === "off") return null;
	return createTensorflowCascade({
		modelsDir: fromPackageRoot("models"),
		dataDir: config.dataDir,
		model,
		backend,
		batchSize,
		maxWaitMs,
		deadlineMs,
		maxQueued,
		logger,
	});
}
