import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { isTrustedVoice, reliabilityOf } from "../../../../services/core/reports/reliability.ts";

describe("how far a reporter proved right", () => {
	test("says nothing before anything is decided", () => {
		expect(reliabilityOf({ right: 0, decided: 0 })).toMatchObject({ atLeast: 0, atMost: 1 });
	});

	// Wilson's interval at 95 %, by hand: 8 of 10 is [0.490, 0.943], 0 of 10 is [0, 0.278], 90 of 100 is [0.826, 0.945].
	test.each([
		[8, 10, 0.49, 0.943],
		[0, 10, 0, 0.278],
		[90, 100, 0.826, 0.945],
	])("%i of %i lies between %d and %d", (right, decided, atLeast, atMost) => {
		const found = reliabilityOf({ right, decided });
		expect(found.atLeast).toBeCloseTo(atLeast, 2);
		expect(found.atMost).toBeCloseTo(atMost, 2);
	});

	test("the share lies within, and more decisions never widen it", () => {
		const record = fc
			.integer({ min: 1, max: 500 })
			.chain((decided) => fc.tuple(fc.integer({ min: 0, max: decided }), fc.constant(decided)));
		fc.assert(
			fc.property(record, ([right, decided]) => {
				const few = reliabilityOf({ right, decided });
				const many = reliabilityOf({ right: right * 10, decided: decided * 10 });
				expect(few.atLeast).toBeLessThanOrEqual(right / decided + 1e-9);
				expect(few.atMost).toBeGreaterThanOrEqual(right / decided - 1e-9);
				expect(many.atMost - many.atLeast).toBeLessThanOrEqual(few.atMost - few.atLeast + 1e-9);
			}),
		);
	});
});

describe("whose word is trusted", () => {
	test("that of flaggers, hotlines and partners, from the first report on", () => {
		for (const source of ["trusted-flagger", "hotline", "partner"] as const)
			expect(isTrustedVoice(source, { right: 0, decided: 0 })).toBe(true);
	});

	test("no longer that of one who is almost always wrong, and never that of the public", () => {
		expect(isTrustedVoice("trusted-flagger", { right: 2, decided: 20 })).toBe(false);
		expect(isTrustedVoice("trusted-flagger", { right: 1, decided: 3 })).toBe(true);
		expect(isTrustedVoice("public", { right: 50, decided: 50 })).toBe(false);
		expect(isTrustedVoice("platform-user", { right: 50, decided: 50 })).toBe(false);
	});
});
