import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { rarityOfSum, surpriseOf, surpriseOfShare } from "../../../../services/core/outbreaks/surprise.ts";

test("what is called one in a million is that or rarer, whatever is expected", () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 150 }), fc.double({ min: 0.01, max: 50, noNaN: true }), (count, expected) => {
			let term = Math.exp(-expected);
			let below = 0;
			for (let n = 0; n < count; n += 1) {
				below += term;
				term *= expected / (n + 1);
			}
			const tail = Math.max(0, 1 - below);
			// Beyond that, one less the rest is all rounding.
			if (tail > 1e-12) expect(10 ** -surpriseOf(count, expected)).toBeGreaterThanOrEqual(tail * (1 - 1e-6));
		}),
	);
});

test("so is a share of new accounts, where each account had a chance of its own to be new", () => {
	const chances = fc.array(fc.double({ min: 0.01, max: 0.95, noNaN: true }), { minLength: 1, maxLength: 24 });
	fc.assert(
		fc.property(chances, fc.nat(24), (each, most) => {
			const fresh = Math.min(most, each.length);
			const expected = each.reduce((sum, one) => sum + one, 0);
			if (fresh < expected + 1) return;
			const exact = tailOfEach(each, fresh);
			expect(10 ** -surpriseOfShare(fresh, each.length, expected)).toBeGreaterThanOrEqual(exact * (1 - 1e-9));
		}),
	);
});

test("a share that is usual surprises nobody, nor does any on a platform where all accounts are new", () => {
	expect(surpriseOfShare(1, 12, 1.2)).toBe(0);
	expect(surpriseOfShare(12, 12, 12)).toBe(0);
	expect(surpriseOfShare(6, 12, 0.36)).toBeGreaterThan(5);
});

test("two rarities of so many subjects a day come together to that sum as often as is allowed", () => {
	const perDay = fc.double({ min: 100, max: 1e6, noNaN: true });
	fc.assert(
		fc.property(perDay, fc.double({ min: 0.01, max: 50, noNaN: true }), (subjects, allowed) => {
			// The product of two even chances is below x in x (1 - ln x) of cases.
			const x = 10 ** -rarityOfSum(subjects, allowed) / subjects;
			expect((subjects * x * (1 - Math.log(x))) / allowed).toBeCloseTo(1, 5);
		}),
	);
});

/** That at least so many come to pass, exactly. */
function tailOfEach(chances: readonly number[], atLeast: number): number {
	let ways = [1];
	for (const chance of chances)
		ways = Array.from(
			{ length: ways.length + 1 },
			(_, n) => (ways[n] ?? 0) * (1 - chance) + (ways[n - 1] ?? 0) * chance,
		);
	return ways.slice(atLeast).reduce((sum, one) => sum + one, 0);
}
