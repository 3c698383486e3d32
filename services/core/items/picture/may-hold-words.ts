// Whether words seem to be written in a picture, for a hundredth of what reading it costs. It looks for rows in which strokes follow one another
// closely on an even ground, several rows deep, as letters in a line have them. It reads nothing, and may be wrong in both ways.
import type { Raster } from "../../hashes/pdq/hashed-size.ts";
import { lumaOf } from "../../hashes/pdq/luma-of.ts";
import type { LumaPlane } from "../../hashes/pdq/trim-border.ts";

/** Letters of up to a quarter of the picture's height are seen in it as it is, or a third as large. */
const scales = [1, 3] as const;
/** Edges of fewer grey levels are none. */
const leastEdge = 28;
/** How much an edge must stand out from what is usual around it. */
const overUsual = 5;
/** Rows of which the usual is told together. */
const bandRows = 32;
/** Between two edges of a word, pixels. */
const widestGap = 22;
/** Edges of a word of a few letters. */
const fewestEdges = 8;
/** How much the ground, or the ink, may vary, as a share of what lies between them. */
const mostUneven = 0.22;
const cellPixels = 32;
/** So many rows, at least, lie within a letter. */
const fewestRows = 4;
/** Rows that may be missing within a letter. */
const mostMissing = 1;
/** Cells of words, altogether. */
const fewestCells = 3;

/** `isSideways`: people see it turned by a quarter. */
export function mayHoldWords(raster: Raster, isSideways = false): boolean {
	const plane = lumaOf(raster.rgb, raster.width, raster.height);
	const upright = isSideways ? turned(plane) : plane;
	return scales.some((scale) => holdsLines(scale === 1 ? upright : shrunk(upright, scale)));
}

function holdsLines(plane: LumaPlane): boolean {
	const { width, height } = plane;
	const cells = Math.ceil(width / cellPixels);
	const depth = new Uint16Array(cells);
	const missing = new Uint8Array(cells);
	let found = 0;
	let leastOfBand = leastEdge;
	for (let row = 0; row < height; row += 1) {
		if (row % bandRows === 0) leastOfBand = leastEdgeFrom(plane, row);
		const covered = coveredCells(plane, row, { leastOfBand, cells });
		for (let cell = 0; cell < cells; cell += 1) {
			if (covered[cell] === 1) {
				missing[cell] = 0;
				depth[cell] = (depth[cell] ?? 0) + 1;
				if (depth[cell] === fewestRows) found += 1;
				continue;
			}
			missing[cell] = (missing[cell] ?? 0) + 1;
			if ((missing[cell] ?? 0) > mostMissing) depth[cell] = 0;
		}
		if (found >= fewestCells) return true;
	}
	return false;
}

/** From what difference on something is an edge in the rows from here: noise and fine texture raise it. */
function leastEdgeFrom({ luma, width, height }: LumaPlane, from: number): number {
	const counts = new Uint32Array(256);
	let count = 0;
	for (let row = from; row < Math.min(height, from + bandRows); row += 2)
		for (let at = row * width + 1; at < (row + 1) * width - 1; at += 2) {
			const difference = Math.abs((luma[at + 1] ?? 0) - (luma[at - 1] ?? 0));
			counts[difference] = (counts[difference] ?? 0) + 1;
			count += 1;
		}
	let [seen, median] = [0, 0];
	for (; median < 255 && seen + (counts[median] ?? 0) <= count / 2; median += 1) seen += counts[median] ?? 0;
	return Math.max(leastEdge, median * overUsual);
}

/** Levels between edges, light and dark ones apart: how many, their mean, and how much they vary. */
interface Levels {
	count: number;
	mean: number;
	squares: number;
}

function addLevel(levels: Levels, level: number): void {
	levels.count += 1;
	const off = level - levels.mean;
	levels.mean += off / levels.count;
	levels.squares += off * (level - levels.mean);
}

const spreadOf = ({ count, squares }: Levels) => (count < 2 ? 0 : Math.sqrt(squares / (count - 1)));
const noLevels = (): Levels => ({ count: 0, mean: 0, squares: 0 });

/** The cells of the row over which a run of edges goes that is like a word. */
function coveredCells(
	{ luma, width }: LumaPlane,
	row: number,
	{ leastOfBand, cells }: { readonly leastOfBand: number; readonly cells: number },
): Uint8Array {
	const covered = new Uint8Array(cells);
	const start = row * width;
	let [light, dark] = [noLevels(), noLevels()];
	let [edges, from, last, sign, extreme] = [0, 0, 0, 0, 0];
	const close = () => {
		const contrast = light.mean - dark.mean;
		const isEven = Math.min(spreadOf(light), spreadOf(dark)) <= contrast * mostUneven;
		if (edges >= fewestEdges && contrast >= leastOfBand && isEven)
			covered.fill(1, Math.floor(from / cellPixels), Math.floor(last / cellPixels) + 1);
		[light, dark] = [noLevels(), noLevels()];
		[edges, sign] = [0, 0];
	};
	for (let x = 1; x < width - 1; x += 1) {
		const level = luma[start + x] ?? 0;
		const difference = (luma[start + x + 1] ?? 0) - (luma[start + x - 1] ?? 0);
		const isEdge = Math.abs(difference) >= leastOfBand;
		if (edges > 0 && x - last > widestGap) close();
		if (sign !== 0) extreme = sign > 0 ? Math.max(extreme, level) : Math.min(extreme, level);
		if (!isEdge) continue;
		const turns = Math.sign(difference) !== sign;
		if (turns) {
			if (sign !== 0) addLevel(sign > 0 ? light : dark, extreme);
			if (edges === 0) from = x;
			edges += 1;
			sign = Math.sign(difference);
			extreme = level;
		}
		last = x;
	}
	close();
	return covered;
}

function turned({ luma, width, height }: LumaPlane): LumaPlane {
	const upright = new Uint8Array(luma.length);
	for (let row = 0; row < height; row += 1)
		for (let column = 0; column < width; column += 1) upright[column * height + row] = luma[row * width + column] ?? 0;
	return { luma: upright, width: height, height: width };
}

function shrunk({ luma, width, height }: LumaPlane, by: number): LumaPlane {
	const size = { width: Math.floor(width / by), height: Math.floor(height / by) };
	const small = new Uint8Array(size.width * size.height);
	for (let row = 0; row < size.height; row += 1)
		for (let column = 0; column < size.width; column += 1) {
			let sum = 0;
			for (let y = 0; y < by; y += 1)
				for (let x = 0; x < by; x += 1) sum += luma[(row * by + y) * width + column * by + x] ?? 0;
			small[row * size.width + column] = sum / (by * by);
		}
	return { luma: small, ...size };
}
