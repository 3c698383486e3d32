import { exactHashes } from "../../core/hashes/exact/exact-hashes.ts";
import type { ImageExamination, ImageExaminer } from "../../core/ports/image-examiner.ts";
import type { UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import type { Logger } from "../../runtime/logger.ts";
import { workerFile } from "../../runtime/worker-file.ts";
import { createWorkerPool } from "../../runtime/worker-pool.ts";
import { animatedPng, pngAnimationOf } from "./animated-png.ts";
import type { ExamineVideoInput } from "./examine-video.worker.ts";
import type { VideoSource } from "./ffmpeg.ts";
import { imageSequenceOf } from "./image-sequence.ts";
import type { TakeStillsInput } from "./take-stills.worker.ts";
import { videoTypeOf } from "./video-container.ts";

export interface VideoExaminerOptions {
	readonly workers: number;
	/** Edge of the model's square input, pixels; null where no model will look. */
	readonly modelSize: number | null;
	readonly limits: Pick<ExamineVideoInput, "maxPixels" | "maxFrames" | "timeoutMs">;
	/** The path of a system's FFmpeg; left out or null for the one that comes with npm. */
	readonly program?: string | null;
	readonly logger: Logger;
	/** What the workers run, compiled; tests put one there that crashes. */
	readonly file?: string;
}

/** The worker answers by its own limit what it has; one that does not is ended. */
const graceMs = 5_000;
/** Each holds its bytes in memory. */
const mostWaiting = 16;

/**
 * Examines videos as pictures of many frames: those that differ, one a second and at every cut. Everything else is left to `pictures`, and
 * so is what both share of a request.
 */
export function createVideoExaminer(options: VideoExaminerOptions, pictures: ImageExaminer): ImageExaminer {
	const { modelSize, limits, workers, logger, program = null } = options;
	const file = options.file ?? workerFile(import.meta.url, "./examine-video.worker.ts");
	const timeoutMs = limits.timeoutMs + graceMs;
	// Most know no videos: then nothing of it is started.
	let waiting = 0;
	let pool: ReturnType<typeof createWorkerPool<ExamineVideoInput, ImageExamination>> | null = null;
	const stills = createStillTaker(options);
	const examine = async (video: Pick<ExamineVideoInput, "source" | "mediaType" | "exact">, signal: AbortSignal) => {
		pool ??= createWorkerPool({ file, workers, timeoutMs, logger });
		const unexamined = (reason: UnavailableReason): ImageExamination => {
			const { mediaType, exact } = video;
			return { kind: "unavailable", reason, mediaType, hashes: { ...exact, pdq: null }, frames: [] };
		};
		if (waiting >= mostWaiting) return unexamined("overloaded");
		waiting += 1;
		const outcome = await pool.run({ ...video, program, modelSize, ...limits }, signal);
		waiting -= 1;
		return outcome.kind === "done" ? outcome.output : unexamined(outcome.reason);
	};
	return {
		...pictures,
		version: `${pictures.version}+${program === null ? "ffmpeg-core-5.1" : "ffmpeg-system"}+stills-2`,
		async examine(bytes, signal, request = {}) {
			const mediaType = movingTypeOf(bytes);
			if (mediaType === null) return pictures.examine(bytes, signal, request);
			request.onSlow?.();
			const video = { source: bytes, mediaType, exact: request.exact ?? exactHashes(bytes) };
			const moving = await examine(video, signal);
			const sequence = imageSequenceOf(bytes);
			if (mediaType !== animatedPng && sequence === null) return moving;
			const still = await pictures.examine(bytes, signal, request);
			return withStill(moving, still, { mediaType, hasStill: sequence?.hasStill ?? false });
		},
		async examineFile({ path, head, exact }, signal, { onSlow } = {}) {
			onSlow?.();
			return examine({ source: { path }, mediaType: videoTypeOf(head) ?? "video/mp4", exact }, signal);
		},
		isVideo: (bytes) => movingTypeOf(bytes) !== null,
		takeStills: stills.take,
		async [Symbol.asyncDispose]() {
			await Promise.all([
				stills[Symbol.asyncDispose](),
				pool?.[Symbol.asyncDispose](),
				pictures[Symbol.asyncDispose](),
			]);
		},
	};
}

function movingTypeOf(bytes: Uint8Array): string | null {
	return (
		videoTypeOf(bytes) ?? imageSequenceOf(bytes)?.mediaType ?? (pngAnimationOf(bytes) === null ? null : animatedPng)
	);
}

/** What does not play a file shows a picture of it that need not be among its frames. `hasStill`: there is one, whether or not it can be decoded. */
function withStill(
	moving: ImageExamination,
	{ kind, hashes, ...still }: ImageExamination,
	{ mediaType, hasStill }: { readonly mediaType: string; readonly hasStill: boolean },
): ImageExamination {
	const [first, pdq] = [moving.hashes.pdq, hashes.pdq];
	if (first === null && moving.kind === "unavailable")
		return pdq === null ? moving : { ...moving, reason: "frames-not-read", hashes };
	if (first === null) return moving;
	if (pdq === null) {
		if (!hasStill || !("reason" in still)) return moving;
		const { hashes: seen, frames } = moving;
		return { kind: "unavailable", reason: still.reason, mediaType, hashes: seen, frames };
	}
	const { shown, turnMs } = first;
	const shownStill = { ...pdq, ...(shown && { shown }), ...(turnMs && { turnMs }) };
	const both = { hashes: { ...hashes, pdq: shownStill }, frames: [first, ...moving.frames] };
	if (moving.kind === "unavailable") return { ...moving, ...both };
	// The decoder of pictures reads no more of it than that picture, and says so.
	const reason = kind === "unavailable" && "reason" in still ? still.reason : "frames-not-read";
	if (reason === "frames-not-read") return { ...moving, ...both };
	return { kind: "unavailable", reason, mediaType, ...both };
}

/** Stills are taken of what people will look at, which is little of what comes: one process for them. */
function createStillTaker({ limits: { maxPixels, timeoutMs }, logger, program = null }: VideoExaminerOptions) {
	let pool: ReturnType<typeof createWorkerPool<TakeStillsInput, readonly (Uint8Array | null)[]>> | null = null;
	const file = workerFile(import.meta.url, "./take-stills.worker.ts");
	return {
		async take(source: VideoSource, stillsMs: readonly number[], signal: AbortSignal) {
			pool ??= createWorkerPool({ file, workers: 1, timeoutMs: timeoutMs + graceMs, logger });
			const outcome = await pool.run({ program, source, stillsMs, maxPixels, timeoutMs }, signal);
			return outcome.kind === "done" ? outcome.output : stillsMs.map(() => null);
		},
		async [Symbol.asyncDispose]() {
			await pool?.[Symbol.asyncDispose]();
		},
	};
}
