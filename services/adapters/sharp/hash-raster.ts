// All hashes by which a decoded picture is looked up.

import { dihedralTransforms, type PictureHashes, type ReframedHash } from "../../core/banks/bank.ts";
import { framings, sampleFraming, sketchPicture } from "../../core/hashes/pdq/framings.ts";
import { createPdqHasher, type PdqResult } from "../../core/hashes/pdq/pdq.ts";
import { sampleEdge } from "../../core/hashes/pdq/pdq-planes.ts";
import { createLumaShrinker } from "../../core/hashes/pdq/shrink-luma.ts";
import { type LumaPlane, lumaOf, withoutBorder } from "../../core/hashes/pdq/trim-border.ts";
import type { Raster, Size } from "./decode-frame.ts";

const hasher = createPdqHasher();
const shrinker = createLumaShrinker();

export function hashRaster({ rgb, width, height }: Raster): PdqResult {
	return hasher.hashRgb(rgb, width, height, 3);
}

export function hashLuma({ luma, width, height }: LumaPlane): PdqResult {
	return hasher.hash(luma, width, height);
}

/** Below, a hash is not trusted, and its framings are not either. */
const lowestQuality = 50;
/** Smaller pictures have too few pixels to guess others from. */
const shortestSide = 48;

/**
 * The picture's own hashes and those of its other framings; `size` is the picture's own, which its raster may be squeezed from. A
 * border takes away quality: it is looked for in any case.
 */
export function hashFramings(raster: Raster, size: Size): PictureHashes {
	const own = hashRaster(raster);
	const plane = lumaOf(raster.rgb, raster.width, raster.height);
	const trimmed = withoutBorder(plane);
	const isFramed = own.quality >= lowestQuality && Math.min(raster.width, raster.height) >= shortestSide;
	return {
		...own,
		reframed: [
			...(trimmed === null ? [] : bothWays("trimmed", hashLuma(trimmed))),
			...(isFramed ? hashesInFramings(plane, size.width / size.height) : []),
		],
	};
}

function hashesInFramings(plane: LumaPlane, aspect: number): readonly ReframedHash[] {
	const sketch = sketchPicture(shrinker, plane, aspect);
	return framings.flatMap((framing) => {
		const result = hasher.hash(sampleFraming(sketch, framing), sampleEdge, sampleEdge);
		return bothWays(framing.transform, result);
	});
}

/** Who edits a copy so that it is not recognized often mirrors it, too. */
function bothWays(
	transform: "trimmed" | "uncropped" | "straightened",
	{ hash, dihedral, quality }: PdqResult,
): readonly ReframedHash[] {
	const mirrored = dihedral[dihedralTransforms.indexOf("flipY")];
	const asIs = { transform, hash, quality };
	return mirrored === undefined ? [asIs] : [asIs, { transform: `${transform}Mirrored`, hash: mirrored, quality }];
}
