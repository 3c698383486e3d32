import { describe, expect, test } from "@jest/globals";
import { proposeThreshold, wilsonInterval } from "../../../../services/core/scoring/threshold.ts";

const decisions = (probability: number, confirmed: number, total: number) =>
	Array.from({ length: total }, (_, at) => ({ probability, isConfirmed: at < confirmed }));

describe("interval of a share", () => {
	test("is Wilson's, for 8 of 10", () => {
		const { low, high } = wilsonInterval(8, 10);
		expect(low).toBeCloseTo(0.4902, 4);
		expect(high).toBeCloseTo(0.9433, 4);
	});

	test("is everything, without trials", () => {
		expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
	});

	test("never leaves 0 to 1", () => {
		expect(wilsonInterval(0, 5).low).toBe(0);
		expect(wilsonInterval(5, 5).high).toBe(1);
	});
});

describe("proposing a threshold", () => {
	const reviewed = [...decisions(0.9, 480, 500), ...decisions(0.7, 400, 500), ...decisions(0.2, 10, 500)];

	test("is the lowest that surely keeps the wanted precision", () => {
		const proposal = proposeThreshold(reviewed, 0.85);
		expect(proposal).toMatchObject({ kind: "proposed", threshold: 0.7, samples: 1500 });
	});

	test("rises with the wanted precision", () => {
		expect(proposeThreshold(reviewed, 0.93)).toMatchObject({ kind: "proposed", threshold: 0.9 });
	});

	test("says which share of the confirmed it would find", () => {
		const proposal = proposeThreshold(reviewed, 0.93);
		if (proposal.kind !== "proposed") throw new Error("expected a proposal");
		expect(proposal.recall.low).toBeLessThan(480 / 890);
		expect(proposal.recall.high).toBeGreaterThan(480 / 890);
	});

	test("is out of reach where the model is not good enough, or samples too few", () => {
		expect(proposeThreshold(reviewed, 0.99)).toEqual({ kind: "out-of-reach", samples: 1500 });
		expect(proposeThreshold(decisions(0.9, 5, 5), 0.9)).toEqual({ kind: "out-of-reach", samples: 5 });
	});
});
