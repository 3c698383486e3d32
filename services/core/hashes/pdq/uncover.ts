// A picture without what covers a part of it (rounded corners, a small picture laid over it): the covered places take on what is
// around them, so that they say nothing of their own. It decides nothing about what a match means.
import type { Bounds, LumaPlane } from "./trim-border.ts";

/** More of a picture cannot be made up from the rest. */
const largestCover = 0.3;
/** A corner of one tone: its luma lies no further from that of the outermost pixel. */
const toleranceLuma = 12;
const rounds = 24;

/** `covers` in pixels of the plane; null where they leave too little, or nothing is covered. */
export function withoutCovers(plane: LumaPlane, covers: readonly Bounds[]): LumaPlane | null {
	const isCovered = new Uint8Array(plane.luma.length);
	for (const { left, top, right, bottom } of covers)
		for (let row = Math.max(0, top); row < Math.min(plane.height, bottom); row += 1)
			isCovered.fill(1, row * plane.width + Math.max(0, left), row * plane.width + Math.min(plane.width, right));
	return filled(plane, isCovered);
}

/** The picture with its corners as if they were not cut off round; null where no two of them have one tone. */
export function withoutCorners(plane: LumaPlane): LumaPlane | null {
	const { luma, width, height } = plane;
	const isCovered = new Uint8Array(luma.length);
	const corners = [0, width - 1, (height - 1) * width, height * width - 1];
	const tones = corners.map((corner) => luma[corner] ?? 0);
	if (Math.max(...tones) - Math.min(...tones) > toleranceLuma) return null;
	for (const corner of corners) markTone(plane, corner, isCovered);
	return filled(plane, isCovered);
}

/** A corner's own tone along each row, from the side inwards, as long as it narrows from row to row. */
function markTone({ luma, width, height }: LumaPlane, corner: number, isCovered: Uint8Array): void {
	const right = corner % width === 0 ? 1 : -1;
	const down = corner < width ? 1 : -1;
	const tone = luma[corner] ?? 0;
	let longest = Math.floor(width / 2);
	for (let row = 0; row < height / 2 && longest > 0; row += 1) {
		let run = 0;
		const from = corner + row * down * width;
		while (run < longest && Math.abs((luma[from + run * right] ?? 0) - tone) <= toleranceLuma) run += 1;
		// The places at its edge are neither tone nor picture.
		for (let at = 0; at < Math.min(run + 1, width / 2) && run > 0; at += 1) isCovered[from + at * right] = 1;
		longest = run;
	}
}

/** Each covered place becomes the mean of its neighbors, again and again, from what is known inwards. */
function filled({ luma, width, height }: LumaPlane, isCovered: Uint8Array): LumaPlane | null {
	const covered = placesOf(isCovered);
	if (covered.length === 0 || covered.length > largestCover * luma.length) return null;
	const values = new Float32Array(luma);
	const isKnown = new Uint8Array(luma.length).fill(1);
	for (const at of covered) isKnown[at] = 0;
	for (let round = 0; round < rounds; round += 1) {
		// To and fro, so that neither side spreads further than the other.
		const isForth = round % 2 === 0;
		for (let step = 0; step < covered.length; step += 1) {
			const at = covered[isForth ? step : covered.length - 1 - step] ?? 0;
			const column = at % width;
			let sum = 0;
			let count = 0;
			if (column > 0 && isKnown[at - 1] === 1) {
				sum += values[at - 1] ?? 0;
				count += 1;
			}
			if (column < width - 1 && isKnown[at + 1] === 1) {
				sum += values[at + 1] ?? 0;
				count += 1;
			}
			if (at >= width && isKnown[at - width] === 1) {
				sum += values[at - width] ?? 0;
				count += 1;
			}
			if (at + width < isKnown.length && isKnown[at + width] === 1) {
				sum += values[at + width] ?? 0;
				count += 1;
			}
			if (count === 0) continue;
			values[at] = sum / count;
			isKnown[at] = 1;
		}
	}
	const whole = new Uint8Array(values.length);
	for (let at = 0; at < whole.length; at += 1) whole[at] = Math.round(values[at] ?? 0);
	return { luma: whole, width, height };
}

function placesOf(isCovered: Uint8Array): Int32Array {
	const places = new Int32Array(isCovered.length);
	let count = 0;
	for (let at = 0; at < isCovered.length; at += 1) if (isCovered[at] === 1) places[count++] = at;
	return places.subarray(0, count);
}
