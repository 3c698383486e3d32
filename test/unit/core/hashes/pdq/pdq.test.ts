import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { toHex } from "../../../../../services/core/hashes/hash-hex.ts";
import { lumaOf } from "../../../../../services/core/hashes/pdq/luma-of.ts";
import { createPdqHasher, pairOf } from "../../../../../services/core/hashes/pdq/pdq.ts";
import { fromPackageRoot } from "../../../../../services/runtime/package-root.ts";
import { wavePicture } from "../../../../fixtures/hashing/wave-picture.ts";

interface Vector {
	readonly seed: number;
	readonly width: number;
	readonly height: number;
	readonly quality: number;
	readonly hash: string;
	readonly dihedral: readonly string[];
}

const vectors: readonly Vector[] = JSON.parse(
	readFileSync(fromPackageRoot("test/fixtures/hashing/pdq-vectors.json"), "utf8"),
);
const hasher = createPdqHasher();

describe("PDQ", () => {
	test.each(vectors)(
		"picture $seed ($width×$height) has the reference's hash and quality, in all eight turns",
		(vector) => {
			const { hash, quality, dihedral } = hasher.hashRgb(
				wavePicture(vector.seed, vector.width, vector.height),
				vector.width,
				vector.height,
				3,
			);
			expect(toHex(hash)).toBe(vector.hash);
			expect(quality).toBe(vector.quality);
			expect(dihedral.map(toHex)).toEqual(vector.dihedral);
		},
	);

	test.each(vectors)("of picture $seed, the pair is the first of the eight turns and the mirrored one", (vector) => {
		const { luma } = lumaOf(wavePicture(vector.seed, vector.width, vector.height), vector.width, vector.height);
		const all = hasher.hash(luma, vector.width, vector.height);
		expect(hasher.hashPair(luma, vector.width, vector.height)).toEqual(pairOf(all));
	});

	test("a picture of one color has quality 0, so that nobody trusts its hash", () => {
		const flat = new Uint8Array(200 * 100).fill(128);
		expect(hasher.hash(flat, 200, 100).quality).toBe(0);
	});

	test("a fourth channel is ignored", () => {
		const rgb = wavePicture(7, 90, 70);
		const rgba = new Uint8Array(90 * 70 * 4);
		for (let pixel = 0; pixel < 90 * 70; pixel += 1) {
			rgba.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
			rgba[pixel * 4 + 3] = pixel % 256;
		}
		expect(toHex(hasher.hashRgb(rgba, 90, 70, 4).hash)).toBe(toHex(hasher.hashRgb(rgb, 90, 70, 3).hash));
	});

	test("a buffer that is no picture of that size is refused", () => {
		expect(() => hasher.hash(new Uint8Array(10), 4, 4)).toThrow(RangeError);
	});
});
