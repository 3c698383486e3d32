// JPEGs by libjpeg-turbo alone, without the pipeline that sharp builds for each: a fifth of its time where nothing has to be done with
// the pixels. A file that it has a word to say about is sharp's to judge.
import { hashedSize, type Raster, type Size } from "../../core/hashes/pdq/hashed-size.ts";
import { longestSide } from "../../core/hashes/pdq/pdq-planes.ts";
import { createLumaShrinker } from "../../core/hashes/pdq/shrink-luma.ts";
import type { LumaPlane } from "../../core/hashes/pdq/trim-border.ts";
import type { JpegHeader } from "./jpeg-header.ts";

/** Not built for every platform: without it sharp decodes all files. */
const turbo = await import("@julusian/jpeg-turbo").then(
	(module) => module.default,
	() => null,
);
const shrinker = createLumaShrinker();

/**
 * The luma at the size at which it is hashed. PDQ looks at nothing else, and JPEG stores it apart from the colors, which are left
 * undecoded. `header` is that of the file; who calls has compared its size with the limit. Null where the file was not decoded whole
 * and without a warning (truncated or damaged data, CMYK, another size than was said), and where an embedded profile gives its numbers
 * other meanings. Overwritten by the next call.
 */
export function decodeLuma(bytes: Uint8Array, header: JpegHeader): LumaPlane | null {
	const size = { width: header.width, height: header.height };
	if (header.hasProfile || size.width > longestSide || size.height > longestSide) return null;
	const isWhole = decodeInto(shrinker.room(size.width, size.height), bytes, size, "FORMAT_GRAY");
	return isWhole ? shrinker.shrink(size, hashedSize(size)) : null;
}

let colors = new Uint8Array(0);

/**
 * All pixels as they are stored. Null as of {@link decodeLuma}; who calls knows that no profile is embedded. Overwritten by the next
 * call: pixels that are allocated anew for each picture cost half as much again in collecting them.
 */
export function decodeColors(bytes: Uint8Array, { width, height }: Size): Raster | null {
	const length = width * height * 3;
	if (colors.length < length) colors = new Uint8Array(length);
	const rgb = colors.subarray(0, length);
	return decodeInto(rgb, bytes, { width, height }, "FORMAT_RGB") ? { rgb, width, height } : null;
}

function decodeInto(room: Uint8Array, bytes: Uint8Array, size: Size, format: "FORMAT_GRAY" | "FORMAT_RGB"): boolean {
	if (turbo === null) return false;
	try {
		// Throws at warnings as at errors, and before it would write past the room.
		const { width, height } = turbo.decompressSync(asBuffer(bytes), asBuffer(room), { format: turbo[format] });
		return width === size.width && height === size.height;
	} catch {
		return false;
	}
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
	return Buffer.from(buffer, byteOffset, byteLength);
}
