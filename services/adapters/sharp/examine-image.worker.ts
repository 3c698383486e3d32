// Runs in a worker thread: one picture in, its hashes and the model's pixels out.
import { fileTypeFromBuffer } from "file-type";
import sharp from "sharp";
import type { PictureHashes } from "../../core/banks/bank.ts";
import { type ExactHashes, exactHashes } from "../../core/hashes/exact/exact-hashes.ts";
import {
	collectDistinct,
	type HashedFrame,
	isSamePicture,
	spreadOverTime,
} from "../../core/hashes/pdq/distinct-frames.ts";
import { hashCuts, hashFramings, hashLuma, hashRaster, hashStill } from "../../core/hashes/pdq/hash-raster.ts";
import type { Raster } from "../../core/hashes/pdq/hashed-size.ts";
import type { PdqResult } from "../../core/hashes/pdq/pdq.ts";
import { sequenceTypeOf } from "../../core/items/iso-boxes.ts";
import { joinedTo } from "../../core/items/picture/files-behind.ts";
import { mayHoldWords } from "../../core/items/picture/may-hold-words.ts";
import { isTiffFile } from "../../core/items/picture/tiff.ts";
import type { Segment } from "../../core/items/segment.ts";
import type { ImageExamination } from "../../core/ports/image-examiner.ts";
import type { DrawnWriting } from "../../core/ports/word-reader.ts";
import type { UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import { type Lane, quickMs } from "../../runtime/decoding/lane.ts";
import { type DecodedFrame, type DecodeLimits, decodeFrame, isTimeout } from "./decode-frame.ts";
import { decodeLuma } from "./decode-jpeg.ts";
import { drawWriting } from "./draw-writing.ts";
import { estimateCostMs, pagesCostMs } from "./estimate-cost.ts";
import { hashRenderings } from "./hash-renderings.ts";
import { type JpegHeader, readJpegHeader } from "./jpeg-header.ts";
import { jpegsBehind } from "./jpegs-behind.ts";
import { toModelRaster } from "./model-raster.ts";
import {
	endsEarly,
	mostPages,
	mostPixels,
	pageShownMs,
	type ReadFrame,
	readAttached,
	readFrames,
} from "./read-frames.ts";
import { type Header, readHeader } from "./read-header.ts";
import { type OthersWithin, readWithin } from "./read-within.ts";
import { countTiffPages } from "./tiff-pages.ts";

export interface ExamineInput {
	readonly bytes: Uint8Array;
	/** Null: it is only hashed, as it is; no model looks at it. */
	readonly modelSize: number | null;
	/** Where a model looks: words in it will be read. */
	readonly wantsWriting: boolean;
	/** Where a model looks: its cuts will be listed. */
	readonly wantsCuts: boolean;
	readonly maxPixels: number;
	readonly maxFrames: number;
	/** The hashes of the bytes, where they are known already. */
	readonly exact: ExactHashes | null;
	/** A picture that will take long answers `slow` in the quick lane, undecoded. */
	readonly lane: Lane;
	/** Above, by its header, it is not decoded at all. */
	readonly maxCostMs: number;
	/** For all of the decoding, from when the worker begins. */
	readonly timeoutMs: number;
}
/** With the pictures within the file that are others, which nobody has examined yet. */
export type ExamineOutput = (ImageExamination & Partial<OthersWithin>) | { readonly kind: "slow" };

sharp.cache(false);
sharp.concurrency(1);

/** Frames of one file that are looked up: what is more differs too much for one look. */
const mostDistinctFrames = 256;

/** Pages that a picture within the file may be a small one of. */
const mostShown = 8;

/** Frames beside the first in which framings are looked for as in a picture that stands alone; in others, only a border. */
const mostFramed = 8;

/** Raster formats that the decoder knows. Vector and document formats run code of their own and are never opened. */
const decodable = new Set([
	"image/jpeg",
	"image/png",
	"image/apng",
	"image/webp",
	"image/gif",
	"image/avif",
	"image/tiff",
]);

export default async function examineImage(input: ExamineInput): Promise<ExamineOutput> {
	const { bytes, modelSize } = input;
	const limits: DecodeLimits = { maxPixels: input.maxPixels, deadline: performance.now() + input.timeoutMs };
	const exact = input.exact ?? exactHashes(bytes);
	const pages = countTiffPages(bytes);
	const early = pages === null ? null : refusal(pagesCostMs(pages, mostPages), input, exact, "image/tiff");
	if (early !== null) return early;
	const picture = await openPicture(bytes, limits.maxPixels, modelSize === null ? readJpegHeader(bytes) : null);
	const behind = modelSize === null ? {} : joinedTo(bytes);
	if (picture.kind === "unavailable") return { ...picture, hashes: { ...exact, pdq: null }, frames: [], ...behind };
	const { mediaType, header } = picture;
	const costMs = picture.jpeg === null ? estimateCostMs(header, mediaType, { mostPages, mostPixels }) : 0;
	const costly = refusal(costMs, input, exact, mediaType);
	if (costly !== null) return costly;
	const { pdq, missing, within, ...seen } =
		modelSize === null ? await hashOnly(picture, limits) : await hashAndDraw(picture, limits, { ...input, modelSize });
	const joined = { ...behind, ...within };
	if (missing !== null || pdq === null)
		return {
			kind: "unavailable",
			reason: missing ?? "undecodable",
			mediaType,
			hashes: { ...exact, pdq },
			frames: seen.frames,
			...joined,
		};
	const { width, height, pages: frameCount } = header;
	return { kind: "examined", mediaType, width, height, frameCount, hashes: { ...exact, pdq }, ...seen, ...joined };
}

/** The refusal of what would cost too much, here or at all; null where it is decoded. */
function refusal(
	costMs: number,
	{ lane, maxCostMs }: ExamineInput,
	exact: ExactHashes,
	mediaType: string,
): ExamineOutput | null {
	if (costMs > maxCostMs)
		return { kind: "unavailable", reason: "too-costly", mediaType, hashes: { ...exact, pdq: null }, frames: [] };
	return lane === "quick" && costMs > quickMs ? { kind: "slow" } : null;
}

interface OpenedPicture {
	readonly kind: "opened";
	readonly bytes: Uint8Array;
	readonly mediaType: string;
	readonly header: Header;
	/** Where only hashes are wanted, of a JPEG. */
	readonly jpeg: JpegHeader | null;
}

async function openPicture(
	bytes: Uint8Array,
	maxPixels: number,
	jpeg: JpegHeader | null,
): Promise<OpenedPicture | { kind: "unavailable"; reason: UnavailableReason; mediaType: string | null }> {
	const unavailable = (reason: UnavailableReason, mediaType: string | null) =>
		({ kind: "unavailable", reason, mediaType }) as const;
	if (bytes.length === 0) return unavailable("empty", null);
	// What breaks off early in a TIFF is told by nobody but its first bytes.
	const mediaType = (await fileTypeFromBuffer(bytes))?.mime ?? (isTiffFile(bytes) ? "image/tiff" : null);
	if (mediaType === null || !mediaType.startsWith("image/")) return unavailable("not-an-image", mediaType);
	const quick =
		jpeg === null
			? null
			: {
					...jpeg,
					pages: 1,
					orientation: 1,
					isProgressive: false,
					isDeep: false,
					hasAlpha: false,
					isPlainJpeg: false,
					shownMs: null,
				};
	const header = decodable.has(mediaType) ? (quick ?? (await readHeader(bytes))) : null;
	if (header === null || header.width === 0 || header.height === 0) return unavailable("undecodable", mediaType);
	if (header.width * header.height > maxPixels) return unavailable("too-many-pixels", mediaType);
	return { kind: "opened", bytes, mediaType, header, jpeg };
}

interface Examined {
	readonly pdq: PictureHashes | null;
	readonly frames: readonly PictureHashes[];
	readonly rasters: readonly Uint8Array[];
	/** When each is shown, of what has several frames that differ. */
	readonly rastersShown?: readonly (readonly Segment[])[];
	readonly writing?: DrawnWriting;
	/** Left out where nobody has looked for them. */
	readonly within?: OthersWithin;
	/** Why it is not all of the picture; null where it is. */
	readonly missing: UnavailableReason | null;
}

/** The one hash of the file, of its first frame as it is. */
async function hashOnly({ bytes, header, jpeg }: OpenedPicture, limits: DecodeLimits): Promise<Examined> {
	const luma = jpeg === null ? null : decodeLuma(bytes, jpeg);
	if (luma !== null) return { pdq: hashLuma(luma), frames: [], rasters: [], missing: null };
	const first = await decodeFrame(bytes, 0, header, limits);
	return { pdq: "raster" in first ? hashRaster(first.raster) : null, frames: [], rasters: [], missing: faultOf(first) };
}

interface Looks extends Pick<ExamineInput, "maxFrames" | "wantsWriting" | "wantsCuts"> {
	readonly modelSize: number;
}

/** All hashes of every frame that differs, and what a model shall see. */
async function hashAndDraw(
	{ bytes, mediaType, header }: OpenedPicture,
	limits: DecodeLimits,
	{ modelSize, maxFrames, wantsWriting, wantsCuts }: Looks,
): Promise<Examined> {
	const first = await decodeFrame(bytes, 0, header, limits);
	if (!("raster" in first)) return { pdq: null, frames: [], rasters: [], missing: faultOf(first) };
	const { reframed = [], ...own } = hashFramings(first.raster, header);
	const rendered = await hashRenderings(bytes, { raster: first.raster, own }, header, limits).catch((error: unknown) =>
		isTimeout(error) ? ("decode-timeout" as const) : ("undecodable" as const),
	);
	const cutsOf = (raster: Raster) => (wantsCuts ? { cuts: hashCuts(raster) } : {});
	const pdq = {
		...own,
		reframed: [...reframed, ...(typeof rendered === "string" ? [] : rendered)],
		...cutsOf(first.raster),
	};
	const distinct = collectDistinct<PdqResult & HashedFrame & { readonly raster: Raster }>(mostDistinctFrames);
	distinct.add({ ...pdq, raster: first.raster, shownMs: header.shownMs?.[0] ?? pageShownMs });
	const dark = collectDistinct<PdqResult & HashedFrame & { readonly raster: Raster }>(mostDistinctFrames);
	dark.add({ ...own, raster: first.raster, shownMs: header.shownMs?.[0] ?? pageShownMs });
	const take = ({ raster, onBlack = raster, shownMs }: ReadFrame) => {
		const own = { ...hashRaster(raster), raster, shownMs };
		const isRoom = dark.add(onBlack === raster ? own : { ...hashRaster(onBlack), raster: onBlack, shownMs });
		return distinct.add(own) && isRoom;
	};
	const missing =
		faultOf(first) ??
		(typeof rendered === "string" ? rendered : null) ??
		(hidesFrames(bytes, mediaType) ? "frames-not-read" : null) ??
		(header.pages > 1 ? await readFrames(bytes, header, limits, take) : null) ??
		(mediaType === "image/jpeg" ? await readAttached(jpegsBehind(bytes, mostPages), header, limits, take) : null) ??
		(endsEarly(bytes) ? "truncated" : null);
	const drawn = {
		within: await readWithin(
			bytes,
			[first.raster, ...distinct.kept.map(({ raster }) => raster)].slice(0, mostShown),
			limits,
		),
		...(wantsWriting && missing === null ? await writingOf(bytes, first.raster, header, limits) : {}),
	};
	const [{ shown: firstShown = [] } = {}, ...others] = distinct.kept;
	const onBlack = dark.kept.filter((one) => distinct.kept.every(({ hash }) => !isSamePicture(hash, one.hash)));
	if (others.length === 0 && onBlack.length === 0) {
		const rasters = missing === null ? [await toModelRaster(first.raster, header.orientation, modelSize)] : [];
		return { pdq, frames: [], rasters, ...drawn, missing };
	}
	const seen = [
		{ raster: first.raster, shown: firstShown },
		...spreadOverTime(others, distinct.totalMs, maxFrames - 1),
	];
	const rasters: Uint8Array[] = [];
	if (missing === null)
		for (const { raster } of seen) rasters.push(await toModelRaster(raster, header.orientation, modelSize));
	// Each page is shown for as long as its reader likes.
	const turnMs = header.shownMs === null ? pageShownMs : distinct.totalMs;
	const frames = [...others, ...onBlack].map(({ raster, shown }, at) => ({
		shown,
		turnMs,
		...(at < mostFramed ? hashFramings(raster, raster) : hashStill(raster, null)),
		...cutsOf(raster),
	}));
	const rastersShown = seen.map(({ shown }) => shown);
	return { pdq: { ...pdq, shown: firstShown, turnMs }, frames, rasters, rastersShown, ...drawn, missing };
}

/** Nothing where no words seem to be in it. */
async function writingOf(bytes: Uint8Array, raster: Raster, header: Header, limits: DecodeLimits) {
	const isSideways = header.orientation > 4;
	return mayHoldWords(raster, isSideways) ? { writing: await drawWriting(bytes, header, limits) } : {};
}

function faultOf({ kind }: DecodedFrame): UnavailableReason | null {
	switch (kind) {
		case "decoded":
			return null;
		case "timed-out":
			return "decode-timeout";
		default:
			return kind;
	}
}

/** Animations of which the decoder reads the still picture alone: what moves behind it nobody has looked at. */
function hidesFrames(bytes: Uint8Array, mediaType: string): boolean {
	return mediaType === "image/apng" || (mediaType === "image/avif" && sequenceTypeOf(bytes) !== null);
}
