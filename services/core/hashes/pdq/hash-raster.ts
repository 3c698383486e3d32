// All hashes by which a decoded picture is looked up.

import type { PictureHashes, ReframedHash } from "../../banks/bank.ts";
import { createRoom } from "./create-room.ts";
import { cutPanel, findPanelsOf } from "./cut-panels.ts";
import { boundsOf, listedCuts } from "./cuts.ts";
import { dihedralTransforms } from "./dihedral-transforms.ts";
import { isSamePicture } from "./distinct-frames.ts";
import { findMarks } from "./find-marks.ts";
import type { FoundPanel } from "./find-panels.ts";
import { framings, sampleFraming, sketchPicture } from "./framings.ts";
import { hashHalves } from "./halves.ts";
import { hashedSize, type Raster, type Size } from "./hashed-size.ts";
import { lumaOf } from "./luma-of.ts";
import { createPdqHasher, negativeOf, type PdqPair, type PdqResult, pairOf } from "./pdq.ts";
import { sampleEdge } from "./pdq-planes.ts";
import { createLumaShrinker } from "./shrink-luma.ts";
import { hasStructure } from "./structure.ts";
import { type Bounds, cutOut, type LumaPlane, withoutBorder } from "./trim-border.ts";
import { finePerSample, samplesOf, withoutCorners, withoutCovers } from "./uncover.ts";

const hasher = createPdqHasher();
const shrinker = createLumaShrinker();
const lumaRoom = createRoom();

/** Overwritten by the next call. */
function planeOf({ rgb, width, height }: Raster): LumaPlane {
	return lumaOf(rgb, width, height, lumaRoom(width * height));
}

export function hashRaster(raster: Raster): PdqResult {
	const { rgb, width, height } = raster;
	return isHashedWhole(raster) ? hasher.hashRgb(rgb, width, height, 3) : hashLuma(planeOf(raster));
}

/**
 * Its own hashes and those without its border, for a still of a video: of hundreds in one file, in whose place others come within a second.
 * `shown` is what players show, where that is another.
 */
export function hashStill(raster: Raster, shown: Raster | null): PictureHashes {
	const own = hashWithMirror(raster);
	const trimmed = hashesTrimmedOf(raster);
	if (shown === null) return { ...own, reframed: trimmed };
	const rendered = hashWithMirror(shown);
	if (isSamePicture(own.hash, rendered.hash)) return { ...own, reframed: trimmed };
	return { ...own, reframed: [...trimmed, ...bothWays("rendered", pairOf(rendered)), ...hashesTrimmedOf(shown)] };
}

/**
 * The mirrored one of its own pixels: filters and samples of a picture that is hashed whole lie a fraction of a sample to one side, so that
 * its hash turned over is 16 to 36 bits from that of the picture turned over.
 */
function hashWithMirror(raster: Raster): PdqResult {
	const own = hashRaster(raster);
	const { hash } = hashRaster({ ...raster, rgb: mirrored(raster.rgb, raster.width, 3) });
	return { ...own, dihedral: own.dihedral.map((one, at) => (dihedralTransforms[at] === "flipY" ? hash : one)) };
}

function mirrored(pixels: Uint8Array, width: number, channels: 1 | 3): Uint8Array {
	const turned = new Uint8Array(pixels.length);
	for (let at = 0; at < pixels.length; at += 1) {
		const pixel = Math.trunc(at / channels);
		const column = pixel % width;
		turned[(pixel - column + width - 1 - column) * channels + (at % channels)] = pixels[at] ?? 0;
	}
	return turned;
}

function hashesTrimmedOf(raster: Raster): readonly ReframedHash[] {
	return hashesTrimmed(planeOf(raster), (plane) => {
		const { hash, quality } = hashLuma(plane);
		return { hash, quality, mirrored: hashLuma({ ...plane, luma: mirrored(plane.luma, plane.width, 1) }).hash };
	});
}

function hashesTrimmed(plane: LumaPlane, hash: (plane: LumaPlane) => PdqPair = hashPair): readonly ReframedHash[] {
	const trimmed = withoutBorder(plane);
	return trimmed === null ? [] : bothWays("trimmed", hash(trimmed));
}

export function hashLuma(plane: LumaPlane): PdqResult {
	const { luma, width, height } = asHashed(plane);
	return hasher.hash(luma, width, height);
}

function hashPair(plane: LumaPlane): PdqPair {
	const { luma, width, height } = asHashed(plane);
	return hasher.hashPair(luma, width, height);
}

function isHashedWhole(size: Size): boolean {
	const hashed = hashedSize(size);
	return hashed.width === size.width && hashed.height === size.height;
}

/** `plane` at the size at which it is hashed: what decoding has not shrunk is shrunk. */
function asHashed(plane: LumaPlane): LumaPlane {
	if (isHashedWhole(plane)) return plane;
	const { luma, width, height } = plane;
	shrinker.room(width, height).set(luma);
	return shrinker.shrink({ width, height }, hashedSize({ width, height }));
}

/** Below, a hash is not trusted, and its framings are not either. */
const lowestQuality = 50;
/** Below, a part is a bar, a gap or a tone, and no picture. */
const lowestOfPart = 20;
/** Smaller pictures have too few pixels to guess others from. */
const shortestSide = 48;

/**
 * The picture's own hashes, those of its other framings, and those of pictures within it; `size` is the picture's own, which its
 * raster may be squeezed from. A border takes away quality, and so may what surrounds a panel: they are looked for in any case.
 */
export function hashFramings(raster: Raster, size: Size): PictureHashes {
	const plane = planeOf(raster);
	const own = isHashedWhole(raster) ? hashRaster(raster) : hashLuma(plane);
	const isFramed = own.quality >= lowestQuality && Math.min(raster.width, raster.height) >= shortestSide;
	return {
		...own,
		reframed: [
			...hashesOfParts(plane),
			...(own.quality >= lowestQuality ? bothWays("negative", negativeOf(pairOf(own))) : []),
			...(isFramed ? hashesInFramings(plane, size.width / size.height) : []),
			...(isFramed ? hashHalves(plane, { shrinker, hasher }).flatMap((half) => bothWays("half", half)) : []),
		],
	};
}

/** Hashes of what is left of it in each of the ways in which pictures are cut, where that says enough, as of a copy that is cut so. */
export function hashCuts(raster: Raster): NonNullable<PictureHashes["cuts"]> {
	const plane = planeOf(raster);
	if (Math.min(plane.width, plane.height) < shortestSide) return [];
	return listedCuts
		.map((cut) => hashLuma(cutOut(plane, boundsOf(cut, plane))))
		.filter(hasStructure)
		.map(({ hash, quality }) => ({ hash, quality }));
}

/** Hashes of the picture without its border, of each picture that stands in it, and of it without what covers a part. */
function hashesOfParts(plane: LumaPlane): readonly ReframedHash[] {
	const panels = findPanelsOf(shrinker, plane);
	const kept: ReframedHash[] = [...hashesTrimmed(plane)];
	for (const panel of panels) {
		const hashed = hashPair(cutPanel(plane, panel));
		const isKnown = kept.some(({ hash }) => isSamePicture(hash, hashed.hash));
		if (hashed.quality >= lowestOfPart && !isKnown) kept.push(...bothWays("panel", hashed));
	}
	return [...kept, ...hashesUncovered(plane, panels)];
}

/** What lies over a picture is smaller than this share of it, and has edges on at least this many of its sides. */
const largestCover = 0.2;
const fewestEdges = 2;
const mostCovers = 5;
const fineEdge = finePerSample * sampleEdge;

function hashesUncovered(plane: LumaPlane, panels: readonly FoundPanel[]): readonly ReframedHash[] {
	if (Math.min(plane.width, plane.height) < fineEdge) return [];
	shrinker.room(plane.width, plane.height).set(plane.luma);
	const fine = shrinker.shrink(plane, { width: fineEdge, height: fineEdge });
	const samples = samplesOf(fine);
	const marks = findMarks(fine).map((mark) => inSamples(mark, fine));
	const isSmall = ({ left, top, right, bottom }: FoundPanel) =>
		(right - left) * (bottom - top) <= largestCover * plane.width * plane.height;
	const covers = panels
		.filter((panel) => panel.edges >= fewestEdges && isSmall(panel))
		.toSorted((a, b) => b.edges - a.edges)
		.slice(0, mostCovers)
		.map((panel) => inSamples(panel, plane));
	const cornerless = withoutCorners(samples);
	return [cornerless, ...[...covers, ...marks].map((cover) => withoutCovers(samples, [cover]))].flatMap((uncovered) =>
		uncovered === null ? [] : bothWays("uncovered", hasher.hashPair(uncovered, sampleEdge, sampleEdge)),
	);
}

/** Bounds in a plane's pixels as those of the samples that they touch. */
function inSamples({ left, top, right, bottom }: Bounds, { width, height }: Size): Bounds {
	return {
		left: Math.floor((left * sampleEdge) / width),
		top: Math.floor((top * sampleEdge) / height),
		right: Math.ceil((right * sampleEdge) / width),
		bottom: Math.ceil((bottom * sampleEdge) / height),
	};
}

function hashesInFramings(plane: LumaPlane, aspect: number): readonly ReframedHash[] {
	const sketch = sketchPicture(shrinker, plane, aspect);
	return framings.flatMap((framing) => {
		const result = hasher.hashPair(sampleFraming(sketch, framing), sampleEdge, sampleEdge);
		return bothWays(framing.transform, result);
	});
}

/** Who edits a copy so that it is not recognized often mirrors it, too. */
export function bothWays(
	transform: "trimmed" | "panel" | "uncovered" | "rendered" | "uncropped" | "straightened" | "negative" | "half",
	{ hash, mirrored, quality }: PdqPair,
): readonly ReframedHash[] {
	return [
		{ transform, hash, quality },
		{ transform: `${transform}Mirrored`, hash: mirrored, quality },
	];
}
