import { describe, expect, test } from "@jest/globals";
import { clusterIdOf } from "../../../../services/core/clusters/cluster-id.ts";
import { elderFirst, placeMembers } from "../../../../services/core/clusters/merge.ts";
import { bitsApart } from "../../../../services/core/hashes/bits-apart.ts";
import { itemId } from "../../../../services/core/ids.ts";
import { digest, withBitsFlipped } from "../../../support/bank-fixtures.ts";

const elder = digest("elder");
const member = (at: number, hash: Uint8Array | null, distanceBits: number) => ({
	...{ itemId: itemId.parse(`01900000-0000-7000-8000-00000000000${at}`), hash, distanceBits },
});
const younger = withBitsFlipped(elder, 15);
const merging = { medoid: elder, apartBits: 15, confirmedBits: 20 };
const cameTo = (members: Parameters<typeof placeMembers>[0], standing: readonly Uint8Array[] = []) =>
	placeMembers(members, merging, standing).map(({ medoid, distanceBits }) => [medoid, distanceBits]);

describe("of the members of a cluster that is merged into an elder one", () => {
	test("those near the elder's medoid become its members, at their own distance from it", () => {
		expect(cameTo([member(1, younger, 0), member(2, withBitsFlipped(elder, 3), 12)])).toEqual([
			[elder, 15],
			[elder, 3],
		]);
	});
	test("one that is near in another framing comes along as far as the two distances allow", () => {
		expect(cameTo([member(1, digest("in a border"), 5)])).toEqual([[elder, 20]]);
	});
	test("those that are not found a cluster of their own, so that a chain joins no strangers", () => {
		const stranger = withBitsFlipped(elder, 30);
		const alike = withBitsFlipped(elder, 32);
		expect(cameTo([member(1, stranger, 15), member(2, alike, 17)])).toEqual([
			[stranger, 0],
			[stranger, 2],
		]);
	});
	test("those that are not join one that stands beside it where they are near that", () => {
		const stranger = withBitsFlipped(elder, 30);
		const beside = withBitsFlipped(elder, 34);
		expect(cameTo([member(1, stranger, 15)], [beside])).toEqual([[beside, bitsApart(stranger, beside)]]);
	});
	test("one of which no hash is kept stays with the others", () => {
		expect(cameTo([member(1, null, 20)])).toEqual([[elder, 31]]);
	});
});

test("everybody finds the same elder: the one founded first, or of two founded at one moment that with the lower id", () => {
	const cluster = (name: string, foundedUs: number) => ({ id: clusterIdOf(digest(name)), foundedUs });
	const [first, later, beside] = [cluster("a", 1), cluster("b", 2), cluster("c", 1)];
	expect(elderFirst(first, later)).toEqual([first, later]);
	expect(elderFirst(later, first)).toEqual([first, later]);
	expect(elderFirst(first, beside)).toEqual(elderFirst(beside, first));
});
