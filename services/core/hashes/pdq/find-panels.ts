// Pictures within a picture: collages, screenshots, captions, insets, a fill at the sides. They are found by straight edges: along a
// border between two pictures most places differ more from what lies across than from their neighbors, which texture seldom does in
// one line. It finds too many rather than too few: a rectangle that is none has a hash that nothing is near to.
import { type LineSpan, leastSide, ownSide, type PanelLines, readPanelLines } from "./panel-lines.ts";
import type { Bounds, LumaPlane } from "./trim-border.ts";

export interface FoundPanel extends Bounds {
	/** How many of its sides are edges, and not the picture's own. */
	readonly edges: number;
}

const mostPanels = 12;
/** What looks like nothing but edges (a plaid) has hundreds of thousands of rectangles: so many are looked at, and the best of them more closely. */
const mostLookedAt = 60_000;
const mostRated = 600;
/** Beside the large, those that may lie over a picture: with a share of it of at most this, and edges on so many sides. */
const smallShare = 0.35;
const fewestOfSmall = 3;
const mostSmall = 4;
/** The share of a side that is edge at least, and of all sides together. Texture reaches a third. */
const leastOfSide = 0.42;
const leastOfAll = 0.52;
const ofTexture = 0.4;
/** Rectangles that share so much of what they cover are one. */
const sameShare = 0.9;

/** The plane is small: about 320 pixels on its longer side. Strongest first. */
export function findPanels(plane: LumaPlane): readonly FoundPanel[] {
	const { columns, rows } = readPanelLines(plane);
	const between: Likely[] = [];
	let left = mostLookedAt;
	for (const y of spans(rows, leastSide(plane.height))) {
		const sides = sidesBetween(y, columns);
		left -= sides.length ** 2;
		if (left < 0) break;
		between.push(...panelsBetween(y, sides, rows, leastSide(plane.width)));
	}
	const likely =
		between.length <= mostRated ? between : between.toSorted((a, b) => b.score - a.score).slice(0, mostRated);
	const found = likely.map((one) => ({ ...one, score: one.score * wholeness(strongestWithin(one, columns, rows)) }));
	const area = plane.width * plane.height;
	const small = found.filter((one) => one.edges >= fewestOfSmall && areaOf(one) <= smallShare * area);
	const kept = strongest(found, mostPanels, [], ({ score }) => score);
	const middles = [
		...columns.middles().map(({ from, to }) => ({ left: from, right: to, top: 0, bottom: plane.height })),
		...rows.middles().map(({ from, to }) => ({ left: 0, right: plane.width, top: from, bottom: to })),
	]
		.filter((one) => !kept.some((other) => sharedShare(one, other) > sameShare))
		.map((one) => ({ ...one, edges: 2 }));
	const large = [...kept, ...middles];
	return [...large, ...strongest(small, mostSmall, large, ({ share }) => share)];
}

interface Side {
	readonly line: number;
	readonly at: number;
	readonly share: number;
}

/** Few columns are a side between two rows. */
function sidesBetween(y: LineSpan, columns: PanelLines): readonly Side[] {
	const sides: Side[] = [];
	for (let line = 0; line < columns.withEnds.length; line += 1) {
		const share = columns.shareOf(line, y);
		if (!isNoSide(share)) sides.push({ line, at: columns.withEnds[line] ?? 0, share });
	}
	return sides;
}

function panelsBetween(y: LineSpan, sides: readonly Side[], rows: PanelLines, leastWidth: number): readonly Likely[] {
	const found: Likely[] = [];
	for (const { at: left, line: fromLine, share: ofLeft } of sides) {
		for (const { at: right, line: toLine, share: ofRight } of sides) {
			if (right - left < leastWidth) continue;
			const x = { from: left, to: right, fromLine, toLine };
			const top = rows.shareOf(y.fromLine, x);
			if (isNoSide(top)) continue;
			const bottom = rows.shareOf(y.toLine, x);
			if (isNoSide(bottom)) continue;
			const bounds = { left, top: y.from, right, bottom: y.to };
			const panel = rate(bounds, { left: ofLeft, right: ofRight, top, bottom });
			if (panel !== null) found.push({ ...panel, x, y });
		}
	}
	return found;
}

/** A panel, and the lines that it lies between. */
interface Likely extends Rated {
	readonly x: LineSpan;
	readonly y: LineSpan;
}

/** The longest edge across a panel, in shares of its sides. */
function strongestWithin({ x, y }: Likely, columns: PanelLines, rows: PanelLines): number {
	return Math.max(columns.strongestBetween(x, y), rows.strongestBetween(y, x));
}

function strongest(
	found: readonly Rated[],
	most: number,
	before: readonly Bounds[],
	by: (one: Rated) => number,
): readonly Rated[] {
	const kept: Rated[] = [];
	for (const one of found.toSorted((a, b) => by(b) - by(a) || a.left - b.left || a.right - b.right)) {
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

/** What lies across all of it splits it in two: rather these two than both in one. */
function wholeness(inner: number): number {
	return inner <= 0.6 ? 1 : Math.max(0.1, 1 - 2 * (inner - 0.6));
}

/** How much of a side is edge. */
type Shares = Readonly<Record<"left" | "right" | "top" | "bottom", number>>;

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

function spans({ withEnds }: PanelLines, least: number): readonly LineSpan[] {
	return withEnds.flatMap((from, fromLine) =>
		withEnds.flatMap((to, toLine) => (to - from >= least ? { from, to, fromLine, toLine } : [])),
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
