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
/** What looks like nothing but edges (a plaid) has hundreds of thousands of rectangles: so many are looked at, and the best of them more closely. */
const mostLookedAt = 60_000;
const mostRated = 600;
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
/** A picture that stands in the middle of a fill made of itself: its edges are weak, but there are two, as far from one side as from the other. */
const [leastFill, mostFill, leastOfMiddle] = [0.05, 0.42, 0.36];
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
	const between: Rated[] = [];
	let left = mostLookedAt;
	for (const y of spans(rows, least(plane.height))) {
		const sides = sidesBetween(y, columns);
		left -= sides.length ** 2;
		if (left < 0) break;
		between.push(...panelsBetween(y, sides, rows, least(plane.width)));
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
	readonly at: number;
	readonly share: number;
}

/** Few columns are a side between two rows. */
function sidesBetween(y: LineSpan, columns: Edges): readonly Side[] {
	const sides: Side[] = [];
	for (let line = 0; line < columns.withEnds.length; line += 1) {
		const share = columns.shareOf(line, y);
		if (!isNoSide(share)) sides.push({ at: columns.withEnds[line] ?? 0, share });
	}
	return sides;
}

function panelsBetween(y: LineSpan, sides: readonly Side[], rows: Edges, leastWidth: number): readonly Rated[] {
	const found: Rated[] = [];
	for (const { at: left, share: ofLeft } of sides) {
		for (const { at: right, share: ofRight } of sides) {
			if (right - left < leastWidth) continue;
			const x = { from: left, to: right };
			const top = rows.shareOf(y.fromLine, x);
			if (isNoSide(top)) continue;
			const bottom = rows.shareOf(y.toLine, x);
			if (isNoSide(bottom)) continue;
			const bounds = { left, top: y.from, right, bottom: y.to };
			const panel = rate(bounds, { left: ofLeft, right: ofRight, top, bottom });
			if (panel !== null) found.push(panel);
		}
	}
	return found;
}

/** The longest edge across a panel, in shares of its sides. */
function strongestWithin({ left, right, top, bottom }: Bounds, columns: Edges, rows: Edges): number {
	const [x, y] = [
		{ from: left, to: right },
		{ from: top, to: bottom },
	];
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
	/** The lines with the longest edges, in order, between the picture's own sides. */
	readonly withEnds: readonly number[];
	/** How much of a line, by its place in that list, is edge between two places. */
	shareOf(line: number, along: Span): number;
	strongestBetween(lines: Span, along: Span): number;
	/** The two lines as far from one side as from the other that are edge for the most of their length; none where they hardly are. */
	middles(): readonly Span[];
}

/** `luma`: the lines' values at the first of `length` places, then at the next. */
function readEdges(luma: Uint8Array, count: number, length: number): Edges {
	const counted = countEdges(luma, count, length);
	const edgeShare = (line: number, { from, to }: Span) =>
		(counted.upTo(to, line) - counted.upTo(from, line)) / (to - from);
	const divisions = evenDivisions.map((share) => Math.round(share * count));
	const lines = [...new Set([...longestEdges(counted.runs, length), ...divisions])].toSorted((a, b) => a - b);
	const withEnds = [0, ...lines, count];
	const bonuses = withEnds.map((line) => (divisions.includes(line) ? divisionBonus : 0));
	const shareOf = (at: number, along: Span) =>
		at === 0 || at === withEnds.length - 1
			? ownSide
			: Math.min(1, edgeShare(withEnds[at] ?? 0, along) + (bonuses[at] ?? 0));
	return {
		withEnds,
		shareOf,
		strongestBetween({ from, to }, along) {
			let strongest = 0;
			for (const line of lines)
				if (line > from + reach && line < to - reach) strongest = Math.max(strongest, edgeShare(line, along));
			return strongest;
		},
		middles() {
			const whole = { from: 0, to: length };
			let best: (Span & { readonly share: number }) | null = null;
			for (let from = Math.ceil(leastFill * count); from <= mostFill * count; from += 1)
				for (let to = count - from - 1; to <= count - from + 1; to += 1) {
					const share = (edgeShare(from, whole) + edgeShare(to, whole)) / 2;
					if (share > (best?.share ?? leastOfMiddle)) best = { from, to, share };
				}
			return best === null ? [] : [best];
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

function spans({ withEnds }: Edges, least: number): readonly LineSpan[] {
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
