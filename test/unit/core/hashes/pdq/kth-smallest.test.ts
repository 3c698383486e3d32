import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { kthSmallest } from "../../../../../services/core/hashes/pdq/kth-smallest.ts";

const values = fc.float32Array({ minLength: 1, maxLength: 256, noNaN: true, noDefaultInfinity: true });

test("the value found is the one that sorting would put there, equal values and all", () => {
	const few = fc
		.array(fc.constantFrom(-1, 0, 1, 2), { minLength: 1, maxLength: 256 })
		.map((all) => Float32Array.from(all));
	fc.assert(
		fc.property(fc.oneof(values, few), fc.nat(255), (all, at) => {
			const k = at % all.length;
			const sorted = Float32Array.from(all).sort();
			// -0 and 0 are equal, and stand side by side in any order.
			expect(kthSmallest(Float32Array.from(all), k) + 0).toBe((sorted[k] ?? 0) + 0);
		}),
	);
});
