// The frames of an animation and the pages of a file after the first, one after the other, at the size at which they are hashed.
import sharp from "sharp";
import { hashedSize, type Raster, type Size } from "../../core/hashes/pdq/hashed-size.ts";
import { type DecodeLimits, decodeFrame, isTimeout, toRaster } from "./decode-frame.ts";
import type { JpegsBehind } from "./jpegs-behind.ts";
import { type Header, readHeader } from "./read-header.ts";

export interface ReadFrame {
	readonly raster: Raster;
	readonly shownMs: number;
}

/** Why not all of them were read; null where all were. */
export type FramesMissing = "frames-not-read" | "truncated" | null;

/** Pixels that the frames of one file may cost. */
export const mostPixels = 400_000_000;
export const mostPages = 64;
/** Memory for decoded frames, bytes. */
const rollBytes = 64_000_000;
/** Frames of long animations are made smaller, down to this edge. */
const smallestEdge = 96;
/** Pages that wait for a reader count as shown for so long, and so does a frame of which its file does not say. */
export const pageShownMs = 1_000;

/** Ends early where `take` answers false. What was read before something went wrong has been taken. */
export function readFrames(
	bytes: Uint8Array,
	header: Header,
	limits: DecodeLimits,
	take: (frame: ReadFrame) => boolean,
): Promise<FramesMissing> {
	return header.shownMs === null
		? readPages(bytes, header, limits, take)
		: readAnimation(bytes, { ...header, shownMs: header.shownMs }, limits, take);
}

/** Pages may each have a size of their own. */
function readPages(
	bytes: Uint8Array,
	header: Header,
	limits: DecodeLimits,
	take: (frame: ReadFrame) => boolean,
): Promise<FramesMissing> {
	const others = Array.from({ length: Math.min(header.pages, mostPages) - 1 }, (_, at) => ({ bytes, page: at + 1 }));
	return readOthers({ others, isMore: header.pages > mostPages }, header, limits, take);
}

/** Pictures that stand behind one another in a file, each a file of its own. */
export function readAttached(
	{ jpegs, isMore }: JpegsBehind,
	first: Size,
	limits: DecodeLimits,
	take: (frame: ReadFrame) => boolean,
): Promise<FramesMissing> {
	return readOthers({ others: jpegs.map((bytes) => ({ bytes, page: 0 })), isMore }, first, limits, take);
}

interface Others {
	readonly others: readonly { readonly bytes: Uint8Array; readonly page: number }[];
	readonly isMore: boolean;
}

/** Those beside the file's first one, whose pixels count as well. */
async function readOthers(
	{ others, isMore }: Others,
	first: Size,
	limits: DecodeLimits,
	take: (frame: ReadFrame) => boolean,
): Promise<FramesMissing> {
	let pixels = first.width * first.height;
	for (const { bytes, page } of others) {
		if (performance.now() > limits.deadline) return "frames-not-read";
		const header = await readHeader(bytes, page);
		if (header === null) return "truncated";
		const { width, height } = header;
		pixels += width * height;
		if (pixels > mostPixels || width * height > limits.maxPixels) return "frames-not-read";
		// By its size alone: what decodes plain JPEGs has one memory, which the first one's pixels are in.
		const frame = await decodeFrame(bytes, page, { width, height }, limits);
		if (frame.kind === "timed-out") return "frames-not-read";
		if (frame.kind === "undecodable") return "truncated";
		if (!take({ raster: frame.raster, shownMs: pageShownMs })) return "frames-not-read";
		if (frame.kind === "truncated") return "truncated";
	}
	return isMore ? "frames-not-read" : null;
}

/** To reach a frame, all before it are decoded: so as many as there is memory for are decoded at once. */
async function readAnimation(
	bytes: Uint8Array,
	header: Header & { readonly shownMs: readonly number[] },
	limits: DecodeLimits,
	take: (frame: ReadFrame) => boolean,
): Promise<FramesMissing> {
	const { pages, shownMs } = header;
	const size = frameSize(header);
	const atOnce = Math.max(1, Math.floor(rollBytes / (3 * size.width * size.height)));
	let pixels = 0;
	for (let first = 0; first < pages; first += atOnce) {
		const count = Math.min(atOnce, pages - first);
		pixels += header.width * header.height * (first + count);
		if (pixels > mostPixels) return "frames-not-read";
		try {
			const roll = await readRoll(bytes, { first, count, size }, limits);
			for (const [at, raster] of roll.entries())
				if (first + at > 0 && !take({ raster, shownMs: shownMs[first + at] ?? pageShownMs })) return "frames-not-read";
		} catch (error) {
			return isTimeout(error) ? "frames-not-read" : "truncated";
		}
	}
	return null;
}

async function readRoll(
	bytes: Uint8Array,
	{ first, count, size }: { readonly first: number; readonly count: number; readonly size: Size },
	{ deadline }: DecodeLimits,
): Promise<readonly Raster[]> {
	const opened = sharp(bytes, { page: first, pages: count, limitInputPixels: mostPixels, failOn: "truncated" });
	const { rgb, width, height } = await toRaster(opened, size, deadline);
	const frameHeight = height / count;
	return Array.from({ length: count }, (_, at) => ({
		rgb: rgb.subarray(at * width * frameHeight * 3, (at + 1) * width * frameHeight * 3),
		width,
		height: frameHeight,
	}));
}

function frameSize(header: Header): Size {
	const { width, height } = hashedSize(header);
	const edge = Math.max(smallestEdge, Math.floor(Math.sqrt(rollBytes / 3 / header.pages)));
	return { width: Math.min(width, edge), height: Math.min(height, edge) };
}

const gifSignature = "GIF8";
const gifTrailer = 0x3b;

/** The decoder takes a GIF for whole that ends after any of its frames: only its last byte says that it was meant to (GIF89a, 27). */
export function endsEarly(bytes: Uint8Array): boolean {
	if (Buffer.from(bytes.subarray(0, gifSignature.length)).toString("latin1") !== gifSignature) return false;
	return bytes.findLast((byte) => byte !== 0) !== gifTrailer;
}
