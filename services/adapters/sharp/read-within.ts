// Pictures within a picture's own file (core/items/picture/pictures-within.ts), as far as they are not that picture once more: those of cameras are
// looked at for a millisecond, and left out.
import type { Raster } from "../../core/hashes/pdq/hashed-size.ts";
import { lumaOf } from "../../core/hashes/pdq/luma-of.ts";
import { isSameView } from "../../core/hashes/pdq/same-view.ts";
import type { LumaPlane } from "../../core/hashes/pdq/trim-border.ts";
import { picturesWithin } from "../../core/items/picture/pictures-within.ts";
import { type DecodeLimits, decodeFrame } from "./decode-frame.ts";
import { decodeLuma } from "./decode-jpeg.ts";
import { readJpegHeader } from "./jpeg-header.ts";
import { mostPixels } from "./read-frames.ts";
import { readHeader } from "./read-header.ts";

interface FileWithin {
	readonly name: string;
	readonly bytes: Uint8Array;
}

export interface OthersWithin {
	readonly within: readonly FileWithin[];
	/** There are more than were looked at. */
	readonly isMoreWithin: boolean;
}

/** Bytes of all of them that are handed on. */
const mostBytes = 67_108_864;

/** `shown`: the pictures that the file is known to show. */
export async function readWithin(
	bytes: Uint8Array,
	shown: readonly Raster[],
	limits: DecodeLimits,
): Promise<OthersWithin> {
	const { pictures, isMore } = picturesWithin(bytes);
	const within: FileWithin[] = [];
	const planes: LumaPlane[] = [];
	const left = { pixels: mostPixels, bytes: mostBytes };
	for (const { name, cut } of pictures) {
		const own = cut();
		const luma = performance.now() > limits.deadline ? "too-much" : await lumaWithin(own, limits, left);
		if (luma === "too-much") return { within, isMoreWithin: true };
		if (planes.length === 0) planes.push(...shown.map(({ rgb, width, height }) => lumaOf(rgb, width, height)));
		if (luma !== null && planes.some((plane) => isSameView(luma, plane))) continue;
		left.bytes -= own.length;
		if (left.bytes < 0) return { within, isMoreWithin: true };
		within.push({ name, bytes: own });
	}
	return { within, isMoreWithin: isMore };
}

/** What is not there any more shows nothing. Null where nothing can be decoded: that is for whoever examines it to say. */
async function lumaWithin(
	bytes: Uint8Array,
	limits: DecodeLimits,
	left: { pixels: number },
): Promise<LumaPlane | "too-much" | null> {
	const jpeg = readJpegHeader(bytes);
	const header = jpeg ?? (await readHeader(bytes));
	if (header === null) return null;
	left.pixels -= header.width * header.height;
	if (left.pixels < 0) return "too-much";
	const luma = jpeg === null ? null : decodeLuma(bytes, jpeg);
	if (luma !== null) return luma;
	const { width, height } = header;
	const frame = await decodeFrame(bytes, 0, { width, height }, limits);
	if (frame.kind === "timed-out") return "too-much";
	return "raster" in frame ? lumaOf(frame.raster.rgb, frame.raster.width, frame.raster.height) : null;
}
