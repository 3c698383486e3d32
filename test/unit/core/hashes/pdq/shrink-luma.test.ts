import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { createLumaShrinker } from "../../../../../services/core/hashes/pdq/shrink-luma.ts";

const shrinker = createLumaShrinker();

/** The same, as one would say it. */
function slowly(pixels: Uint8Array, width: number, height: number, toWidth: number, toHeight: number): number[] {
	const edges = (side: number, parts: number) =>
		Array.from({ length: parts + 1 }, (_, at) => Math.round((at * side) / parts));
	const [columns, rows] = [edges(width, toWidth), edges(height, toHeight)];
	return rows.slice(1).flatMap((bottom, row) =>
		columns.slice(1).map((right, column) => {
			const lines = Array.from({ length: bottom - (rows[row] ?? 0) }, (_, at) => (rows[row] ?? 0) + at);
			const values = lines.flatMap((line) => [
				...pixels.subarray(line * width + (columns[column] ?? 0), line * width + right),
			]);
			return values.reduce((sum, value) => sum + value, 0) / values.length;
		}),
	);
}

test("each pixel of a smaller picture is the mean of those it stands for, whatever the sizes", () => {
	const side = fc.integer({ min: 1, max: 70 });
	fc.assert(
		fc.property(side, side, side, side, fc.integer(), (a, b, c, d, seed) => {
			const [width, height] = [Math.max(a, c), Math.max(b, d)];
			const to = { width: Math.min(a, c), height: Math.min(b, d) };
			const room = shrinker.room(width, height);
			for (let at = 0; at < room.length; at += 1) room[at] = Math.imul(at + seed, 2_654_435_761) >>> 24;
			const expected = slowly(Uint8Array.from(room), width, height, to.width, to.height);
			const { luma } = shrinker.shrink({ width, height }, to);
			expect(luma).toHaveLength(expected.length);
			const far = expected.filter((value, at) => !(Math.abs((luma[at] ?? 0) - value) <= 0.501));
			expect(far).toEqual([]);
		}),
	);
});

test("the longest sides have room, and white stays white", () => {
	const size = { width: 16_384, height: 514 };
	shrinker.room(size.width, size.height).fill(255);
	const { luma } = shrinker.shrink(size, { width: 2, height: 2 });
	expect([...luma]).toEqual([255, 255, 255, 255]);
	expect(() => shrinker.room(16_385, 1)).toThrow(RangeError);
	expect(() => shrinker.shrink({ width: 8, height: 8 }, { width: 9, height: 8 })).toThrow(RangeError);
});
