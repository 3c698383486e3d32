import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { lumaOf } from "../../../../../services/core/hashes/pdq/luma-of.ts";

const byDefinition = (red: number, green: number, blue: number) => (77 * red + 150 * green + 29 * blue + 128) >> 8;

test("luma is that of ITU-R BT.601 in whole numbers, however many pixels there are", () => {
	const sizes = fc.record({ width: fc.integer({ min: 1, max: 300 }), height: fc.integer({ min: 1, max: 70 }) });
	fc.assert(
		fc.property(sizes, fc.integer(), ({ width, height }, seed) => {
			const rgb = Uint8Array.from({ length: width * height * 3 }, (_, at) => Math.imul(at + 1, seed | 1) >>> 13);
			const plane = lumaOf(rgb, width, height);
			expect({ width: plane.width, height: plane.height }).toEqual({ width, height });
			const expected = Uint8Array.from({ length: width * height }, (_, at) =>
				byDefinition(rgb[at * 3] ?? 0, rgb[at * 3 + 1] ?? 0, rgb[at * 3 + 2] ?? 0),
			);
			expect(Buffer.compare(plane.luma, expected)).toBe(0);
		}),
		{ numRuns: 60 },
	);
});

test("the lightest and the darkest colors stay what they are", () => {
	const rgb = Uint8Array.of(255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255);
	expect([...lumaOf(rgb, 5, 1).luma]).toEqual([255, 0, 77, 149, 29]);
});
