import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { calibrate, type ReviewedScore } from "../../../../services/core/scoring/calibrate.ts";
import { calibrationSchema } from "../../../../services/core/scoring/model-registry.ts";
import { ownProbability, proposeTuning, type Tuning } from "../../../../services/core/scoring/tuning.ts";

const present: Tuning = { calibration: { kind: "none" }, threshold: 0.8 };
const decisions = (probability: number, confirmed: number, total: number): readonly ReviewedScore[] =>
	Array.from({ length: total }, (_, at) => ({ probability, isConfirmed: at < confirmed }));

function propose(reviewed: readonly ReviewedScore[], wantedPrecision: number) {
	const proposal = proposeTuning({ reviewed, wantedPrecision, present });
	if (proposal.kind !== "proposed") throw new Error("expected a proposal");
	return proposal;
}

describe("a proposal of how to read a model", () => {
	test("needs enough decisions of both kinds", () => {
		const proposal = proposeTuning({ reviewed: decisions(0.9, 500, 510), wantedPrecision: 0.8, present });
		expect(proposal).toEqual({ kind: "too-few", confirmed: 500, rejected: 10, needed: 100 });
	});

	test("sets the threshold where the wanted precision is sure to be reached", () => {
		const { tuning, evidence } = propose([...decisions(0.82, 100, 1_000), ...decisions(0.95, 900, 1_000)], 0.8);
		expect(evidence.threshold).toBe("proposed");
		expect(calibrate(0.95, tuning.calibration)).toBeGreaterThanOrEqual(tuning.threshold);
		expect(calibrate(0.82, tuning.calibration)).toBeLessThan(tuning.threshold);
		expect(evidence.precision?.low).toBeGreaterThanOrEqual(0.8);
	});

	test("where no threshold is sure to, keeps the pictures that go to people the same", () => {
		const { tuning, evidence } = propose([...decisions(0.7, 100, 1_000), ...decisions(0.95, 300, 1_000)], 0.8);
		expect(evidence).toMatchObject({ threshold: "carried-over", precision: null });
		const goes = (probability: number) => calibrate(probability, tuning.calibration) >= tuning.threshold;
		expect([0.5, 0.79, 0.81, 0.99].map(goes)).toEqual([false, false, true, true]);
	});

	test("takes nothing for probable below the lowest score that people ever saw", () => {
		const { tuning } = propose([...decisions(0.8, 500, 1_000), ...decisions(0.9, 800, 1_000)], 0.7);
		expect(calibrate(0.08, tuning.calibration)).toBeLessThan(0.06);
		expect(calibrationSchema.safeParse(tuning.calibration).success).toBe(true);
	});
});

test("a calibration is undone to the lowest score that it turns into the probability", () => {
	const scores = fc.array(
		fc.record({ probability: fc.double({ min: 0.01, max: 1, noNaN: true }), isConfirmed: fc.boolean() }),
		{ minLength: 2, maxLength: 100 },
	);
	fc.assert(
		fc.property(scores, fc.double({ min: 0, max: 1, noNaN: true }), (reviewed, probability) => {
			const proposal = proposeTuning({ reviewed, wantedPrecision: 0.9, present, needed: 1 });
			if (proposal.kind === "too-few") return;
			const { calibration } = proposal.tuning;
			const calibrated = calibrate(probability, calibration);
			const own = ownProbability(calibrated, calibration);
			expect(own).toBeLessThanOrEqual(probability + 1e-9);
			expect(calibrate(own, calibration)).toBeCloseTo(calibrated, 9);
		}),
	);
});
