import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { hashKey } from "../../../../services/core/outbreaks/hash-key.ts";
import { createSlidingSketches } from "../../../../services/core/outbreaks/sliding-sketches.ts";
import { windowCount } from "../../../../services/core/outbreaks/windows.ts";

const now = 1_800_000_000;
const standardError = 0.13;

function counted(voices: Iterable<string>, atSeconds = now): Float64Array {
	const sketches = createSlidingSketches(1);
	const sketch = sketches.take(0);
	for (const voice of voices) sketches.add(sketch, hashKey(voice).high, atSeconds);
	const counts = new Float64Array(windowCount);
	sketches.count(sketch, now, counts);
	return counts;
}

const names = (count: number, seed: number) => Array.from({ length: count }, (_, at) => `${seed}/${at}`);

test("an estimate is within four standard errors of how many there were", () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 20_000 }), fc.nat(), (count, seed) => {
			const [estimate = 0] = counted(names(count, seed));
			expect(Math.abs(estimate / count - 1)).toBeLessThan(4 * standardError);
		}),
		{ numRuns: 200, seed: 14 },
	);
});

test("estimates are off by their standard error on average, and to neither side", () => {
	const off = Array.from({ length: 300 }, (_, seed) => (counted(names(1_000, seed))[0] ?? 0) / 1_000 - 1);
	const mean = off.reduce((sum, one) => sum + one, 0) / off.length;
	const spread = Math.sqrt(off.reduce((sum, one) => sum + one ** 2, 0) / off.length);
	expect(Math.abs(mean)).toBeLessThan(0.03);
	expect(spread).toBeLessThan(1.15 * standardError);
});

test("who speaks again is counted once, in whatever order they come", () => {
	fc.assert(
		fc.property(fc.array(fc.nat(500), { minLength: 1 }), (people) => {
			const voices = people.map(String);
			expect(counted([...voices, ...voices.toReversed()])).toEqual(counted(new Set(voices)));
		}),
	);
});

test("who spoke longer ago than a window is not in it", () => {
	const [minute, fiveMinutes, quarter, hour, sixHours] = counted(names(400, 1), now - 1_000);
	expect([minute, fiveMinutes, quarter]).toEqual([0, 0, 0]);
	expect(hour).toBe(sixHours);
	expect(hour).toBeGreaterThan(200);
});

test("there are so many sketches and no more", () => {
	const sketches = createSlidingSketches(2);
	expect([sketches.take(1), sketches.take(2), sketches.take(3)]).toEqual([0, 1, -1]);
	sketches.release(0);
	expect(sketches.take(3)).toBe(0);
});
