import { expect, test } from "@jest/globals";
import { joinSegments, shownMsOf, withoutSegments } from "../../../../services/core/items/segments.ts";

const of = (...pairs: readonly (readonly [number, number])[]) => pairs.map(([fromMs, toMs]) => ({ fromMs, toMs }));

test("segments that touch or overlap are one, in order of time", () => {
	expect(joinSegments(of([5, 9], [0, 2], [2, 4], [6, 7]))).toEqual(of([0, 4], [5, 9]));
	expect(shownMsOf(of([0, 4], [5, 9]))).toBe(8);
});

test("of very many the longest are kept", () => {
	const many = Array.from({ length: 100 }, (_, at): [number, number] => [at * 1_000, at * 1_000 + 1 + at]);
	const kept = joinSegments(of(...many));
	expect(kept).toHaveLength(64);
	expect(kept[0]).toEqual({ fromMs: 36_000, toMs: 36_037 });
});

test("what is taken out of a segment leaves what is before and after it", () => {
	expect(withoutSegments(of([0, 10], [20, 30]), of([2, 4], [8, 22], [30, 40]))).toEqual(of([0, 2], [4, 8], [22, 30]));
	expect(withoutSegments(of([0, 10]), of([0, 10]))).toEqual([]);
	expect(withoutSegments(of([0, 10]), [])).toEqual(of([0, 10]));
});
