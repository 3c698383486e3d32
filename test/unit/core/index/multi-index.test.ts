import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { HammingIndex } from "../../../../services/core/index/hamming-index.ts";
import { createLinearIndex } from "../../../../services/core/index/linear-index.ts";
import { mainLayout } from "../../../../services/core/index/main-segment.ts";
import { createMultiIndex, type MultiIndex } from "../../../../services/core/index/multi-index.ts";
import { geometryFor } from "../../../../services/core/index/slot-geometry.ts";
import { randomFrom } from "../../../support/random-from.ts";

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
const flips = fc.uniqueArray(fc.nat(255), { maxLength: 40 });
const ids = fc.nat(60);

function flipped(base: Uint8Array, bits: readonly number[]): Uint8Array {
	const copy = Uint8Array.from(base);
	for (const bit of bits) copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
	return copy;
}

/** The same bytes on every machine. */
function bytesFrom(seed: number): (count: number) => Uint8Array {
	const random = randomFrom(seed);
	return (count) => Uint8Array.from({ length: count }, () => (random() * 2 ** 32) & 255);
}

function expectSameAnswers(fast: HammingIndex, linear: HammingIndex, query: Uint8Array, radiusBits: number): void {
	const sorted = (index: HammingIndex) => index.search(query, radiusBits).toSorted((a, b) => a.id - b.id);
	expect(sorted(fast)).toEqual(sorted(linear));
	expect(fast.size).toBe(linear.size);
}

/** What may happen to an index; merges run at any point between, and are left half done. */
const step = fc.oneof(
	{ weight: 8, arbitrary: fc.record({ kind: fc.constant("add" as const), id: ids, bits: flips }) },
	{ weight: 3, arbitrary: fc.record({ kind: fc.constant("remove" as const), id: ids }) },
	{
		weight: 2,
		arbitrary: fc.record({ kind: fc.constant("maintain" as const), steps: fc.integer({ min: 1, max: 30 }) }),
	},
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant("compact" as const) }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant("load" as const), ids: fc.uniqueArray(ids), bits: flips }) },
	{ weight: 4, arbitrary: fc.record({ kind: fc.constant("search" as const), bits: flips, radiusBits: fc.nat(31) }) },
);

function take(
	one: Parameters<Parameters<typeof step.map>[0]>[0],
	query: Uint8Array,
	fast: MultiIndex,
	linear: HammingIndex,
) {
	switch (one.kind) {
		case "add":
			for (const index of [fast, linear]) index.add(one.id, flipped(query, one.bits));
			return;
		case "remove":
			for (const index of [fast, linear]) index.remove(one.id);
			return;
		case "maintain":
			fast.maintain(one.steps);
			return;
		case "compact":
			fast.compact();
			return;
		case "load": {
			const base = flipped(query, one.bits);
			const hashes = one.ids.map((id) => flipped(base, [id]));
			fast.load(Uint32Array.from(one.ids), Uint8Array.from(hashes.flatMap((each) => [...each])));
			for (const [at, id] of one.ids.entries()) linear.add(id, hashes[at] ?? base);
			fast.compact();
			return;
		}
		case "search":
			expectSameAnswers(fast, linear, flipped(query, one.bits), one.radiusBits);
	}
}

/** As a bank of so many entries is laid out. */
const layouts = {
	"few entries": mainLayout,
	"ten million": { ...mainLayout, slotsFor: () => geometryFor(10_000_000) },
	"more than three bytes can number": { slotsFor: () => geometryFor(20_000_000), shortIds: 0 },
};

describe("the fast index", () => {
	test.each(Object.entries(layouts))(
		"laid out for %s, answers exactly what the linear one answers, through additions, removals and merges begun and half done",
		(_, layout) => {
			// The slots of millions have a million buckets each, which takes its time to lay out.
			const numRuns = layout === mainLayout ? 60 : 8;
			fc.assert(
				fc.property(hash, fc.array(step, { maxLength: 120 }), (query, steps) => {
					const fast = createMultiIndex({ smallestRecent: 8, layout });
					const linear = createLinearIndex();
					for (const one of steps) take(one, query, fast, linear);
					for (const radiusBits of [0, 15, 16, 31]) expectSameAnswers(fast, linear, query, radiusBits);
				}),
				{ numRuns },
			);
		},
	);

	test.each([1_000, 70_000, 300_000])(
		"finds every near neighbor among %i hashes, whatever slots that size has",
		(count) => {
			const next = bytesFrom(count);
			const hashes = next(count * 32);
			const fast = createMultiIndex();
			const linear = createLinearIndex();
			const at = (id: number) => hashes.subarray(id * 32, id * 32 + 32);
			fast.load(
				Uint32Array.from({ length: count }, (_, id) => id),
				hashes,
			);
			fast.compact();
			for (let id = 0; id < count; id += 1) linear.add(id, at(id));
			for (let probe = 0; probe < 24; probe += 1) {
				const bits = new Set(Array.from(next(26 + (probe % 12))));
				const query = flipped(at((probe * 7_919) % count), [...bits]);
				expectSameAnswers(fast, linear, query, 31);
				expectSameAnswers(fast, linear, query, probe);
			}
		},
	);

	test("laid out for ten million, finds every near neighbor among 100,000 hashes", () => {
		const next = bytesFrom(7);
		const count = 100_000;
		const hashes = next(count * 32);
		const fast = createMultiIndex({ layout: layouts["more than three bytes can number"] });
		const at = (id: number) => hashes.subarray(id * 32, id * 32 + 32);
		const numbers = Uint32Array.from({ length: count }, (_, id) => id);
		fast.load(numbers, hashes);
		fast.compact();
		for (let probe = 0; probe < 2_000; probe += 1) {
			const id = (probe * 7_919) % count;
			const bits = [...new Set(Array.from(next(31)))];
			expect(fast.search(flipped(at(id), bits), 31)).toContainEqual({ id, distanceBits: bits.length });
		}
	});

	test.each(Object.entries(layouts))(
		"laid out for %s, finds the neighbor that is as far away as any can be, in every slot but one",
		(_, layout) => {
			const slots = layout.slotsFor(1);
			const next = bytesFrom(9);
			const index = createMultiIndex({ layout });
			const known = next(32);
			index.add(1, known);
			index.compact();
			for (const near of slots.keys()) {
				const bits = slots.flatMap(({ firstBit, radiusBits }, at) =>
					Array.from({ length: at === near ? radiusBits : radiusBits + 1 }, (_, bit) => firstBit + bit),
				);
				expect(bits).toHaveLength(31);
				expect(index.search(flipped(known, bits), 31)).toEqual([{ id: 1, distanceBits: 31 }]);
			}
		},
	);

	test("one hash under a thousand ids is answered a thousand times, once each", () => {
		const index = createMultiIndex();
		for (let id = 0; id < 1_000; id += 1) index.add(id, new Uint8Array(32).fill(0xa5));
		expect(new Set(index.search(new Uint8Array(32).fill(0xa5), 0).map(({ id }) => id)).size).toBe(1_000);
		index.compact();
		expect(index.search(new Uint8Array(32).fill(0xa5), 31)).toHaveLength(1_000);
	});

	test("a batch is answered as its hashes one by one", () => {
		const index = createMultiIndex();
		const next = bytesFrom(1);
		const hashes = Array.from({ length: 50 }, () => next(32));
		for (const [id, one] of hashes.entries()) index.add(id, one);
		expect(index.searchBatch(hashes, 31)).toEqual(hashes.map((one) => index.search(one, 31)));
	});

	test("replacing the same entries for ever takes no more memory", () => {
		const index = createMultiIndex({ smallestRecent: 256 });
		const next = bytesFrom(2);
		const replaceAll = () => {
			for (let id = 0; id < 2_000; id += 1) index.add(id, next(32));
		};
		for (let round = 0; round < 5; round += 1) replaceAll();
		const { bytes } = index;
		for (let round = 0; round < 40; round += 1) replaceAll();
		expect(index.size).toBe(2_000);
		expect(index.bytes).toBeLessThan(bytes * 1.3);
	});

	test("a radius it cannot answer exactly, and a hash of another length, are refused", () => {
		expect(() => createMultiIndex().search(new Uint8Array(32), 32)).toThrow(RangeError);
		expect(() => createMultiIndex().add(0, new Uint8Array(16))).toThrow(RangeError);
	});
});
