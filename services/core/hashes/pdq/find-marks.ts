// Where words were put over a picture on a ground of one tone: a bar from side to side, a box in a corner. It says where they may be; without
// them the picture is looked up as well.
import type { Bounds, LumaPlane } from "./trim-border.ts";

/** A ground's luma lies no further from its tone. */
const toleranceLuma = 12;
/** The share of a mark that is its ground; the rest are its letters. */
const fewestGround = 0.5;
/** Where a bar begins and ends, rows differ by so much. */
const edgeLuma = 12;
/** By the height of the picture. */
const [lowestBar, highestBar] = [0.02, 0.2];
/** By the sides of the picture, and its area. */
const [shortestBox, longestBox, largestBox] = [0.02, 0.75, 0.2];
const mostBars = 2;

/** The few that there may be, in the plane's own pixels. */
export function findMarks(plane: LumaPlane): readonly Bounds[] {
	return [...findBars(plane), ...findBoxes(plane)];
}

function findBars({ luma, width, height }: LumaPlane): readonly Bounds[] {
	const bars: Bounds[] = [];
	const tones = new Map<number, number | null>();
	// Asked of few rows: those beside an edge, and those of the bar that may begin there.
	const toneAt = (row: number) => {
		const known = tones.get(row);
		if (known !== undefined) return known;
		const tone = toneOf(luma.subarray(row * width, (row + 1) * width));
		tones.set(row, tone);
		return tone;
	};
	for (let top = 1; top < height && bars.length < mostBars; top += 1) {
		if (rowsApart(luma, width, top) < edgeLuma) continue;
		const tone = toneAt(top);
		if (tone === null) continue;
		let bottom = top + 1;
		while (bottom < height && Math.abs((toneAt(bottom) ?? Number.NaN) - tone) <= toleranceLuma) bottom += 1;
		const share = (bottom - top) / height;
		if (share < lowestBar || share > highestBar || bottom === height) continue;
		if (rowsApart(luma, width, bottom) < edgeLuma) continue;
		bars.push({ left: 0, top, right: width, bottom });
		top = bottom;
	}
	return bars;
}

/** The tone of most of a row, its median; null where it has none. */
function toneOf(row: Uint8Array): number | null {
	levels.fill(0);
	for (const level of row) levels[level] = (levels[level] ?? 0) + 1;
	let [tone, below] = [0, levels[0] ?? 0];
	while (below <= row.length >> 1) {
		tone += 1;
		below += levels[tone] ?? 0;
	}
	let ground = 0;
	for (const count of levels.subarray(Math.max(0, tone - toleranceLuma), tone + toleranceLuma + 1)) ground += count;
	return ground >= fewestGround * row.length ? tone : null;
}

/** How many pixels of a row have each level. */
const levels = new Uint32Array(256);

/** How far a row lies from the one above it, on average. */
function rowsApart(luma: Uint8Array, width: number, row: number): number {
	let sum = 0;
	for (let at = row * width; at < (row + 1) * width; at += 1)
		sum += Math.abs((luma[at] ?? 0) - (luma[at - width] ?? 0));
	return sum / width;
}

function findBoxes({ luma, width, height }: LumaPlane): readonly Bounds[] {
	return [0, 1, 2, 3].flatMap((corner) => {
		const isRight = corner % 2 === 1;
		const isBottom = corner > 1;
		const at = (across: number, down: number) =>
			luma[(isBottom ? height - 1 - down : down) * width + (isRight ? width - 1 - across : across)] ?? 0;
		const tone = at(0, 0);
		const isGround = (across: number, down: number) => Math.abs(at(across, down) - tone) <= toleranceLuma;
		let [across, down] = [0, 0];
		while (across < width && isGround(across, 0)) across += 1;
		while (down < height && isGround(0, down)) down += 1;
		const isBox = isBetween(across / width) && isBetween(down / height) && across * down <= largestBox * width * height;
		if (!isBox) return [];
		let ground = 0;
		for (let y = 0; y < down; y += 1) for (let x = 0; x < across; x += 1) if (isGround(x, y)) ground += 1;
		if (ground < fewestGround * across * down) return [];
		const [left, top] = [isRight ? width - across : 0, isBottom ? height - down : 0];
		return [{ left, top, right: left + across, bottom: top + down }];
	});
}

function isBetween(share: number): boolean {
	return share >= shortestBox && share <= longestBox;
}
