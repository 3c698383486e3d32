import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
	differences,
	geometryFor,
	slotRadii,
	widestRadiusBits,
} from "../../../../services/core/index/slot-geometry.ts";

const entryCount = fc.integer({ min: 0, max: 100_000_000 });

describe("the slots that a hash is cut into", () => {
	test("cover its 256 bits once, whatever the size of the bank", () => {
		fc.assert(
			fc.property(entryCount, (entries) => {
				const slots = geometryFor(entries);
				const bounds = [...slots.map(({ firstBit }) => firstBit), 256];
				expect(bounds[0]).toBe(0);
				for (const [at, { firstBit, bits, keyBits }] of slots.entries()) {
					expect(bits).toBe((bounds[at + 1] ?? 0) - firstBit);
					expect(bits).toBeGreaterThanOrEqual(keyBits);
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

	test("differ, from one of them on, by no more than the radii of any run of slots allow: what tags are compared by", () => {
		const flips = fc.uniqueArray(fc.nat(255), { maxLength: widestRadiusBits });
		fc.assert(
			fc.property(entryCount, flips, (entries, bits) => {
				const slots = geometryFor(entries);
				const radii = slotRadii(slots, Math.max(bits.length, 1));
				const away = slots.map(
					(slot) => bits.filter((bit) => bit >= slot.firstBit && bit < slot.firstBit + slot.bits).length,
				);
				const isWithin = (at: number) => (away[at] ?? 0) <= (radii[at] ?? -1);
				const isNextWithin = (at: number) => {
					const next = (at + 1) % slots.length;
					return (away[at] ?? 0) + (away[next] ?? 0) <= (radii[at] ?? -1) + (radii[next] ?? -1) + 1;
				};
				expect(slots.some((_, at) => isWithin(at) && isNextWithin(at))).toBe(true);
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
