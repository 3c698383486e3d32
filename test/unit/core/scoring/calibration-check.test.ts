import { describe, expect, test } from "@jest/globals";
import { checkCalibration, type DecidedScore } from "../../../../services/core/scoring/calibration-check.ts";

/** Of so many that scored so, the first were confirmed. */
const decided = (platform: string, probability: number, confirmed: number, total: number): readonly DecidedScore[] =>
	Array.from({ length: total }, (_, at) => ({ platform, probability, isConfirmed: at < confirmed }));
const none = { kind: "none" } as const;

describe("how far what a model says lies from what people decide", () => {
	test("is nothing where of those that score so as many are confirmed", () => {
		const [all] = checkCalibration([...decided("forum", 0.25, 100, 400), ...decided("forum", 0.75, 300, 400)], none);
		expect(all).toMatchObject({ platform: null, confirmed: 400, rejected: 400 });
		expect(all?.errors?.now).toBeCloseTo(0, 9);
	});

	test("is told as it is now, and under a curve that was fitted to other decisions", () => {
		const [all] = checkCalibration([...decided("forum", 0.9, 200, 1_000), ...decided("forum", 0.95, 500, 1_000)], none);
		expect(all?.errors?.now).toBeCloseTo((0.7 + 0.45) / 2, 1);
		expect(all?.errors?.fitted).toBeLessThan(0.05);
	});

	test("is told of each platform: where two are decided otherwise, one curve fits neither, and each its own", () => {
		const strict = decided("strict", 0.9, 900, 1_000);
		const [all, ...each] = checkCalibration([...strict, ...decided("lenient", 0.9, 300, 1_000)], none);
		expect(all?.errors?.fitted).toBeLessThan(0.05);
		expect(each.map(({ platform }) => platform)).toEqual(["strict", "lenient"]);
		for (const { errors } of each) {
			expect(errors?.fitted).toBeGreaterThan(0.25);
			expect(errors?.ownFitted).toBeLessThan(0.05);
		}
	});

	test("is not told of few decisions", () => {
		const checks = checkCalibration([...decided("a", 0.9, 400, 800), ...decided("b", 0.9, 99, 300)], none);
		expect(checks.map(({ platform, errors }) => [platform, errors === null])).toEqual([
			[null, false],
			["a", false],
			["b", true],
		]);
	});
});
