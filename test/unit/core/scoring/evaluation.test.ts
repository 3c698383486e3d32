import { describe, expect, test } from "@jest/globals";
import {
	areaUnder,
	atThresholds,
	calibrationError,
	type LabelledScore,
	reliability,
	rocCurve,
} from "../../../../services/core/scoring/evaluation.ts";

const harmless = (...probabilities: number[]): LabelledScore[] =>
	probabilities.map((probability) => ({ probability, isPositive: false }));
const wanted = (...probabilities: number[]): LabelledScore[] =>
	probabilities.map((probability) => ({ probability, isPositive: true }));
const mixed = [...harmless(0.1, 0.2, 0.6, 0.7), ...wanted(0.65, 0.9)];

describe("errors at a threshold", () => {
	test("count harmless pictures at or over it, of all harmless ones", () => {
		const [at] = atThresholds(mixed, [0.6]);
		expect(at?.falsePositives).toMatchObject({ count: 2, of: 4, value: 0.5 });
		expect(at?.recall).toMatchObject({ count: 2, of: 2 });
		expect(at?.precision).toMatchObject({ count: 2, of: 4 });
	});

	test("leave recall open where there was nothing to find", () => {
		const [at] = atThresholds(harmless(0.1, 0.9), [0.5]);
		expect(at?.recall).toMatchObject({ of: 0, low: 0, high: 1 });
	});
});

describe("the curve of recall over false positives", () => {
	test("encloses everything where the model is never wrong, half where it says nothing", () => {
		const perfect = rocCurve([...harmless(0.1, 0.2), ...wanted(0.8, 0.9)]);
		const silent = rocCurve([...harmless(0.5, 0.5), ...wanted(0.5, 0.5)]);
		expect(areaUnder(perfect ?? [])).toBe(1);
		expect(areaUnder(silent ?? [])).toBe(0.5);
	});

	test("encloses the share of pairs put in the right order", () => {
		// Of 4 × 2 pairs one is wrong: 0.7 harmless over 0.65 wanted.
		expect(areaUnder(rocCurve(mixed) ?? [])).toBeCloseTo(7 / 8, 12);
	});

	test("does not exist without pictures of both kinds", () => {
		expect(rocCurve(harmless(0.1))).toBeNull();
	});
});

describe("reliability", () => {
	test("compares what was said with what was so, by tenths", () => {
		const bins = reliability([...wanted(0.85, 0.81, 0.83), ...harmless(0.87)]);
		expect(bins).toHaveLength(1);
		expect(bins[0]).toMatchObject({ from: 0.8, to: 0.9, positives: { count: 3, of: 4 } });
		expect(calibrationError(bins)).toBeCloseTo(0.84 - 0.75, 12);
	});

	test("puts certainty into the last tenth", () => {
		expect(reliability(wanted(1))).toMatchObject([{ from: 0.9, positives: { count: 1, of: 1 } }]);
	});
});
