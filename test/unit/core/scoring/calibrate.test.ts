import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { calibrate, proposeCalibration, type ReviewedScore } from "../../../../services/core/scoring/calibrate.ts";
import { calibrationSchema } from "../../../../services/core/scoring/model-registry.ts";

const halved = calibrationSchema.parse({
	kind: "isotonic",
	points: [
		[0.2, 0.1],
		[0.8, 0.4],
	],
	samples: 500,
});

/** `confirmed` of `total` decisions at one score. */
const decisions = (probability: number, confirmed: number, total: number): readonly ReviewedScore[] =>
	Array.from({ length: total }, (_, at) => ({ probability, isConfirmed: at < confirmed }));

describe("applying a calibration", () => {
	test("leaves a probability alone where there is none", () => {
		expect(calibrate(0.37, { kind: "none" })).toBe(0.37);
	});

	test.each([
		[0, 0.1],
		[0.2, 0.1],
		[0.5, 0.25],
		[0.8, 0.4],
		[1, 0.4],
	])("reads %d off the curve as %d", (probability, calibrated) => {
		expect(calibrate(probability, halved)).toBeCloseTo(calibrated, 12);
	});
});

describe("proposing a calibration", () => {
	test("needs enough decisions of both kinds", () => {
		const proposal = proposeCalibration([...decisions(0.9, 99, 99), ...decisions(0.1, 0, 500)]);
		expect(proposal).toEqual({ kind: "too-few", confirmed: 99, rejected: 500, needed: 100 });
	});

	test("finds the share that people confirmed at each score", () => {
		const proposal = proposeCalibration([...decisions(0.3, 100, 1000), ...decisions(0.9, 600, 1000)]);
		if (proposal.kind !== "proposed") throw new Error("expected a proposal");
		expect(calibrate(0.3, proposal.calibration)).toBeCloseTo(0.1, 2);
		expect(calibrate(0.9, proposal.calibration)).toBeCloseTo(0.6, 2);
	});

	test("never promises certainty", () => {
		const proposal = proposeCalibration([...decisions(0.1, 0, 200), ...decisions(0.9, 200, 200)]);
		if (proposal.kind !== "proposed") throw new Error("expected a proposal");
		expect(calibrate(1, proposal.calibration)).toBeLessThan(1);
		expect(calibrate(0, proposal.calibration)).toBeGreaterThan(0);
	});

	test("is flat where the model says nothing", () => {
		const proposal = proposeCalibration([...decisions(0.1, 300, 600), ...decisions(0.9, 300, 600)]);
		if (proposal.kind !== "proposed") throw new Error("expected a proposal");
		expect(calibrate(0.9, proposal.calibration)).toBeCloseTo(calibrate(0.1, proposal.calibration), 6);
	});

	test("gives a curve that the registry takes and that never falls, whatever was decided", () => {
		const reviewed = fc.array(
			fc.record({ probability: fc.double({ min: 0, max: 1, noNaN: true }), isConfirmed: fc.boolean() }),
			{
				minLength: 2,
				maxLength: 200,
			},
		);
		fc.assert(
			fc.property(reviewed, (scores) => {
				const proposal = proposeCalibration(scores, 1);
				if (proposal.kind === "too-few") return;
				expect(calibrationSchema.safeParse(proposal.calibration).success).toBe(true);
				const values = Array.from({ length: 21 }, (_, at) => calibrate(at / 20, proposal.calibration));
				expect(values).toEqual(values.toSorted((a, b) => a - b));
			}),
		);
	});
});
