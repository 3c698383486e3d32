import { expect, test } from "@jest/globals";
import { fillMargins } from "../../../../../services/core/hashes/pdq/fill-margins.ts";

const edge = 64;
const mean = 100;
/** Known but for four columns at the left and at the right; `levelAt` by row. */
function filledAtTheSides(levelAt: (row: number) => number): Float32Array {
	const samples = Float32Array.from({ length: edge * edge }, (_, at) => levelAt(Math.floor(at / edge)));
	fillMargins(samples, { rows: { from: 0, to: edge - 1 }, columns: { from: 4, to: edge - 5 } }, mean);
	return samples;
}
const rowOf = (samples: Float32Array, row: number) => [...samples.subarray(row * edge, (row + 1) * edge)];

test("beyond an edge of one tone goes that tone, the nearer the mean of the picture the farther out", () => {
	const [first = 0, , , last = 0, known = 0] = rowOf(
		filledAtTheSides(() => 200),
		30,
	);
	expect(known).toBe(200);
	expect(last).toBeLessThan(200);
	expect(first).toBeLessThan(last);
	expect(first).toBeGreaterThan(mean);
});

test("a line that runs into the edge grows fainter beyond it, and wider", () => {
	const samples = filledAtTheSides((row) => (row === 30 ? 250 : mean));
	const inTheLine = rowOf(samples, 30);
	expect(inTheLine[3]).toBeLessThan(250);
	expect(inTheLine[0]).toBeLessThanOrEqual(inTheLine[3] ?? 0);
	expect(rowOf(samples, 29)[3]).toBeGreaterThan(mean);
	expect(rowOf(samples, 27)[4]).toBe(mean);
});

test("what is known stays as it is", () => {
	const before = Float32Array.from({ length: edge * edge }, (_, at) => at % 251);
	const samples = Float32Array.from(before);
	fillMargins(samples, { rows: { from: 0, to: edge - 1 }, columns: { from: 0, to: edge - 1 } }, mean);
	expect(samples).toEqual(before);
});
