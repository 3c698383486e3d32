// The four halves of a picture, each hashed like a picture of its own: what lies over one part of it leaves a half or two as they are. They find a
// copy where the known picture's halves are listed as well. What such a match means is not decided here.
import { createRoom } from "./create-room.ts";
import type { Size } from "./hashed-size.ts";
import type { PdqHasher, PdqPair } from "./pdq.ts";
import { sampleEdge } from "./pdq-planes.ts";
import type { LumaShrinker } from "./shrink-luma.ts";
import { hasStructure } from "./structure.ts";
import { type Bounds, cutOut, type LumaPlane } from "./trim-border.ts";

/** Four pixels a sample along each side of the whole, and two or four of a half. */
const sketchEdge = 4 * sampleEdge;
const sketchRoom = createRoom();
const samples: Size = { width: sampleEdge, height: sampleEdge };

interface Tools {
	readonly shrinker: LumaShrinker;
	readonly hasher: PdqHasher;
}

/** Those that say enough to be told by: above, below, left, right. None of a picture whose halves have fewer pixels than are hashed. */
export function hashHalves(plane: LumaPlane, { shrinker, hasher }: Tools): readonly PdqPair[] {
	const { width, height } = plane;
	if (Math.min(width, height) < 2 * sampleEdge) return [];
	const sketch = sketchOf(plane, shrinker);
	return halvesOf(sketch).flatMap((bounds) => {
		const half = cutOut(sketch, bounds, shrinker.room(sketch.width, sketch.height));
		const { luma } = shrinker.shrink(half, samples);
		const hashed = hasher.hashPair(luma, sampleEdge, sampleEdge);
		return hasStructure(hashed) ? [hashed] : [];
	});
}

function sketchOf(plane: LumaPlane, shrinker: LumaShrinker): LumaPlane {
	const size = { width: Math.min(sketchEdge, plane.width), height: Math.min(sketchEdge, plane.height) };
	shrinker.room(plane.width, plane.height).set(plane.luma);
	const { luma } = shrinker.shrink(plane, size);
	const kept = sketchRoom(luma.length).subarray(0, luma.length);
	kept.set(luma);
	return { ...size, luma: kept };
}

function halvesOf({ width, height }: Size): readonly Bounds[] {
	const whole = { left: 0, top: 0, right: width, bottom: height };
	const [middle, center] = [Math.round(height / 2), Math.round(width / 2)];
	return [
		{ ...whole, bottom: middle },
		{ ...whole, top: height - middle },
		{ ...whole, right: center },
		{ ...whole, left: width - center },
	];
}
