import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { countEdges } from "../../../../../services/core/hashes/pdq/count-edges.ts";

const leastStep = 5;
const reach = 3;

/** As the kernel's text says it, place by place. */
function markedAt(luma: Uint8Array, lines: number, place: number): readonly boolean[] {
	const at = (line: number) => luma[place * lines + line] ?? 0;
	const step = (line: number) => (line < 1 || line > lines - 2 ? 0 : Math.abs(at(line + 1) - at(line - 1)));
	const isGreatest = (line: number) =>
		Array.from({ length: 2 * reach + 1 }, (_, near) => step(line - reach + near)).every((other) => other <= step(line));
	const isMark = (line: number) => line >= 2 && line < lines - 2 && step(line) >= leastStep && isGreatest(line);
	return Array.from({ length: lines + 1 }, (_, line) => isMark(line) || isMark(line - 1));
}

/** The first of the runs that gain most: a place that is an edge gives one, one that is none takes four fifths. */
function longestRun(edges: readonly boolean[]) {
	let best = { score: 0, from: 0, to: 0 };
	for (let from = 0; from < edges.length; from += 1) {
		let fifths = 0;
		for (let to = from; to < edges.length && fifths >= 0; to += 1) {
			fifths += edges[to] === true ? 5 : -4;
			if (fifths > best.score * 5) best = { score: fifths / 5, from, to: to + 1 };
		}
	}
	return best;
}

const planes = fc
	.record({ lines: fc.integer({ min: 16, max: 70 }), places: fc.integer({ min: 1, max: 40 }) })
	.chain(({ lines, places }) =>
		fc.record({
			lines: fc.constant(lines),
			places: fc.constant(places),
			// Few levels, so that there are long edges, ties and gaps.
			luma: fc
				.array(fc.constantFrom(0, 3, 4, 5, 90, 255), { minLength: lines * places, maxLength: lines * places })
				.map((levels) => Uint8Array.from(levels)),
		}),
	);

test("edges are counted up to every place of every line, and each line's longest run is found, whatever the plane", () => {
	fc.assert(
		fc.property(planes, ({ luma, lines, places }) => {
			const counted = countEdges(luma, lines, places);
			const marked = Array.from({ length: places }, (_, place) => markedAt(luma, lines, place));
			for (let line = 0; line <= lines; line += 1) {
				const edges = marked.map((one) => one[line] ?? false);
				// One expectation a line: one a place is half a million of them, and a minute.
				const upTo = Array.from({ length: places + 1 }, (_, place) => counted.upTo(place, line));
				expect(upTo).toEqual(upTo.map((_, place) => edges.slice(0, place).filter(Boolean).length));
				if (line >= 1 && line < lines)
					expect(counted.runs[line - 1]).toMatchObject({ line, score: longestRun(edges).score });
			}
			for (const { line, score, from, to } of counted.runs) {
				const fifths = marked.slice(from, to).reduce((sum, one) => sum + (one[line] === true ? 5 : -4), 0);
				expect(fifths / 5).toBe(score);
			}
		}),
		{ numRuns: 60 },
	);
});
