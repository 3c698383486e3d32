// The luma of a JPEG at the size at which it is hashed. PDQ looks at nothing else, and JPEG stores it apart from the colors, which
// libjpeg-turbo leaves undecoded when it is asked for grey. A file that it has a word to say about is sharp's to judge.

import { hashedSize } from "../../core/hashes/pdq/hashed-size.ts";
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
 * `header` is that of the file; who calls has compared its size with the limit. Null where the file was not decoded whole and without
 * a warning (truncated or damaged data, CMYK, another size than was said), and where an embedded profile gives its numbers other
 * meanings. Overwritten by the next call.
 */
export function decodeLuma(bytes: Uint8Array, header: JpegHeader): LumaPlane | null {
	const size = { width: header.width, height: header.height };
	if (turbo === null || header.hasProfile || size.width > longestSide || size.height > longestSide) return null;
	try {
		const room = shrinker.room(size.width, size.height);
		// Throws at warnings as at errors, and before it would write past the room.
		const { width, height } = turbo.decompressSync(asBuffer(bytes), asBuffer(room), { format: turbo.FORMAT_GRAY });
		return width === size.width && height === size.height ? shrinker.shrink(size, hashedSize(size)) : null;
	} catch {
		return null;
	}
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
	return Buffer.from(buffer, byteOffset, byteLength);
}
