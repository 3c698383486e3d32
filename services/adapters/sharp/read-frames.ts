// The frames of an animation and the pages of a file after the first, one after the other, at the size at which they are hashed.
import sharp from "sharp";
import { hashedSize, type Raster, type Size } from "../../core/hashes/pdq/hashed-size.ts";
import { endOfPicture, formOf } from "../../core/items/picture/picture-end.ts";
import { type DecodeLimits, decodeFrame, isTimeout, secondsUntil, toRaster } from "./decode-frame.ts";
import type { JpegsBehind } from "./jpegs-behind.ts";
import { type Header, readHeader } from "./read-header.ts";

export interface ReadFrame {
	readonly raster: Raster;
	/** The same on black, where a ground shows through it. */
	readonly onBlack?: Raster;
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
		const dark = header.hasAlpha ? await onBlack({ bytes, page }, frame.raster, limits) : {};
		if (!take({ raster: frame.raster, ...dark, shownMs: pageShownMs })) return "frames-not-read";
		if (frame.kind === "truncated") return "truncated";
	}
	return isMore ? "frames-not-read" : null;
}

async function onBlack(
	{ bytes, page }: Others["others"][number],
	{ width, height }: Size,
	{ maxPixels, deadline }: DecodeLimits,
): Promise<Pick<ReadFrame, "onBlack">> {
	const opened = sharp(bytes, { page, pages: 1, limitInputPixels: maxPixels, failOn: "none" });
	return { onBlack: await toRaster(opened, { width, height }, deadline, "#000000") };
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
			const roll = await readRoll(bytes, { first, count, size, hasAlpha: header.hasAlpha }, limits);
			for (const [at, drawn] of roll.entries())
				if (first + at > 0 && !take({ ...drawn, shownMs: shownMs[first + at] ?? pageShownMs }))
					return "frames-not-read";
		} catch (error) {
			return isTimeout(error) ? "frames-not-read" : "truncated";
		}
	}
	return null;
}

interface Roll {
	readonly first: number;
	readonly count: number;
	readonly size: Size;
	readonly hasAlpha: boolean;
}

async function readRoll(
	bytes: Uint8Array,
	{ first, count, size, hasAlpha }: Roll,
	{ deadline }: DecodeLimits,
): Promise<readonly Omit<ReadFrame, "shownMs">[]> {
	const options = { page: first, pages: count, limitInputPixels: mostPixels, failOn: "truncated" } as const;
	const opened = sharp(bytes, options);
	if (!hasAlpha) {
		const { rgb, width, height } = await toRaster(opened, size, deadline);
		return rollOf(rgb, { width, height }, count, 3).map((frame) => ({ raster: frame }));
	}
	const { data, info } = await opened
		.resize({ ...size, fit: "fill", kernel: "linear" })
		.timeout({ seconds: secondsUntil(deadline) })
		.toColourspace("srgb")
		.ensureAlpha()
		.raw({ depth: "uchar" })
		.toBuffer({ resolveWithObject: true });
	return rollOf(data, info, count, 4).map(({ rgb, ...one }) => layOnGrounds(rgb, one));
}

/** Frames that stand one above the other. */
function rollOf(pixels: Uint8Array, { width, height }: Size, count: number, channels: 3 | 4): readonly Raster[] {
	const length = (width * height * channels) / count;
	return Array.from({ length: count }, (_, at) => ({
		rgb: pixels.subarray(at * length, (at + 1) * length),
		width,
		height: height / count,
	}));
}

/** On white, as most viewers show it, and on black where it makes a difference. */
function layOnGrounds(rgba: Uint8Array, size: Size): Omit<ReadFrame, "shownMs"> {
	const on = (ground: number): Raster => {
		const rgb = new Uint8Array(size.width * size.height * 3);
		for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
			const alpha = rgba[from + 3] ?? 255;
			for (let color = 0; color < 3; color += 1)
				rgb[to + color] = Math.round(((rgba[from + color] ?? 0) * alpha + ground * (255 - alpha)) / 255);
		}
		return { ...size, rgb };
	};
	let isSeenThrough = false;
	for (let at = 3; at < rgba.length && !isSeenThrough; at += 4) isSeenThrough = rgba[at] !== 255;
	return { raster: on(255), ...(isSeenThrough ? { onBlack: on(0) } : {}) };
}

function frameSize(header: Header): Size {
	const { width, height } = hashedSize(header);
	const edge = Math.max(smallestEdge, Math.floor(Math.sqrt(rollBytes / 3 / header.pages)));
	return { width: Math.min(width, edge), height: Math.min(height, edge) };
}

/** The decoder takes a GIF for whole that ends after any of its frames: only its trailer says that it was meant to (GIF89a, 27). */
export function endsEarly(bytes: Uint8Array): boolean {
	return formOf(bytes) === "gif" && endOfPicture(bytes) === null;
}
