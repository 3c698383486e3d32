import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
	differences,
	geometryFor,
	slotRadii,
	widestRadiusBits,
} from "../../../../services/core/matching/slot-geometry.ts";

const entryCount = fc.integer({ min: 0, max: 100_000_000 });

describe("the slots that a hash is cut into", () => {
	test("cover its 256 bits once, whatever the size of the bank", () => {
		fc.assert(
			fc.property(entryCount, (entries) => {
				const slots = geometryFor(entries);
				const bounds = [...slots.map(({ firstBit }) => firstBit), 256];
				expect(bounds[0]).toBe(0);
				for (const [at, { firstBit, keyBits, tagBits }] of slots.entries()) {
					const width = (bounds[at + 1] ?? 0) - firstBit;
					expect(width).toBeGreaterThanOrEqual(keyBits + tagBits);
					expect(keyBits).toBeGreaterThan(0);
				}
			}),
		);
	});

	test("leave no pair of near hashes that no slot finds: the radii plus one each exceed any radius asked", () => {
		fc.assert(
			fc.property(entryCount, fc.nat(widestRadiusBits), (entries, radiusBits) => {
				const slots = geometryFor(entries);
				const radii = slotRadii(slots, radiusBits);
				expect(radii.reduce((sum, radius) => sum + radius + 1, 0)).toBeGreaterThan(radiusBits);
				for (const [at, radius] of radii.entries()) expect(radius).toBeLessThanOrEqual(slots[at]?.radiusBits ?? 0);
			}),
		);
	});

	test("are probed with every difference up to their radius, each once", () => {
		const bitsOf = (mask: number) => mask.toString(2).replaceAll("0", "").length;
		for (const radiusBits of [0, 1, 2]) {
			const all = differences(12, radiusBits);
			expect(new Set(all).size).toBe(all.length);
			expect(all.length).toBe(Array.from({ length: 2 ** 12 }).filter((_, mask) => bitsOf(mask) <= radiusBits).length);
			expect(all.map(bitsOf)).toEqual(all.map(bitsOf).toSorted((a, b) => a - b));
		}
	});
});
