// Two pictures in one file: what viewers show of it depends on the ground behind it, and on color metadata that some obey and others
// do not. Whatever differs from the picture as it is hashed is looked up as well.
import sharp from "sharp";
import type { PictureHashes, ReframedHash } from "../../core/banks/bank.ts";
import { bitsApart } from "../../core/hashes/bits-apart.ts";
import type { PdqResult } from "../../core/hashes/pdq/pdq.ts";
import { type DecodeLimits, hashedSize, type Raster, toRaster } from "./decode-frame.ts";
import { bothWays, hashRaster } from "./hash-raster.ts";
import { pngExponent } from "./png-gamma.ts";
import type { Header } from "./read-header.ts";

/** Nearer renderings are one picture. */
const sameBits = 4;

/** `shown` is the first frame on white, its profile applied, and `own` its hash. Rejects where a rendering cannot be decoded, or not in time. */
export async function hashRenderings(
	bytes: Uint8Array,
	{ raster: shown, own }: { readonly raster: Raster; readonly own: PictureHashes },
	header: Header,
	limits: DecodeLimits,
): Promise<readonly ReframedHash[]> {
	const hashed = hashedSize(header);
	const resizeTo = hashed.width === header.width && hashed.height === header.height ? null : hashed;
	const draw = (ground: string, ignoreIcc: boolean) => {
		const options = { pages: 1, limitInputPixels: limits.maxPixels, failOn: "none", sequentialRead: true } as const;
		return toRaster(sharp(bytes, { ...options, ignoreIcc }), resizeTo, limits.deadline, ground);
	};
	const exponent = pngExponent(bytes);
	const others: Raster[] = [
		...(header.hasAlpha ? [await draw("#000000", false), await draw("#808080", false)] : []),
		...(header.hasProfile ? [await draw("#ffffff", true)] : []),
		...(exponent === null ? [] : [withExponent(shown, exponent)]),
	];
	const kept: PdqResult[] = [];
	for (const raster of others) {
		const one = hashRaster(raster);
		if ([own, ...kept].every(({ hash }) => bitsApart(hash, one.hash) > sameBits)) kept.push(one);
	}
	return kept.flatMap((one) => bothWays("rendered", one));
}

function withExponent({ rgb, width, height }: Raster, exponent: number): Raster {
	const levels = Uint8Array.from({ length: 256 }, (_, level) => Math.round(255 * (level / 255) ** exponent));
	return { rgb: rgb.map((level) => levels[level] ?? 0), width, height };
}
