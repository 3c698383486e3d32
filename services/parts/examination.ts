// What pictures are examined and scored with: the same for the detector, the command line and the demonstration.
import { createContainerExaminer } from "../adapters/containers/container-examiner.ts";
import type { WalkLimits } from "../adapters/containers/walk-members.ts";
import { createVideoExaminer, listedStillEveryMs } from "../adapters/ffmpeg/video-examiner.ts";
import { createImageExaminer } from "../adapters/sharp/image-examiner.ts";
import { loadModelFiles, readRegistry } from "../adapters/tensorflow/load-model-files.ts";
import { openTextScorer } from "../adapters/tensorflow/load-text-model.ts";
import { createTensorflowCascade, isPrepared } from "../adapters/tensorflow/tensorflow-cascade.ts";
import { createWordReader } from "../adapters/tesseract/word-reader.ts";
import type { ImageExaminer, MediaExaminer } from "../core/ports/image-examiner.ts";
import type { Scorer } from "../core/ports/scorer.ts";
import type { TextScorer } from "../core/ports/text-scorer.ts";
import type { WordReader } from "../core/ports/word-reader.ts";
import { createFitted } from "../core/scoring/fitted.ts";
import type { Model } from "../core/scoring/model-registry.ts";
import type { Config } from "../runtime/config.ts";
import type { Logger } from "../runtime/logger.ts";
import { fromPackageRoot } from "../runtime/package-root.ts";

/** Edge of the models' square input, pixels. */
const modelSize = 224;
const framesExamined = 8;
/** For one video; what has not been looked at by then is said to be missing. */
const videoTimeoutMs = 60_000;
const listingTimeoutMs = 4 * videoTimeoutMs;
/** For one container, with all that is in it. */
const containerTimeoutMs = 120_000;
/** For the words of one picture; a page of close print takes a few seconds. */
const readingTimeoutMs = 20_000;
const modelsDir = fromPackageRoot("models");

interface ExaminerParts {
	readonly config: Config;
	readonly logger: Logger;
}

interface ExaminerOverrides {
	/** Workers, compiled, in place of its own; tests put some there that crash. */
	readonly pictureFile?: string;
	readonly videoFile?: string;
	readonly videoTimeoutMs?: number;
	/** Videos are to be listed in a bank: four stills a second, for which there is more time. */
	readonly listsVideos?: boolean;
}

/** The examiner of pictures, videos, and of files that hold them. */
export function openExaminer(parts: ExaminerParts, overrides: ExaminerOverrides = {}): MediaExaminer {
	const { pictureFile, videoFile, listsVideos = false } = overrides;
	const timeoutMs = overrides.videoTimeoutMs ?? (listsVideos ? listingTimeoutMs : videoTimeoutMs);
	const listing = listsVideos ? { stillEveryMs: listedStillEveryMs } : {};
	const { config, logger } = parts;
	const { examinerWorkers: workers } = config.detector;
	const pictures = createImageExaminer({
		...examinerOptions(parts, framesExamined),
		modelSize,
		...(pictureFile && { file: pictureFile }),
	});
	const videos = createVideoExaminer(
		{ ...videoOptions(parts, timeoutMs), workers, modelSize, ...listing, ...(videoFile && { file: videoFile }) },
		pictures,
	);
	return createContainerExaminer({ workers, limits: containerLimits(config), logger }, videos);
}

/** An honest archive is far from each of them; who makes one that is not sends it to people. */
function containerLimits({ limits: { maxMediaBytes }, detector: { maxPixels } }: Config): WalkLimits {
	return {
		...{ depth: 3, members: 2_000, pages: 64, ratio: 200, maxPixels, timeoutMs: containerTimeoutMs },
		...{ memberBytes: maxMediaBytes, bytes: 536_870_912, letters: 500_000 },
	};
}

/** The reader of words in pictures; nothing of it is started until something is to be read. */
export function openWordReader({ config, logger }: ExaminerParts): WordReader {
	return createWordReader({ workers: config.detector.examinerWorkers, timeoutMs: readingTimeoutMs, logger });
}

/** For hashes alone: the first frame of a picture, the stills of a video, and no pixels for a model. */
export function openHasher(parts: ExaminerParts, workers = parts.config.detector.examinerWorkers): ImageExaminer {
	const pictures = createImageExaminer({ ...examinerOptions(parts, 1), workers, modelSize: null });
	return createVideoExaminer({ ...videoOptions(parts), workers, modelSize: null }, pictures);
}

function videoOptions({ config: { detector }, logger }: ExaminerParts, timeoutMs = videoTimeoutMs) {
	const limits = { maxPixels: detector.maxPixels, maxFrames: framesExamined, timeoutMs };
	return { limits, logger, program: detector.ffmpeg };
}

function examinerOptions({ config, logger }: ExaminerParts, maxFrames: number) {
	const {
		examinerWorkers: workers,
		maxPixels,
		decodeTimeoutMs: timeoutMs,
		maxDecodeCostMs: maxCostMs,
	} = config.detector;
	return {
		workers,
		limits: { maxBytes: config.limits.maxMediaBytes, maxPixels, timeoutMs, maxFrames, maxCostMs },
		logger,
	};
}

export interface Models {
	/** The model that speaks where nobody has decided otherwise. */
	readonly configured: string;
	/**
	 * A model with those asked where it is unsure, for the examiner's squares; `wrap` is put around each. Rejects where the files
	 * are not what the registry says, or no backend works here.
	 */
	open(id: string, wrap?: (scorer: Scorer, model: Model) => Scorer): Promise<Scorer>;
}

/** Null where the operator runs without a model. */
export function openModels({ config, logger }: { readonly config: Config; readonly logger: Logger }): Models | null {
	const { id: configured, backend, deadlineMs, batchSize, batchWaitMs: maxWaitMs, maxQueued } = config.model;
	if (backend === "off") return null;
	return {
		configured,
		async open(model, wrap) {
			const scorer = await createTensorflowCascade({
				modelsDir,
				dataDir: config.dataDir,
				model,
				backend,
				batchSize,
				maxWaitMs,
				deadlineMs,
				maxQueued,
				logger,
				...(wrap === undefined ? {} : { wrap }),
			});
			return createFitted(scorer, modelSize);
		},
	};
}

/** Null where the operator runs without one. Rejects where the model's files are not what the registry says. */
export async function openTextModel({ model: { textId } }: Config): Promise<TextScorer | null> {
	return textId === "off" ? null : openTextScorer(modelsDir, textId);
}

/** The registry, each model with whether its files are here. */
export async function listModels(): Promise<readonly (Model & { readonly isPrepared: boolean })[]> {
	const registry = await readRegistry(modelsDir);
	return registry.models.map((model) => ({ ...model, isPrepared: isPrepared(registry, modelsDir, model.id) }));
}

/** Rejects where the model's files are missing or are not what the registry says. */
export async function checkModel(id: string): Promise<Model> {
	return (await loadModelFiles(modelsDir, id)).model;
}
