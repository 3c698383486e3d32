// A picture without what covers a part of it (rounded corners, a small picture laid over it): the covered places take on what is
// around them, so that they say nothing of their own. It works on the hash's own samples; it decides nothing about what a match means.
import { sampleEdge } from "./pdq-planes.ts";
import type { Bounds, LumaPlane } from "./trim-border.ts";

/** More of a picture cannot be made up from the rest. */
const largestCover = 0.3;
/** A corner of one tone: its luma lies no further from that of the outermost pixel. */
const toleranceLuma = 18;
const rounds = 24;

/** What a picture is hashed from: 64×64 values 0–255, rows from the top. Not rounded: all that a flat picture has is in the fractions. */
export type Samples = Float32Array;

/** What samples are taken from. A small picture's own pixels are as many as there are. */
export const finePerSample = 4;

/**
 * Samples a plane with {@link finePerSample} pixels a sample along each side, by the hash's own filter over them: an eighth, three, three and one
 * along either side. No pixel speaks in two samples.
 */
export function samplesOf({ luma, width }: LumaPlane): Samples {
	const samples = new Float32Array(sampleEdge * sampleEdge);
	const across = (from: number) =>
		(luma[from] ?? 0) + 3 * ((luma[from + 1] ?? 0) + (luma[from + 2] ?? 0)) + (luma[from + 3] ?? 0);
	for (let row = 0, at = 0; row < sampleEdge; row += 1)
		for (let column = 0; column < sampleEdge; column += 1, at += 1) {
			const first = row * finePerSample * width + column * finePerSample;
			const [outer, inner] = [
				across(first) + across(first + 3 * width),
				across(first + width) + across(first + 2 * width),
			];
			samples[at] = (outer + 3 * inner) / 64;
		}
	return samples;
}

/** `covers` in samples; null where they leave too little, or nothing is covered. */
export function withoutCovers(samples: Samples, covers: readonly Bounds[]): Samples | null {
	const isCovered = new Uint8Array(samples.length);
	for (const { left, top, right, bottom } of covers)
		for (let row = Math.max(0, top); row < Math.min(sampleEdge, bottom); row += 1)
			isCovered.fill(1, row * sampleEdge + Math.max(0, left), row * sampleEdge + Math.min(sampleEdge, right));
	return filled(samples, isCovered);
}

/** The picture with its corners as if they were not cut off round; null where no two of them have one tone. */
export function withoutCorners(samples: Samples): Samples | null {
	const isCovered = new Uint8Array(samples.length);
	const corners = [0, sampleEdge - 1, (sampleEdge - 1) * sampleEdge, sampleEdge * sampleEdge - 1];
	const tones = corners.map((corner) => samples[corner] ?? 0);
	if (Math.max(...tones) - Math.min(...tones) > toleranceLuma) return null;
	for (const corner of corners) markTone(samples, corner, isCovered);
	return filled(samples, widened(isCovered));
}

/** A corner's own tone along each row, from the side inwards, as long as it narrows from row to row. */
function markTone(samples: Samples, corner: number, isCovered: Uint8Array): void {
	const right = corner % sampleEdge === 0 ? 1 : -1;
	const down = corner < sampleEdge ? sampleEdge : -sampleEdge;
	const tone = samples[corner] ?? 0;
	let longest = sampleEdge / 2;
	for (let row = 0; row < sampleEdge / 2 && longest > 0; row += 1) {
		let run = 0;
		const from = corner + row * down;
		while (run < longest && Math.abs((samples[from + run * right] ?? 0) - tone) <= toleranceLuma) run += 1;
		for (let at = 0; at < run; at += 1) isCovered[from + at * right] = 1;
		longest = run;
	}
}

/** With the places beside, above and below, which are neither tone nor picture. */
function widened(isCovered: Uint8Array): Uint8Array {
	const wider = Uint8Array.from(isCovered);
	for (const at of placesOf(isCovered)) {
		const column = at % sampleEdge;
		if (column > 0) wider[at - 1] = 1;
		if (column < sampleEdge - 1) wider[at + 1] = 1;
		if (at >= sampleEdge) wider[at - sampleEdge] = 1;
		if (at + sampleEdge < wider.length) wider[at + sampleEdge] = 1;
	}
	return wider;
}

/** Each covered place becomes the mean of its neighbors, again and again, from what is known inwards. */
function filled(samples: Samples, isCovered: Uint8Array): Samples | null {
	const covered = placesOf(isCovered);
	if (covered.length === 0 || covered.length > largestCover * samples.length) return null;
	const values = Float32Array.from(samples);
	const isKnown = new Uint8Array(samples.length).fill(1);
	for (const at of covered) isKnown[at] = 0;
	let unknown = covered.length;
	for (let round = 0; round < rounds; round += 1) {
		// To and fro, so that neither side spreads further than the other.
		const isForth = round % 2 === 0;
		const areKnown = unknown === 0;
		for (let step = 0; step < covered.length; step += 1) {
			const at = covered[isForth ? step : covered.length - 1 - step] ?? 0;
			if (areKnown && isInner(at)) {
				const beside = (values[at - 1] ?? 0) + (values[at + 1] ?? 0);
				values[at] = (beside + (values[at - sampleEdge] ?? 0) + (values[at + sampleEdge] ?? 0)) / 4;
				continue;
			}
			const mean = meanOfKnown(values, isKnown, at);
			if (mean === null) continue;
			values[at] = mean;
			unknown -= isKnown[at] === 1 ? 0 : 1;
			isKnown[at] = 1;
		}
	}
	return values;
}

/** Has a neighbor on all four sides. */
function isInner(at: number): boolean {
	const column = at % sampleEdge;
	return column > 0 && column < sampleEdge - 1 && at >= sampleEdge && at < sampleEdge * (sampleEdge - 1);
}

function meanOfKnown(values: Samples, isKnown: Uint8Array, at: number): number | null {
	const column = at % sampleEdge;
	let sum = 0;
	let count = 0;
	const add = (neighbor: number) => {
		if (isKnown[neighbor] !== 1) return;
		sum += values[neighbor] ?? 0;
		count += 1;
	};
	if (column > 0) add(at - 1);
	if (column < sampleEdge - 1) add(at + 1);
	if (at >= sampleEdge) add(at - sampleEdge);
	if (at + sampleEdge < isKnown.length) add(at + sampleEdge);
	return count === 0 ? null : sum / count;
}

function placesOf(isCovered: Uint8Array): Int32Array {
	const places = new Int32Array(isCovered.length);
	let count = 0;
	for (let at = 0; at < isCovered.length; at += 1) if (isCovered[at] === 1) places[count++] = at;
	return places.subarray(0, count);
}
