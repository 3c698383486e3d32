import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createLinearIndex } from "../../../../services/core/matching/linear-index.ts";
import { createMultiIndex } from "../../../../services/core/matching/multi-index.ts";

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
const byId = (a: { id: number }, b: { id: number }) => a.id - b.id;

function flipped(base: Uint8Array, bits: readonly number[]): Uint8Array {
	const copy = Uint8Array.from(base);
	for (const bit of bits) copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
	return copy;
}

describe("the fast index", () => {
	test("answers exactly what the linear one answers, at every radius, with near neighbours present", () => {
		const neighbors = fc.array(fc.uniqueArray(fc.nat(255), { maxLength: 40 }), { maxLength: 30 });
		fc.assert(
			fc.property(
				hash,
				neighbors,
				fc.array(hash, { maxLength: 20 }),
				fc.nat(31),
				(query, flips, others, radiusBits) => {
					const fast = createMultiIndex();
					const linear = createLinearIndex();
					for (const [id, entry] of [...flips.map((bits) => flipped(query, bits)), ...others].entries()) {
						fast.add(id, entry);
						linear.add(id, entry);
					}
					expect(fast.search(query, radiusBits).toSorted(byId)).toEqual(
						linear.search(query, radiusBits).toSorted(byId),
					);
				},
			),
			{ numRuns: 60 },
		);
	});

	test("follows additions, replacements and removals as they happen", () => {
		const step = fc.oneof(
			fc.record({
				kind: fc.constant("add" as const),
				id: fc.nat(12),
				bits: fc.uniqueArray(fc.nat(255), { maxLength: 36 }),
			}),
			fc.record({ kind: fc.constant("remove" as const), id: fc.nat(12) }),
		);
		fc.assert(
			fc.property(hash, fc.array(step, { maxLength: 40 }), (query, steps) => {
				const fast = createMultiIndex();
				const linear = createLinearIndex();
				for (const index of [fast, linear]) {
					for (const one of steps) {
						if (one.kind === "add") index.add(one.id, flipped(query, one.bits));
						else index.remove(one.id);
					}
				}
				expect(fast.size).toBe(linear.size);
				expect(fast.search(query, 31).toSorted(byId)).toEqual(linear.search(query, 31).toSorted(byId));
			}),
			{ numRuns: 40 },
		);
	});

	test("grows past its first capacity", () => {
		const index = createMultiIndex();
		const entries = Array.from({ length: 3_000 }, (_, id) =>
			Uint8Array.from({ length: 32 }, (_, byte) => (id * 31 + byte * 17 * (id % 97)) & 255),
		);
		for (const [id, entry] of entries.entries()) index.add(id, entry);
		expect(index.size).toBe(3_000);
		expect(index.search(entries[2_999] ?? new Uint8Array(32), 0).map(({ id }) => id)).toContain(2_999);
	});

	test("a radius it cannot answer exactly is refused", () => {
		expect(() => createMultiIndex().search(new Uint8Array(32), 32)).toThrow(RangeError);
	});
});
