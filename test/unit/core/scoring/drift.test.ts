import { describe, expect, test } from "@jest/globals";
import { DriftWatch, driftOf, histogramOf, populationStability } from "../../../../services/core/scoring/drift.ts";

const low = Array.from({ length: 100 }, (_, at) => at / 1000);
const high = low.map((p) => 1 - p);

describe("drift of scores", () => {
	test("a histogram counts by tenths, with 1 in the last", () => {
		expect(histogramOf([0, 0.05, 0.55, 1])).toEqual([0.5, 0, 0, 0, 0, 0.25, 0, 0, 0, 0.25]);
	});

	test("the index is zero where nothing changed", () => {
		expect(populationStability(histogramOf(low), histogramOf(low))).toBe(0);
	});

	test("the index is the sum of (p − q) ln(p/q) over the bins", () => {
		const reference = [0.5, 0.5, 0, 0, 0, 0, 0, 0, 0, 0];
		const recent = [0.25, 0.75, 0, 0, 0, 0, 0, 0, 0, 0];
		expect(populationStability(reference, recent)).toBeCloseTo(-0.25 * Math.log(0.5) + 0.25 * Math.log(1.5), 10);
	});

	test("a bin that was empty before counts for much, but not for infinity", () => {
		const stability = populationStability(histogramOf(low), histogramOf(high));
		expect(Number.isFinite(stability)).toBe(true);
		expect(driftOf(stability)).toBe("drifted");
	});

	test.each([
		[0.05, "steady"],
		[0.1, "watch"],
		[0.25, "drifted"],
	])("an index of %d is called %s", (stability, name) => {
		expect(driftOf(stability)).toBe(name);
	});
});

describe("watching scores", () => {
	const watchOver = (size: number, scores: readonly number[]) => {
		const watch = new DriftWatch(size, null);
		for (const score of scores) watch.add(score);
		return watch;
	};

	test("says nothing before a reference and a window are full", () => {
		expect(watchOver(100, low).stability()).toBeNull();
		expect(watchOver(100, [...low, ...low.slice(1)]).stability()).toBeNull();
	});

	test("finds no drift while scores stay as they were", () => {
		expect(watchOver(100, [...low, ...low, ...low]).stability()).toBe(0);
	});

	test("finds drift when scores move, and none any more when they move back", () => {
		const watch = watchOver(100, [...low, ...high]);
		expect(driftOf(watch.stability() ?? 0)).toBe("drifted");
		for (const score of low) watch.add(score);
		expect(watch.stability()).toBe(0);
	});

	test("a reference given at the start is kept", () => {
		const watch = new DriftWatch(100, histogramOf(high));
		for (const score of low) watch.add(score);
		expect(driftOf(watch.stability() ?? 0)).toBe("drifted");
	});
});
