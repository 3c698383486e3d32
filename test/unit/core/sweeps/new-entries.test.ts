import { createHash } from "node:crypto";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { createLinearIndex } from "../../../../services/core/index/linear-index.ts";
import { reachOf } from "../../../../services/core/sweeps/judge-again.ts";
import { createNewEntries } from "../../../../services/core/sweeps/new-entries.ts";
import { withBitsFlipped } from "../../../support/bank-fixtures.ts";

const hash = (name: string) => createHash("sha256").update(name).digest();

function newEntries(entries: readonly Uint8Array[]) {
	const held = createNewEntries("pdq", entries.length);
	held.add(entries);
	return held;
}

/** As the linear index has it. */
function expected(entries: readonly Uint8Array[], past: readonly Uint8Array[]): readonly number[] {
	const index = createLinearIndex();
	for (const [id, entry] of entries.entries()) index.add(id, entry);
	return past.flatMap((one, place) => (index.search(one, reachOf("pdq")).length > 0 ? [place] : []));
}

test("past hashes in reach of an entry are found, whether few entries came or many", () => {
	fc.assert(
		fc.property(
			fc.constantFrom(1, 3, 256, 257, 600),
			fc.array(fc.record({ of: fc.nat({ max: 700 }), bits: fc.constantFrom(0, 1, 20, 30, 31, 32, 33, 60) }), {
				minLength: 1,
				maxLength: 40,
			}),
			(count, copies) => {
				const entries = Array.from({ length: count }, (_, at) => hash(`entry ${at}`));
				const past = copies.map(({ of, bits }) => flipped(hash(`entry ${of}`), bits));
				const found = newEntries(entries).placesNear(Buffer.concat(past), 0, past.length);
				expect(found).toEqual(expected(entries, past));
			},
		),
		{ numRuns: 60 },
	);
});

test("a part of the past hashes answers with their own places", () => {
	const past = ["a", "b", "c", "b"].map(hash);
	const found = newEntries([hash("b")]).placesNear(Buffer.concat(past), 2, 4);
	expect(found).toEqual([3]);
});

/** One bit of each byte, round and round. */
function flipped(of: Uint8Array, bits: number): Uint8Array {
	return bits <= 32
		? withBitsFlipped(of, bits)
		: withBitsFlipped(of, 32).map((byte, at) => (at < bits - 32 ? byte ^ 2 : byte));
}
