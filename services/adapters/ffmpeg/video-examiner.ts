import type { PictureHashes } from "../../core/banks/bank.ts";
import { exactHashes } from "../../core/hashes/exact/exact-hashes.ts";
import { toHex } from "../../core/hashes/hash-hex.ts";
import { heardIn, withSound } from "../../core/items/picture/with-sound.ts";
import { soundTypeOf } from "../../core/items/sound-type.ts";
import { videoTypeOf } from "../../core/items/video-type.ts";
import type { ExamineRequest, ImageExamination, ImageExaminer } from "../../core/ports/image-examiner.ts";
import { reasonBefore } from "../../runtime/decoding/decode-in-lanes.ts";
import { type Lane, type Pace, secondsPace } from "../../runtime/decoding/lane.ts";
import { createLazyLanes } from "../../runtime/decoding/lazy-lanes.ts";
import { nobody } from "../../runtime/fair-queue.ts";
import type { Logger } from "../../runtime/logger.ts";
import { openLazily } from "../../runtime/open-lazily.ts";
import { workerFile } from "../../runtime/worker-file.ts";
import { createWorkerPool } from "../../runtime/worker-pool.ts";
import { workerGraceMs } from "../../runtime/worker-set.ts";
import { animatedPng, pngAnimationOf } from "./animated-png.ts";
import type { ExamineVideoInput, ExamineVideoOutput } from "./examine-video.worker.ts";
import type { VideoSource } from "./ffmpeg.ts";
import { imageSequenceOf } from "./image-sequence.ts";
import { soundShare } from "./read-sound.ts";
import type { TakeStillsInput } from "./take-stills.worker.ts";

export interface VideoExaminerOptions {
	readonly workers: number;
	/** Edge of the model's square input, pixels; null where no model will look. */
	readonly modelSize: number | null;
	/** `timeoutMs`: in the quick lane, twice in the slow one, whose decoders get what is left over. */
	readonly limits: Pick<ExamineVideoInput, "maxPixels" | "maxFrames" | "timeoutMs">;
	/** The time between two stills; a second unless said. */
	readonly stillEveryMs?: number;
	/** The path of a system's FFmpeg; left out or null for the one that comes with npm. */
	readonly program?: string | null;
	readonly logger: Logger;
	/** What the workers run, compiled; tests put one there that crashes. */
	readonly file?: string;
	/** When a video is in the way of others; tests are in a hurry. */
	readonly pace?: Pace;
}

/** The time between two stills of a video that is listed: no still of a copy, wherever that begins, is further than half of it from one of them. */
export const listedStillEveryMs = 250;

/** Each holds its bytes in memory, but for those that are read in their file. */
const room = { files: 32, ofOne: 16 };
const slowLaneFactor = 2;

/**
 * Examines videos as pictures of many frames: those that differ, one a second and at every cut. Everything else is left to `pictures`, and
 * so is what both share of a request.
 */
export function createVideoExaminer(options: VideoExaminerOptions, pictures: ImageExaminer): ImageExaminer {
	const { modelSize, limits, program = null, stillEveryMs: everyMs = 1_000 } = options;
	const lanes = openLanes(options);
	const stills = createStillTaker(options);
	const examine = async (video: Video, signal: AbortSignal): Promise<ImageExamination> => {
		const { source, mediaType, exact, owner, onPart, hears } = video;
		const key = () => toHex(exact.sha256);
		const tellsParts = onPart !== undefined;
		const input = (lane: Lane) => {
			const timeoutMs = lane === "slow" ? limits.timeoutMs * slowLaneFactor : limits.timeoutMs;
			const asked = { source, mediaType, exact, program, modelSize, everyMs, tellsParts, hears };
			return { ...asked, ...limits, timeoutMs, lane };
		};
		// Whoever is to listen as well has the time for it, and nobody else: what hangs is ended as soon as before.
		const moreMs = hears ? limits.timeoutMs * slowLaneFactor * soundShare : 0;
		const outcome = await lanes.run({ key, owner, onPart, moreMs }, input, signal);
		if (outcome.kind === "remembered") return outcome.examination;
		if (outcome.kind === "done" && outcome.output.kind !== "slow") {
			// It has had all its time, and copies would have no more.
			const { excerpt: _large, ...kept } = outcome.output;
			if (kept.kind === "unavailable" && isHopeless(kept)) lanes.failed(key(), withoutSound(kept));
			return outcome.output;
		}
		const reason = outcome.kind === "failed" ? outcome.reason : "worker-lost";
		const unexamined = { kind: "unavailable", mediaType, hashes: { ...exact, pdq: null }, frames: [] } as const;
		const before = reasonBefore(reason);
		if (before !== null) lanes.failed(key(), { ...unexamined, reason: before });
		return { ...unexamined, reason };
	};
	return {
		...pictures,
		version: `${pictures.version}+${program === null ? "ffmpeg-core-5.1" : "ffmpeg-system"}+stills-2`,
		async examine(bytes, signal, request = {}) {
			const { exact, owner = nobody, onPart, wantsSound: hears = false } = request;
			const mediaType = movingTypeOf(bytes);
			const soundType = mediaType === null && hears ? soundTypeOf(bytes) : null;
			if (mediaType === null && soundType === null) return pictures.examine(bytes, signal, request);
			request.onSlow?.();
			const file = { source: bytes, owner, onPart, hears, exact: exact ?? exactHashes(bytes) };
			if (mediaType === null) {
				// What is no picture has a sound all the same: it is looked up, and nobody has listened to it.
				const heard = await examine({ ...file, mediaType: soundType ?? "" }, signal);
				return withSound(await pictures.examine(bytes, signal, request), heardIn(heard));
			}
			const video = { ...file, mediaType };
			const moving = await examine(video, signal);
			const sequence = imageSequenceOf(bytes);
			if (mediaType !== animatedPng && sequence === null) return moving;
			const still = await pictures.examine(bytes, signal, request);
			const both = withStill(moving, still, { mediaType, hasStill: sequence?.hasStill ?? false });
			const { isJoined, members, missing } = still;
			return { ...both, ...(isJoined && { isJoined }), ...(members && { members, missing: missing ?? null }) };
		},
		async examineFile(
			{ path, head, exact },
			signal,
			{ onSlow, owner = nobody, onPart, wantsSound: hears = false } = {},
		) {
			onSlow?.();
			const mediaType = videoTypeOf(head) ?? "video/mp4";
			return examine({ source: { path }, mediaType, exact, owner, onPart, hears }, signal);
		},
		isVideo: (bytes) => movingTypeOf(bytes) !== null,
		takeStills: stills.take,
		load: () => lanes.load(pictures.load?.()),
		async [Symbol.asyncDispose]() {
			await Promise.all([stills[Symbol.asyncDispose](), lanes[Symbol.asyncDispose](), pictures[Symbol.asyncDispose]()]);
		},
	};
}

function openLanes({ limits, logger, pace = secondsPace, file, workers: decoders }: VideoExaminerOptions) {
	// Most know no videos: then nothing of it is started.
	return createLazyLanes<ExamineVideoInput, ExamineVideoOutput, ImageExamination, readonly PictureHashes[]>({
		...{ file: file ?? workerFile(import.meta.url, "./examine-video.worker.ts"), logger, pace, room },
		// Long videos are nothing unusual: where there are no others they have all that there is.
		...{ decoders, slowDecoders: decoders },
		timeoutMs: limits.timeoutMs * slowLaneFactor + workerGraceMs,
		isSlow: ({ kind }) => kind === "slow",
	});
}

interface Video extends Pick<ExamineVideoInput, "source" | "mediaType" | "exact" | "hears"> {
	readonly owner: NonNullable<ExamineRequest["owner"]>;
	readonly onPart: ExamineRequest["onPart"];
}

/** A video that took all its time and gave more stills than this is read anew: nothing is kept of it. */
const mostKept = 64;

function isHopeless(examination: ImageExamination): boolean {
	const { kind, frames } = examination;
	return kind === "unavailable" && examination.reason === "frames-not-read" && frames.length < mostKept;
}

/** It may be long, and copies have no more time than this had. */
function withoutSound<E extends ImageExamination>({ hashes, ...examination }: E) {
	const { sound, ...others } = hashes;
	return { ...examination, hashes: others, ...(sound && { soundFault: "sound-not-heard" as const }) };
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
	const file = workerFile(import.meta.url, "./take-stills.worker.ts");
	const pool = openLazily(() =>
		createWorkerPool<TakeStillsInput, readonly (Uint8Array | null)[]>({
			...{ file, workers: 1, timeoutMs: timeoutMs + workerGraceMs, logger },
		}),
	);
	return {
		async take(source: VideoSource, stillsMs: readonly number[], signal: AbortSignal) {
			const outcome = await pool.get().run({ program, source, stillsMs, maxPixels, timeoutMs }, signal);
			return outcome.kind === "done" ? outcome.output : stillsMs.map(() => null);
		},
		[Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
	};
}
