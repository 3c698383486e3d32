// One frame of a picture as sRGB pixels, a large one shrunk while it is decoded.
import sharp, { type Sharp } from "sharp";
import { type Raster, type Size, shrunkEdge } from "../../core/hashes/pdq/hashed-size.ts";
import { isTiffFile } from "../../core/items/picture/tiff.ts";
import { decodeColors } from "./decode-jpeg.ts";
import type { Header } from "./read-header.ts";
import { isTiffPageCut } from "./tiff-pages.ts";

export type DecodedFrame =
	| { readonly kind: "decoded"; readonly raster: Raster }
	/** What could be read before the data ended; the rest is grey or black. */
	| { readonly kind: "truncated"; readonly raster: Raster }
	| { readonly kind: "undecodable" }
	| { readonly kind: "timed-out" };

export interface DecodeLimits {
	readonly maxPixels: number;
	/** When to give up, on `performance.now()`'s clock. */
	readonly deadline: number;
}

/** Parts of a picture are hashed from its own pixels up to here; of larger ones from pixels that stand for a few. */
const workedEdge = 1_024;

/** The size at which a picture is looked at. No side is smaller than at hashing. */
function workedSize({ width, height }: Size): Size {
	const scale = Math.min(1, workedEdge / Math.max(width, height));
	const side = (pixels: number) => Math.max(Math.round(pixels * scale), Math.min(pixels, shrunkEdge));
	return { width: side(width), height: side(height) };
}

/**
 * `header` is that of the page. EXIF orientation is not applied: lists hash pictures as they are stored.
 * Transparency shows white, as most viewers do.
 */
export async function decodeFrame(
	bytes: Uint8Array,
	page: number,
	header: Size & Partial<Pick<Header, "isPlainJpeg">>,
	limits: DecodeLimits,
): Promise<DecodedFrame> {
	const isTiff = isTiffFile(bytes);
	const open = (failOn: "none" | "truncated" | "error") =>
		sharp(bytes, { page, pages: 1, limitInputPixels: limits.maxPixels, failOn, sequentialRead: true });
	const worked = workedSize(header);
	const resizeTo = worked.width === header.width && worked.height === header.height ? null : worked;
	if (resizeTo === null && header.isPlainJpeg === true) {
		const raster = decodeColors(bytes, header);
		if (raster !== null) return { kind: "decoded", raster };
	}
	try {
		// Of a TIFF in a compression that it does not know, the decoder gives a black picture, and an error where errors are asked for.
		const raster = await toRaster(open(isTiff ? "error" : "truncated"), resizeTo, limits.deadline);
		if (isTiff && isBlank(raster)) return await decodeFraction(open("error"), raster, resizeTo, limits.deadline);
		return { kind: isTiffPageCut(bytes, page) ? "truncated" : "decoded", raster };
	} catch (error) {
		if (isTimeout(error)) return { kind: "timed-out" };
	}
	try {
		const raster = await toRaster(open("none"), resizeTo, limits.deadline);
		return isTiff && isBlank(raster) ? { kind: "undecodable" } : { kind: "truncated", raster };
	} catch (error) {
		return { kind: isTimeout(error) ? "timed-out" : "undecodable" };
	}
}

const floats: ReadonlySet<string> = new Set(["float", "double", "complex", "dpcomplex"]);

/** Samples that are fractions go from 0 to 1, which is black to the decoder; `raster` is what it has made of them. */
async function decodeFraction(
	opened: Sharp,
	raster: Raster,
	resizeTo: Size | null,
	deadline: number,
): Promise<DecodedFrame> {
	const { depth } = await opened.metadata();
	if (depth === undefined || !floats.has(depth)) return { kind: "decoded", raster };
	return { kind: "decoded", raster: await toRaster(opened.linear(255, 0), resizeTo, deadline) };
}

/** All of one color, or nearly. */
function isBlank({ rgb }: Raster): boolean {
	let [least, most] = [255, 0];
	for (const level of rgb) {
		if (level < least) least = level;
		if (level > most) most = level;
		if (most - least > 1) return false;
	}
	return true;
}

/** Flattens, converts and brings to that size what sharp has opened. Rejects where it cannot be decoded, or not in time. */
export async function toRaster(
	opened: Sharp,
	resizeTo: Size | null,
	deadline: number,
	ground = "#ffffff",
): Promise<Raster> {
	const fitted = resizeTo === null ? opened : opened.resize({ ...resizeTo, fit: "fill", kernel: "linear" });
	const { data, info } = await fitted
		.timeout({ seconds: secondsUntil(deadline) })
		.flatten({ background: ground })
		.toColourspace("srgb")
		.removeAlpha()
		.raw({ depth: "uchar" })
		.toBuffer({ resolveWithObject: true });
	return { rgb: info.channels === 3 ? data : spread(data, info.channels), width: info.width, height: info.height };
}

/** sharp counts whole seconds. What it started goes on after its worker has been ended, so it must end by itself. */
export function secondsUntil(deadline: number): number {
	return Math.max(1, Math.ceil((deadline - performance.now()) / 1_000));
}

export function isTimeout(error: unknown): boolean {
	return error instanceof Error && error.message.startsWith("timeout");
}

/** A single channel (some grey formats keep it) becomes three. */
function spread(data: Uint8Array, channels: number): Uint8Array {
	const pixels = data.length / channels;
	const rgb = new Uint8Array(pixels * 3);
	for (let pixel = 0; pixel < pixels; pixel += 1) rgb.fill(data[pixel * channels] ?? 0, pixel * 3, pixel * 3 + 3);
	return rgb;
}
