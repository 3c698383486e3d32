// Whether one picture is another one made smaller, as the small picture of a camera is: by what is seen where. Stricter than a hash, near to which
// others can be made.
import type { Size } from "./hashed-size.ts";
import type { LumaPlane } from "./trim-border.ts";

/** Cells along an edge, and how many of them a block has: what differs somewhere differs in a block of an eighth of the edge. */
const cells = 32;
const perBlock = 4;
/** Points of a cell that are looked at, along an edge. */
const points = 8;
/**
 * Levels of 255 by which a block's cells may differ in the mean: some that JPEG takes, and for each that lies between the darkest and the brightest cell
 * there, which edges that fall on other pixels come to. Of 65 small pictures that 60 cameras and programs wrote all but three are within; those show
 * more, or something else.
 */
const apart = { always: 10, perLevel: 0.2 } as const;
const flatLevels = 24;

interface Region extends Size {
	readonly left: number;
	readonly top: number;
}

/** `small` may have been stretched, may stand between bars, or show the middle alone; and turned, as it was before somebody turned the other. */
export function isSameView(small: LumaPlane, picture: LumaPlane): boolean {
	return [0, 1, 2, 3].some((turns) => isSameUpright(small, picture, turns));
}

function isSameUpright(small: LumaPlane, picture: LumaPlane, turns: number): boolean {
	const turned = turns % 2 === 1 ? { width: picture.height, height: picture.width } : picture;
	const whole = { left: 0, top: 0, width: small.width, height: small.height };
	const all = { left: 0, top: 0, width: picture.width, height: picture.height };
	const isNear = (one: Region, other: Region) => areNear(gridOf(small, one, 0), gridOf(picture, other, turns));
	if (isNear(whole, all)) return true;
	const inner = fitted(small, turned);
	if (isFlatBeside(small, inner) && isNear(inner, all)) return true;
	const middle =
		turns % 2 === 1 ? fitted(picture, { width: small.height, height: small.width }) : fitted(picture, small);
	return isNear(whole, middle);
}

/** The middle of `frame` that has the shape of `shape`. */
function fitted(frame: Size, shape: Size): Region {
	const scale = Math.min(frame.width / shape.width, frame.height / shape.height);
	const [width, height] = [shape.width * scale, shape.height * scale];
	return { left: (frame.width - width) / 2, top: (frame.height - height) / 2, width, height };
}

/** Means of the cells of a region, turned by quarters. */
function gridOf({ luma, width, height }: LumaPlane, region: Region, turns: number): Float32Array {
	const grid = new Float32Array(cells * cells);
	const steps = cells * points;
	for (let row = 0; row < steps; row += 1) {
		const y = Math.min(height - 1, Math.trunc(region.top + ((row + 0.5) * region.height) / steps));
		for (let column = 0; column < steps; column += 1) {
			const x = Math.min(width - 1, Math.trunc(region.left + ((column + 0.5) * region.width) / steps));
			const [cellRow, cellColumn] = [Math.trunc(row / points), Math.trunc(column / points)];
			const cell = turnedCell(cellRow, cellColumn, turns);
			grid[cell] = (grid[cell] ?? 0) + (luma[y * width + x] ?? 0) / (points * points);
		}
	}
	return grid;
}

function turnedCell(row: number, column: number, turns: number): number {
	const last = cells - 1;
	switch (turns) {
		case 1:
			return column * cells + (last - row);
		case 2:
			return (last - row) * cells + (last - column);
		case 3:
			return (last - column) * cells + row;
		default:
			return row * cells + column;
	}
}

/** In each of their blocks. */
function areNear(small: Float32Array, picture: Float32Array): boolean {
	for (let top = 0; top < cells; top += perBlock)
		for (let left = 0; left < cells; left += perBlock) {
			let sum = 0;
			for (let row = top; row < top + perBlock; row += 1)
				for (let at = row * cells + left; at < row * cells + left + perBlock; at += 1)
					sum += Math.abs((small[at] ?? 0) - (picture[at] ?? 0));
			const allowed = apart.always + apart.perLevel * rangeAround(picture, top, left);
			if (sum / (perBlock * perBlock) > allowed) return false;
		}
	return true;
}

/** Between the darkest and the brightest cell of a block and of those beside it. */
function rangeAround(grid: Float32Array, top: number, left: number): number {
	let [least, most] = [255, 0];
	for (let row = Math.max(0, top - 1); row <= Math.min(cells - 1, top + perBlock); row += 1)
		for (let column = Math.max(0, left - 1); column <= Math.min(cells - 1, left + perBlock); column += 1) {
			const level = grid[row * cells + column] ?? 0;
			if (level < least) least = level;
			if (level > most) most = level;
		}
	return most - least;
}

/** Whether what is outside is of one tone, but for a line beside the region. */
function isFlatBeside({ luma, width, height }: LumaPlane, { left, top, width: wide, height: high }: Region): boolean {
	let [least, most] = [255, 0];
	for (let y = 0; y < height; y += 1) {
		const isBeside = y < top - 2 || y >= top + high + 2;
		for (let x = 0; x < width; x += 1) {
			if (!isBeside && x >= left - 2 && x < left + wide + 2) continue;
			const level = luma[y * width + x] ?? 0;
			if (level < least) least = level;
			if (level > most) most = level;
		}
	}
	return most - least <= flatLevels;
}
