// The lines of a plane along which pictures within it may lie side by side, and how much of each is edge between any two that cross it.
import { type CountedEdges, countEdges, type RatedLine } from "./count-edges.ts";
import type { LumaPlane } from "./trim-border.ts";

/** The number of lines looked at in each direction: those that have the longest edges. */
const mostLines = 32;
/** Shares of the plane's sides that a panel has at least. */
const smallestShare = 0.12;
const shortestSide = 16;
/** Lines so near to one another are one. */
const reach = 3;
/** A picture that stands in the middle of a fill made of itself: its edges are weak, but there are two, as far from one side as from the other. */
const [leastFill, mostFill, leastOfMiddle] = [0.05, 0.42, 0.36];
/** Where collages are cut: there less of a side need be edge, for two pictures may have one sky. */
const evenDivisions = [1 / 3, 1 / 2, 2 / 3];
const divisionBonus = 0.2;

/** Said of the picture's own sides, which speak neither for nor against a panel. */
export const ownSide = -1;

/** How long a panel's side is at least, of a plane's. */
export function leastSide(side: number): number {
	return Math.max(shortestSide, smallestShare * side);
}

interface Span {
	readonly from: number;
	readonly to: number;
}

/** From one line to another: their places in the list of lines, and where they lie. */
export interface LineSpan extends Span {
	readonly fromLine: number;
	readonly toLine: number;
}

export interface PanelLines {
	/** Those with the longest edges, in order, between the picture's own sides. */
	readonly withEnds: readonly number[];
	/** How much of a line, by its place in that list, is edge between two lines that cross it; {@link ownSide} of the first and the last. */
	shareOf(line: number, along: LineSpan): number;
	/** The most that is edge of a line that lies between two others, well apart from both. */
	strongestBetween(lines: LineSpan, along: LineSpan): number;
	/** The two lines as far from one side as from the other that are edge for the most of their length; none where they hardly are. */
	middles(): readonly Span[];
}

export interface PanelGrid {
	readonly columns: PanelLines;
	readonly rows: PanelLines;
}

export function readPanelLines(plane: LumaPlane): PanelGrid {
	const columns = readLines(plane.luma, plane.width, plane.height);
	const rows = readLines(turned(plane), plane.height, plane.width);
	return { columns: crossedBy(columns, rows), rows: crossedBy(rows, columns) };
}

interface ReadLines {
	readonly counted: CountedEdges;
	readonly count: number;
	readonly length: number;
	readonly withEnds: readonly number[];
	readonly divisions: readonly number[];
}

/** `luma`: the lines' values at the first of `length` places, then at the next. */
function readLines(luma: Uint8Array, count: number, length: number): ReadLines {
	const counted = countEdges(luma, count, length);
	const divisions = evenDivisions.map((share) => Math.round(share * count));
	const lines = [...new Set([...longestEdges(counted.runs, length), ...divisions])].toSorted((a, b) => a - b);
	return { counted, count, length, divisions, withEnds: [0, ...lines, count] };
}

/** Edges are asked for between lines that cross, many thousand times: so far they are counted once. */
function crossedBy({ counted, count, length, withEnds, divisions }: ReadLines, crossing: ReadLines): PanelLines {
	const places = crossing.withEnds;
	const upTo = new Uint16Array(withEnds.length * places.length);
	for (const [at, line] of withEnds.entries())
		for (const [crossed, place] of places.entries()) upTo[at * places.length + crossed] = counted.upTo(place, line);
	const bonuses = Float64Array.from(withEnds, (line) => (divisions.includes(line) ? divisionBonus : 0));
	const edgeShare = (at: number, { from, to, fromLine, toLine }: LineSpan) => {
		const row = at * places.length;
		return ((upTo[row + toLine] ?? 0) - (upTo[row + fromLine] ?? 0)) / (to - from);
	};
	const last = withEnds.length - 1;
	return {
		withEnds,
		shareOf: (at, along) =>
			at === 0 || at === last ? ownSide : Math.min(1, edgeShare(at, along) + (bonuses[at] ?? 0)),
		strongestBetween({ from, to, fromLine, toLine }, along) {
			let strongest = 0;
			for (let at = fromLine + 1; at < toLine; at += 1) {
				const line = withEnds[at] ?? 0;
				if (line > from + reach && line < to - reach) strongest = Math.max(strongest, edgeShare(at, along));
			}
			return strongest;
		},
		middles: () => middlesOf(counted, count, length),
	};
}

function middlesOf(counted: CountedEdges, count: number, length: number): readonly Span[] {
	const edgeShare = (line: number) => counted.upTo(length, line) / length;
	let best: (Span & { readonly share: number }) | null = null;
	for (let from = Math.ceil(leastFill * count); from <= mostFill * count; from += 1)
		for (let to = count - from - 1; to <= count - from + 1; to += 1) {
			const share = (edgeShare(from) + edgeShare(to)) / 2;
			if (share > (best?.share ?? leastOfMiddle)) best = { from, to, share };
		}
	return best === null ? [] : [best];
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
	const least = leastSide(length) / 2;
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
