import { expect, test } from "@jest/globals";
import { bitsApart } from "../../../../../services/core/hashes/bits-apart.ts";
import { mix32 } from "../../../../../services/core/hashes/mix32.ts";
import { hashHalves } from "../../../../../services/core/hashes/pdq/halves.ts";
import { createPdqHasher } from "../../../../../services/core/hashes/pdq/pdq.ts";
import { createLumaShrinker } from "../../../../../services/core/hashes/pdq/shrink-luma.ts";
import type { LumaPlane } from "../../../../../services/core/hashes/pdq/trim-border.ts";

const size = { width: 600, height: 400 };
const tools = { shrinker: createLumaShrinker(), hasher: createPdqHasher() };
const tightRadiusBits = 20;

/** Blobs of many sizes, another picture for each seed. */
function texture(seed: number, column: number, row: number): number {
	let level = 128;
	for (let wave = 0; wave < 12; wave += 1) {
		const random = (of: number) => (mix32(seed * 97 + wave * 7 + of) >>> 0) / 2 ** 32;
		level += 14 * Math.sin(column * (random(1) - 0.5) * 0.2 + row * (random(2) - 0.5) * 0.2 + random(3) * 6);
	}
	return Math.max(0, Math.min(255, Math.round(level)));
}
const drawn = (levelAt: (column: number, row: number) => number): LumaPlane => ({
	...size,
	luma: Uint8Array.from({ length: size.width * size.height }, (_, at) =>
		levelAt(at % size.width, Math.floor(at / size.width)),
	),
});
const known = drawn((x, y) => texture(1, x, y));

test.each([
	["above on the left", 0, 0],
	["above on the right", 0.66, 0],
	["below on the left", 0, 0.66],
	["below on the right", 0.66, 0.66],
])("what covers a tenth of a picture, %s, leaves two of its halves as they were", (_, left, top) => {
	const isUnder = (place: number, from: number, side: number) => place >= from * side && place < (from + 0.32) * side;
	const copy = drawn((x, y) => {
		const isCovered = isUnder(x, left, size.width) && isUnder(y, top, size.height);
		return texture(isCovered ? 2 : 1, x, y);
	});
	const listed = hashHalves(known, tools);
	expect(listed).toHaveLength(4);
	const found = hashHalves(copy, tools).filter(({ hash }) =>
		listed.some((half) => bitsApart(half.hash, hash) <= tightRadiusBits),
	);
	expect(found).toHaveLength(2);
});

test("the halves of a mirrored picture, mirrored, are the picture's, left and right exchanged", () => {
	const mirrored = hashHalves(
		drawn((x, y) => texture(1, size.width - 1 - x, y)),
		tools,
	);
	const listed = hashHalves(known, tools);
	for (const [at, of] of [
		[0, 0],
		[1, 1],
		[2, 3],
		[3, 2],
	] as const)
		expect(
			bitsApart(mirrored[at]?.mirrored ?? new Uint8Array(32), listed[of]?.hash ?? new Uint8Array(32)),
		).toBeLessThanOrEqual(tightRadiusBits);
});

test("halves without structure, and those of few pixels, are none", () => {
	const skyAbove = drawn((x, y) => (y < 210 ? 200 : texture(1, x, y)));
	expect(hashHalves(skyAbove, tools).length).toBeLessThan(4);
	expect(hashHalves({ luma: new Uint8Array(120 * 300), width: 120, height: 300 }, tools)).toEqual([]);
});
