// All hashes by which a decoded picture is looked up.
import { createPdqHasher, type PdqResult } from "../../core/hashing/pdq.ts";
import { type LumaPlane, lumaOf, withMargin, withoutBorder } from "../../core/hashing/reframe.ts";
import { dihedralTransforms, type PictureHashes, type ReframedHash } from "../../core/matching/bank.ts";
import type { Raster } from "./decode-frame.ts";

const hasher = createPdqHasher();

export function hashRaster({ rgb, width, height }: Raster): PdqResult {
	return hasher.hashRgb(rgb, width, height, 3);
}

export function hashLuma({ luma, width, height }: LumaPlane): PdqResult {
	return hasher.hash(luma, width, height);
}

/** What is left of a picture whose edges were cut, as shares of its sides: a hash bears about five percent to either side. */
const keptShares = [0.95, 0.9];
/** Below, a hash is not trusted, and its framings are not either. */
const lowestQuality = 50;

/** The picture's own hashes and those of its other framings. A border takes away quality: it is looked for in any case. */
export function hashFramings(raster: Raster): PictureHashes {
	const own = hashRaster(raster);
	const plane = lumaOf(raster.rgb, raster.width, raster.height);
	const trimmed = withoutBorder(plane);
	const widened = own.quality < lowestQuality ? [] : keptShares.map((share) => withMargin(plane, share));
	const reframed = [
		...(trimmed === null ? [] : reframedHashes(trimmed, "trimmed", "trimmedMirrored")),
		...widened.flatMap((one) => reframedHashes(one, "uncropped", "uncroppedMirrored")),
	];
	return { ...own, reframed };
}

function reframedHashes(
	plane: LumaPlane,
	asIs: ReframedHash["transform"],
	mirrored: ReframedHash["transform"],
): readonly ReframedHash[] {
	const { hash, dihedral, quality } = hashLuma(plane);
	return [
		{ transform: asIs, hash, quality },
		{ transform: mirrored, hash: dihedral[dihedralTransforms.indexOf("flipY")] ?? hash, quality },
	];
}
