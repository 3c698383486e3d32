// Two pictures in one file: what viewers show of it depends on the ground behind it, and on color metadata that some obey and others
// do not. Whatever differs from the picture as it is hashed is looked up as well.
import sharp from "sharp";
import type { PictureHashes, ReframedHash } from "../../core/banks/bank.ts";
import { isSamePicture } from "../../core/hashes/pdq/distinct-frames.ts";
import { bothWays, hashRaster } from "../../core/hashes/pdq/hash-raster.ts";
import { hashedSize, type Raster, type Size } from "../../core/hashes/pdq/hashed-size.ts";
import { type PdqResult, pairOf } from "../../core/hashes/pdq/pdq.ts";
import { type DecodeLimits, secondsUntil, toRaster } from "./decode-frame.ts";
import { type LevelCurve, pngCurves } from "./png-curves.ts";
import type { Header } from "./read-header.ts";

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
	const grounds = header.hasAlpha ? [await draw("#000000", false), await draw("#808080", false)] : [];
	const others: Raster[] = [
		...grounds,
		...(isSeenThrough(grounds) ? [await drawOpaque(bytes, header, resizeTo, limits)] : []),
		...(header.hasProfile ? [await draw("#ffffff", true)] : []),
		...pngCurves(bytes).map((curve) => withCurve(shown, curve)),
	];
	const kept: PdqResult[] = [];
	for (const raster of others) {
		const one = hashRaster(raster);
		if ([own, ...kept].every(({ hash }) => !isSamePicture(hash, one.hash))) kept.push(one);
	}
	return kept.flatMap((one) => bothWays("rendered", pairOf(one)));
}

/** Some of the ground shows: on two of them the picture is not the same. */
function isSeenThrough([one, other]: readonly Raster[]): boolean {
	return one !== undefined && other !== undefined && Buffer.compare(one.rgb, other.rgb) !== 0;
}

/** How large a picture with transparency is laid on a ground: of a larger one, held in memory whole, nobody says what stands under it. */
const mostOpaquePixels = 25_000_000;

/**
 * As viewers show it that know no transparency: what stands where nothing is to be seen. Made smaller only after its transparency
 * is gone, for what is fully transparent has no weight in making it smaller.
 */
async function drawOpaque(
	bytes: Uint8Array,
	{ width, height }: Header,
	resizeTo: Size | null,
	{ maxPixels, deadline }: DecodeLimits,
): Promise<Raster> {
	if (width * height > mostOpaquePixels) throw new Error("too large to be looked at without its transparency");
	const options = { pages: 1, limitInputPixels: maxPixels, failOn: "none", sequentialRead: true } as const;
	const { data, info } = await sharp(bytes, options)
		.timeout({ seconds: secondsUntil(deadline) })
		.toColourspace("srgb")
		.raw({ depth: "uchar" })
		.toBuffer({ resolveWithObject: true });
	const rgb = Buffer.alloc(info.width * info.height * 3);
	const isGrey = info.channels < 3;
	for (let from = 0, to = 0; to < rgb.length; from += info.channels, to += 3)
		for (let color = 0; color < 3; color += 1) rgb[to + color] = data[from + (isGrey ? 0 : color)] ?? 0;
	const raw = { width: info.width, height: info.height, channels: 3 } as const;
	return toRaster(sharp(rgb, { raw }), resizeTo, deadline);
}

function withCurve({ rgb, width, height }: Raster, curve: LevelCurve): Raster {
	return { rgb: rgb.map((level) => curve[level] ?? 0), width, height };
}
