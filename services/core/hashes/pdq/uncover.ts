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

/** The hash's own filter over the four pixels of each sample along either side; no pixel speaks in two samples. */
const weights = [1 / 8, 3 / 8, 3 / 8, 1 / 8];

/** Samples a plane with {@link finePerSample} pixels a sample along each side. */
export function samplesOf({ luma, width }: LumaPlane): Samples {
	const samples = new Float32Array(sampleEdge * sampleEdge);
	for (let row = 0, at = 0; row < sampleEdge; row += 1)
		for (let column = 0; column < sampleEdge; column += 1, at += 1) {
			let sum = 0;
			for (let down = 0; down < finePerSample; down += 1) {
				const first = (row * finePerSample + down) * width + column * finePerSample;
				for (let right = 0; right < finePerSample; right += 1)
					sum += (weights[down] ?? 0) * (weights[right] ?? 0) * (luma[first + right] ?? 0);
			}
			samples[at] = sum;
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
	for (let round = 0; round < rounds; round += 1) {
		// To and fro, so that neither side spreads further than the other.
		const isForth = round % 2 === 0;
		for (let step = 0; step < covered.length; step += 1) {
			const at = covered[isForth ? step : covered.length - 1 - step] ?? 0;
			const column = at % sampleEdge;
			let sum = 0;
			let count = 0;
			if (column > 0 && isKnown[at - 1] === 1) {
				sum += values[at - 1] ?? 0;
				count += 1;
			}
			if (column < sampleEdge - 1 && isKnown[at + 1] === 1) {
				sum += values[at + 1] ?? 0;
				count += 1;
			}
			if (at >= sampleEdge && isKnown[at - sampleEdge] === 1) {
				sum += values[at - sampleEdge] ?? 0;
				count += 1;
			}
			if (at + sampleEdge < isKnown.length && isKnown[at + sampleEdge] === 1) {
				sum += values[at + sampleEdge] ?? 0;
				count += 1;
			}
			if (count === 0) continue;
			values[at] = sum / count;
			isKnown[at] = 1;
		}
	}
	return values;
}

function placesOf(isCovered: Uint8Array): Int32Array {
	const places = new Int32Array(isCovered.length);
	let count = 0;
	for (let at = 0; at < isCovered.length; at += 1) if (isCovered[at] === 1) places[count++] = at;
	return places.subarray(0, count);
}
