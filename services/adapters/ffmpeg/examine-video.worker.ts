// Runs in a worker process: one video in, the hashes of its stills and the model's pixels out; those hashes in parts before, where somebody waits
// for them.
import type { PictureHashes } from "../../core/banks/bank.ts";
import type { ExactHashes } from "../../core/hashes/exact/exact-hashes.ts";
import { spreadOverTime } from "../../core/hashes/pdq/distinct-frames.ts";
import { hashStill } from "../../core/hashes/pdq/hash-raster.ts";
import { joinedTo } from "../../core/items/picture/files-behind.ts";
import { withSound } from "../../core/items/picture/with-sound.ts";
import { isSound } from "../../core/items/sound-type.ts";
import type { ImageExamination } from "../../core/ports/image-examiner.ts";
import type { UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import { type Lane, secondsPace } from "../../runtime/decoding/lane.ts";
import { pngAnimationOf } from "./animated-png.ts";
import { collectStills } from "./collect-stills.ts";
import { colorsOf, type DecodedFrame } from "./decoded-frame.ts";
import type { VideoSource } from "./ffmpeg.ts";
import { imageSequenceOf } from "./image-sequence.ts";
import { readSound, soundShare } from "./read-sound.ts";
import { readStills, type StillsRead } from "./read-stills.ts";
import { shrinkRgb } from "./shrink-rgb.ts";
import { videoExcerpt } from "./video-excerpt.ts";

export interface ExamineVideoInput {
	/** The path of a system's FFmpeg; null for the one that comes with npm. */
	readonly program: string | null;
	readonly source: VideoSource;
	/** By its first bytes. */
	readonly mediaType: string;
	readonly exact: ExactHashes;
	/** Edge of the model's square input, pixels; null where no model will look. */
	readonly modelSize: number | null;
	/** The time between two stills, where there is no cut. */
	readonly everyMs: number;
	/** Stills that a model looks at. All are hashed. */
	readonly maxFrames: number;
	readonly maxPixels: number;
	/** For all of the decoding, from when the worker begins: what it has by then it answers. */
	readonly timeoutMs: number;
	readonly lane: Lane;
	/** Somebody wants to know of its stills before it is through. */
	readonly tellsParts: boolean;
	/** What is heard of it is wanted, too. */
	readonly hears: boolean;
}

/** `slow`: by its header it belongs into the slow lane. */
export type ExamineVideoOutput = ImageExamination | { readonly kind: "slow" };

/** The reference takes every video for this, whatever it says of itself: one in BT.709 lay up to 24 bits from its hash. */
const hashedMatrix = "bt601";
/** The stills that are kept of one video, at most. */
const mostStills = 600;
/** A video that ends earlier than its header says, by more than a still's second and what players round off, is cut short. */
const toleratedMs = 2_500;
/** A video that says of itself to be longer takes longer than the quick lane has, on one core at twenty times real time. */
const longestQuickMs = secondsPace.quickMs * 20;

/** A part has the stills of so many looks, which are hundreds of bytes each: a pipe takes more than that while nobody reads from it. */
const looksAPart = 30;

type Tell = (stills: readonly PictureHashes[]) => void;

export default async function examineVideo(input: ExamineVideoInput, tell: Tell): Promise<ExamineVideoOutput> {
	const seen = isSound(input.mediaType) ? unseen(input) : await examineStills(input, tell);
	if (seen.kind === "slow") return seen;
	const examination = input.hears ? await listened(seen, input) : seen;
	if (input.modelSize === null) return examination;
	const { source } = input;
	if (source instanceof Uint8Array) return { ...examination, ...joinedTo(source) };
	const excerpt = videoExcerpt(source.path);
	const isJoined = excerpt.isMore || joinedTo(excerpt.bytes).isJoined === true;
	return isJoined ? { isJoined, excerpt, ...examination } : examination;
}

function unseen({ mediaType, exact }: ExamineVideoInput): ImageExamination {
	return { kind: "unavailable", reason: "undecodable", mediaType, hashes: { ...exact, pdq: null }, frames: [] };
}

async function listened(seen: ImageExamination, { source, program, timeoutMs }: ExamineVideoInput) {
	const deadline = performance.now() + timeoutMs * soundShare;
	return withSound(seen, await readSound(source, { program, deadline }));
}

async function examineStills(input: ExamineVideoInput, tell: Tell): Promise<ExamineVideoOutput> {
	const { source, mediaType, modelSize, maxPixels, exact } = input;
	const deadline = performance.now() + input.timeoutMs;
	const stills = collectStills<ReturnType<typeof toStill>>(mostStills);
	const toStill = (frame: DecodedFrame, atMs: number) => {
		const shown = colorsOf(frame);
		const pdq =
			frame.matrix === hashedMatrix ? hashStill(shown, null) : hashStill(colorsOf(frame, hashedMatrix), shown);
		return { pdq, hash: pdq.hash, square: modelSize === null ? null : shrinkRgb(shown, modelSize), atMs };
	};
	const animation = source instanceof Uint8Array ? pngAnimationOf(source) : null;
	const moves = animation !== null || (source instanceof Uint8Array && imageSequenceOf(source) !== null);
	const mostDurationMs = input.lane === "quick" ? longestQuickMs : Number.POSITIVE_INFINITY;
	const { program, everyMs } = input;
	const limits = { program, maxPixels, deadline, mostDurationMs, everyMs, takesAll: moves };
	let looks = 0;
	const tellsParts = input.tellsParts && !moves;
	const read = await readStills(source, limits, (frame, atMs) => {
		stills.add(toStill(frame, atMs));
		looks += 1;
		if (!tellsParts || looks % looksAPart !== 0) return;
		// What comes between two looks is not known yet.
		const newest = stills.newly({ durationMs: 0, mostMs: everyMs });
		tell(newest.map(({ still, shown }) => ({ ...still.pdq, shown })));
	});
	if (read.isTooLong) return { kind: "slow" };
	const isShort = animation !== null && stills.seenMs().length < animation.frames;
	const missing = missingOf(read, stills.seenMs(), maxPixels) ?? (isShort ? "truncated" : null);
	// Where frames are missing nobody knows what is shown between two stills.
	const mostMs = missing === null ? Number.POSITIVE_INFINITY : everyMs;
	const endMs = Math.max(0, stills.seenMs().at(-1) ?? 0);
	const durationMs = missing === null ? Math.max(endMs, Math.round(read.durationMs ?? animation?.turnMs ?? 0)) : endMs;
	const kept = stills.kept({ durationMs, mostMs });
	const turn = moves ? { turnMs: Math.max(1, durationMs) } : {};
	const [first = null, ...others] = kept.map(({ still, shown }) => ({ ...still.pdq, shown, ...turn }));
	if (first === null || missing !== null) {
		const hashes = { ...exact, pdq: first };
		return { kind: "unavailable", reason: missing ?? "undecodable", mediaType, hashes, frames: others, durationMs };
	}
	const seen = spreadOverTime(
		kept.flatMap(({ still: { atMs, square }, shown }) => (square === null ? [] : { atMs, square, shown })),
		durationMs,
		input.maxFrames,
	);
	return {
		...{ kind: "examined", mediaType, width: read.width, height: read.height, frameCount: stills.seenMs().length },
		...{ hashes: { ...exact, pdq: first }, frames: others, rasters: seen.map(({ square }) => square) },
		...{ durationMs, rastersShown: seen.map(({ shown }) => shown) },
	};
}

/** Why it is not all of the video; null where it is. */
function missingOf(read: StillsRead, seenMs: readonly number[], maxPixels: number): UnavailableReason | null {
	if (read.width * read.height > maxPixels) return "too-many-pixels";
	if (read.isCutOff || read.hasOtherTracks) return "frames-not-read";
	const last = seenMs.at(-1);
	if (last === undefined) return "undecodable";
	const endsEarly = read.durationMs !== null && read.durationMs - last > toleratedMs;
	return read.hasErrors || endsEarly ? "truncated" : null;
}
