// Pictures within a picture: collages, screenshots, captions, insets, a fill at the sides. They are found by straight edges: along a
// border between two pictures most places differ more from what lies across than from their neighbors, which texture seldom does in
// one line. It finds too many rather than too few: a rectangle that is none has a hash that nothing is near to.
import { countEdges, type RatedLine } from "./count-edges.ts";
import type { Bounds, LumaPlane } from "./trim-border.ts";

export interface FoundPanel extends Bounds {
	/** How many of its sides are edges, and not the picture's own. */
	readonly edges: number;
}

const mostPanels = 12;
/** Beside the large, those that may lie over a picture: with a share of it of at most this, and edges on so many sides. */
const smallShare = 0.35;
const fewestOfSmall = 3;
const mostSmall = 4;
/** The number of lines looked at in each direction: those that have the longest edges. */
const mostLines = 32;
/** Shares of the plane's sides that a panel has at least. */
const smallestShare = 0.12;
const shortestSide = 16;
/** Lines so near to one another are one. */
const reach = 3;
/** The share of a side that is edge at least, and of all sides together. Texture reaches a third. */
const leastOfSide = 0.42;
const leastOfAll = 0.52;
const ofTexture = 0.4;
/** Where collages are cut: there less of a side need be edge, for two pictures may have one sky. */
const evenDivisions = [1 / 3, 1 / 2, 2 / 3];
const divisionBonus = 0.2;
/** Rectangles that share so much of what they cover are one. */
const sameShare = 0.9;

/** The plane is small: about 320 pixels on its longer side. Strongest first. */
export function findPanels(plane: LumaPlane): readonly FoundPanel[] {
	const columns = readEdges(plane.luma, plane.width, plane.height);
	const rows = readEdges(turned(plane), plane.height, plane.width);
	const least = (side: number) => Math.max(shortestSide, smallestShare * side);
	const spansX = spans(columns, least(plane.width));
	const spansY = spans(rows, least(plane.height));
	// Of each line, by the span along it: most rectangles fail by one side, and there are tens of thousands.
	const columnShares = spansY.map((y) => columns.shares(y));
	const rowShares = spansX.map((x) => rows.shares(x));
	const found: Rated[] = [];
	for (let atX = 0; atX < spansX.length; atX += 1) {
		const x = spansX[atX];
		const rowShare = rowShares[atX];
		if (x === undefined || rowShare === undefined) continue;
		for (let atY = 0; atY < spansY.length; atY += 1) {
			const columnShare = columnShares[atY];
			const left = columnShare?.[x.fromLine] ?? 0;
			if (isNoSide(left)) continue;
			const right = columnShare?.[x.toLine] ?? 0;
			if (isNoSide(right)) continue;
			const y = spansY[atY];
			if (y === undefined) continue;
			const top = rowShare[y.fromLine] ?? 0;
			const bottom = rowShare[y.toLine] ?? 0;
			if (isNoSide(top) || isNoSide(bottom)) continue;
			const panel = rate({ left: x.from, top: y.from, right: x.to, bottom: y.to }, { left, right, top, bottom });
			if (panel === null) continue;
			const inner = Math.max(columns.strongestBetween(x, y), rows.strongestBetween(y, x));
			found.push({ ...panel, score: panel.score * wholeness(inner) });
		}
	}
	const area = plane.width * plane.height;
	const small = found.filter((one) => one.edges >= fewestOfSmall && areaOf(one) <= smallShare * area);
	const kept = strongest(found, mostPanels, [], ({ score }) => score);
	return [...kept, ...strongest(small, mostSmall, kept, ({ share }) => share)];
}

function strongest(
	found: readonly Rated[],
	most: number,
	before: readonly Rated[],
	by: (one: Rated) => number,
): readonly Rated[] {
	const kept: Rated[] = [];
	for (const one of found.toSorted((a, b) => by(b) - by(a))) {
		if (kept.length >= most) break;
		if (![...before, ...kept].some((other) => sharedShare(one, other) > sameShare)) kept.push(one);
	}
	return kept;
}

interface Rated extends FoundPanel {
	readonly score: number;
	/** How much of its sides that are not the picture's own is edge. */
	readonly share: number;
}

interface Span {
	readonly from: number;
	readonly to: number;
}

/** What lies across all of it splits it in two: rather these two than both in one. */
function wholeness(inner: number): number {
	return inner <= 0.6 ? 1 : Math.max(0.1, 1 - 2 * (inner - 0.6));
}

/** How much of a side is edge; `ownSide` for the picture's own sides, which speak neither for nor against. */
type Shares = Readonly<Record<"left" | "right" | "top" | "bottom", number>>;
const ownSide = -1;

function isNoSide(share: number): boolean {
	return share !== ownSide && share < leastOfSide;
}

function rate(bounds: Bounds, shares: Shares): Rated | null {
	const width = bounds.right - bounds.left;
	const height = bounds.bottom - bounds.top;
	let edges = 0;
	let length = 0;
	let onEdge = 0;
	// No list of sides: this is asked of many rectangles.
	const add = (share: number, side: number) => {
		if (share === ownSide) return;
		edges += 1;
		length += side;
		onEdge += share * side;
	};
	add(shares.left, height);
	add(shares.right, height);
	add(shares.top, width);
	add(shares.bottom, width);
	if (edges === 0 || onEdge < leastOfAll * length) return null;
	const own = 2 * (width + height) - length;
	return { ...bounds, edges, share: onEdge / length, score: onEdge - ofTexture * length + 0.3 * own };
}

interface Edges {
	readonly count: number;
	/** The lines with the longest edges, in order. */
	readonly lines: readonly number[];
	/** How much of each of the lines, and of the picture's own sides before and after them, is edge between two places. */
	shares(along: Span): Float32Array;
	strongestBetween(lines: Span, along: Span): number;
}

/** `luma`: the lines' values at the first of `length` places, then at the next. */
function readEdges(luma: Uint8Array, count: number, length: number): Edges {
	const counted = countEdges(luma, count, length);
	const shareOf = (line: number, { from, to }: Span) =>
		(counted.upTo(to, line) - counted.upTo(from, line)) / (to - from);
	const divisions = evenDivisions.map((share) => Math.round(share * count));
	const lines = [...new Set([...longestEdges(counted.runs, length), ...divisions])].toSorted((a, b) => a - b);
	return {
		count,
		lines,
		shares(span) {
			const shares = new Float32Array(lines.length + 2).fill(ownSide);
			lines.forEach((line, at) => {
				shares[at + 1] = Math.min(1, shareOf(line, span) + (divisions.includes(line) ? divisionBonus : 0));
			});
			return shares;
		},
		strongestBetween({ from, to }, span) {
			let strongest = 0;
			for (const line of lines)
				if (line > from + reach && line < to - reach) strongest = Math.max(strongest, shareOf(line, span));
			return strongest;
		},
	};
}

/** Columns become rows. */
function turned({ luma, width, height }: LumaPlane): Uint8Array {
	const columns = new Uint8Array(luma.length);
	for (let row = 0, at = 0; row < height; row += 1)
		for (let column = 0; column < width; column += 1, at += 1) columns[column * height + row] = luma[at] ?? 0;
	return columns;
}

/** Lines by their longest edge with few gaps. */
function longestEdges(rated: readonly RatedLine[], length: number): readonly number[] {
	const chosen: RatedLine[] = [];
	const least = Math.max(shortestSide, smallestShare * length) / 2;
	for (const one of rated.toSorted((a, b) => b.score - a.score)) {
		if (one.score < least || chosen.length >= mostLines) break;
		const isSaid = chosen.some(
			(other) =>
				Math.abs(other.line - one.line) < reach &&
				Math.min(other.to, one.to) - Math.max(other.from, one.from) > (one.to - one.from) / 2,
		);
		if (!isSaid) chosen.push(one);
	}
	return chosen.map(({ line }) => line).toSorted((a, b) => a - b);
}

/** Places in the list of lines, counting the picture's own sides. */
interface LineSpan extends Span {
	readonly fromLine: number;
	readonly toLine: number;
}

function spans({ lines, count }: Edges, least: number): readonly LineSpan[] {
	const all = [0, ...lines, count];
	return all.flatMap((from, fromLine) =>
		all.flatMap((to, toLine) => (to - from >= least ? { from, to, fromLine, toLine } : [])),
	);
}

function sharedShare(a: Bounds, b: Bounds): number {
	const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
	const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
	if (width <= 0 || height <= 0) return 0;
	const shared = width * height;
	return shared / (areaOf(a) + areaOf(b) - shared);
}

function areaOf({ left, top, right, bottom }: Bounds): number {
	return (right - left) * (bottom - top);
}
