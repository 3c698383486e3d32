// How an edited copy may lie over the picture that it was made of: some of its edges cut off, or a little askew. For each way the
// copy is sampled as if it were whole and straight again, to be hashed like a picture of its own. What is lost is told from what is left
// (fill-margins.ts). What a match means is not decided here.
import type { Cut } from "./cuts.ts";
import { fillMargins, type Known, towardsMean } from "./fill-margins.ts";
import { sampleEdge } from "./pdq-planes.ts";
import type { LumaShrinker } from "./shrink-luma.ts";
import type { LumaPlane } from "./trim-border.ts";

/** The version of the list below, of how it is sampled, and of what else a picture is looked up by, for verdicts to name. */
export const framingsVersion = "framings-9";

export interface Framing {
	/** What the copy becomes. */
	readonly transform: "uncropped" | "straightened";
	/** By how much the copy is turned, clockwise. */
	readonly tiltDegrees: number;
	/** What is left of the picture's sides, 0–1. */
	readonly keptWidth: number;
	readonly keptHeight: number;
	/** Where the middle of what is left lay, seen from the picture's middle, in shares of its sides; right and down are positive. */
	readonly offsetX: number;
	readonly offsetY: number;
}

const whole = { keptWidth: 1, keptHeight: 1, offsetX: 0, offsetY: 0 } as const;

/** A hash bears about five percent of a side more or less. */
const cutsAround: readonly Cut[] = [
	[0.025, 0.025, 0.025, 0.025],
	[0.0375, 0.0375, 0.0375, 0.0375],
	[0.05, 0.05, 0.05, 0.05],
];
const strips: readonly Cut[] = [
	...[0.05, 0.1].flatMap((strip): Cut[] => [
		[strip, 0, 0, 0],
		[0, strip, 0, 0],
		[0, 0, strip, 0],
		[0, 0, 0, strip],
	]),
	[0.05, 0, 0.05, 0],
	[0, 0.05, 0, 0.05],
];
const corners: readonly Cut[] = [
	[0.05, 0.05, 0, 0],
	[0, 0.05, 0.05, 0],
	[0, 0, 0.05, 0.05],
	[0.05, 0, 0, 0.05],
];

/** A hash bears about one degree more or less. */
const tilts = [2, 3.5, 5, 7, 8.5, 10];
/** Who tilts a picture cuts the empty corners off: about so much is left of each side. */
const cutTilts = [
	{ degrees: 2, kept: 0.95 },
	{ degrees: 3.5, kept: 0.92 },
];
const bothSides = [-1, 1];

export const framings: readonly Framing[] = [
	...[...cutsAround, ...strips, ...corners].map(uncropped),
	...tilts.flatMap((degrees) => bothSides.map((side) => straightened(side * degrees, 1))),
	...cutTilts.flatMap(({ degrees, kept }) => bothSides.map((side) => straightened(side * degrees, kept))),
];

export function uncropped([top, right, bottom, left]: Cut): Framing {
	const kept = { keptWidth: 1 - left - right, keptHeight: 1 - top - bottom };
	const offset = { offsetX: (left - right) / 2, offsetY: (top - bottom) / 2 };
	return { transform: "uncropped", tiltDegrees: 0, ...kept, ...offset };
}

export function straightened(tiltDegrees: number, kept: number): Framing {
	return { ...whole, transform: "straightened", tiltDegrees, keptWidth: kept, keptHeight: kept };
}

/** So much finer than what is hashed that a sample between four of its pixels is as smooth as the hash's own filter would make it. */
const sketchEdge = 2.5 * sampleEdge;

export interface Sketch extends LumaPlane {
	readonly aspect: number;
	/** Its luma on the whole, 0–255. */
	readonly mean: number;
}

/**
 * What framings are sampled from. The plane may be squeezed; `aspect` is width to height of the picture that it shows. The pixels
 * lie in the shrinker's memory: good until that is used again.
 */
export function sketchPicture(shrinker: LumaShrinker, { luma, width, height }: LumaPlane, aspect: number): Sketch {
	shrinker.room(width, height).set(luma);
	const small = { width: Math.min(sketchEdge, width), height: Math.min(sketchEdge, height) };
	const sketch = shrinker.shrink({ width, height }, small);
	let sum = 0;
	for (const level of sketch.luma) sum += level;
	return { ...sketch, aspect, mean: sum / sketch.luma.length };
}

/** 64×64 samples of the copy in that framing. The sketch has at least two pixels on either side. */
export function sampleFraming({ luma, width, height, aspect, mean }: Sketch, framing: Framing): Float32Array {
	const { tiltDegrees, keptWidth, keptHeight, offsetX, offsetY } = framing;
	const angle = (tiltDegrees * Math.PI) / 180;
	// From one sample to the next along its row (right) and down its column (down), in pixels of the sketch.
	const rightX = (Math.cos(angle) * width) / (sampleEdge * keptWidth);
	const rightY = (Math.sin(angle) * aspect * height) / (sampleEdge * keptWidth);
	const downX = (-Math.sin(angle) * width) / (aspect * sampleEdge * keptHeight);
	const downY = (Math.cos(angle) * height) / (sampleEdge * keptHeight);
	const toFirst = 0.5 - sampleEdge / 2;
	const firstX = width * (0.5 - offsetX / keptWidth) - 0.5 + toFirst * (rightX + downX);
	const firstY = height * (0.5 - offsetY / keptHeight) - 0.5 + toFirst * (rightY + downY);
	// Less than the last pixel, so that each place has a next one.
	const lastX = width - 1.001;
	const lastY = height - 1.001;
	const samples = new Float32Array(sampleEdge * sampleEdge);
	if (tiltDegrees === 0) {
		const columns = placesAlong({ first: firstX, step: rightX, last: lastX });
		const rows = placesAlong({ first: firstY, step: downY, last: lastY });
		sampleUpright({ luma, width }, columns, rows, samples);
		fillMargins(samples, { rows: rows.known, columns: columns.known }, mean);
		return samples;
	}
	for (let row = 0, at = 0; row < sampleEdge; row += 1) {
		for (let column = 0; column < sampleEdge; column += 1, at += 1) {
			const [x, y] = [firstX + column * rightX + row * downX, firstY + column * rightY + row * downY];
			const [nearX, nearY] = [clamp(x, lastX), clamp(y, lastY)];
			const level = meanAround(luma, width, nearX, nearY);
			const isLost = x !== nearX || y !== nearY;
			samples[at] = isLost ? towardsMean(level, mean, Math.hypot((x - nearX) / width, (y - nearY) / height)) : level;
		}
	}
	return samples;
}

interface Places {
	/** The pixel before each sample, and how far from it to the next one the sample lies, 0–1. */
	readonly pixels: Int32Array;
	readonly shares: Float64Array;
	/** The samples that lie within the picture. */
	readonly known: Known;
}

function placesAlong({ first, step, last }: { first: number; step: number; last: number }): Places {
	const pixels = new Int32Array(sampleEdge);
	const shares = new Float64Array(sampleEdge);
	for (let at = 0; at < sampleEdge; at += 1) {
		const place = clamp(first + at * step, last);
		pixels[at] = place;
		shares[at] = place - (place | 0);
	}
	// Half a sample beyond the last pixel's middle is still the picture's.
	const from = Math.max(0, Math.ceil(-first / step - 0.5));
	const known = { from, to: Math.min(sampleEdge - 1, Math.floor((last - first) / step + 0.5)) };
	return { pixels, shares, known };
}

/** Rows and columns of what is not turned stay rows and columns: where each lies is said once, and the rest is {@link meanAround}. */
function sampleUpright(
	{ luma, width }: Pick<LumaPlane, "luma" | "width">,
	columns: Places,
	rows: Places,
	samples: Float32Array,
): void {
	for (let row = 0, to = 0; row < sampleEdge; row += 1) {
		const first = (rows.pixels[row] ?? 0) * width;
		const down = rows.shares[row] ?? 0;
		for (let column = 0; column < sampleEdge; column += 1, to += 1) {
			const at = first + (columns.pixels[column] ?? 0);
			const right = columns.shares[column] ?? 0;
			const aboveLeft = luma[at] ?? 0;
			const belowLeft = luma[at + width] ?? 0;
			const above = aboveLeft + ((luma[at + 1] ?? 0) - aboveLeft) * right;
			const below = belowLeft + ((luma[at + width + 1] ?? 0) - belowLeft) * right;
			samples[to] = above + (below - above) * down;
		}
	}
}

function clamp(value: number, last: number): number {
	return Math.max(0, Math.min(value, last));
}

/** The mean of the four pixels around a place, by their nearness. */
function meanAround(luma: Uint8Array, width: number, x: number, y: number): number {
	const left = x | 0;
	const top = y | 0;
	const at = top * width + left;
	const aboveLeft = luma[at] ?? 0;
	const belowLeft = luma[at + width] ?? 0;
	const above = aboveLeft + ((luma[at + 1] ?? 0) - aboveLeft) * (x - left);
	const below = belowLeft + ((luma[at + width + 1] ?? 0) - belowLeft) * (x - left);
	return above + (below - above) * (y - top);
}
