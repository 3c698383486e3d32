import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { bitsApart } from "../../../../../services/core/hashes/bits-apart.ts";
import { toHex } from "../../../../../services/core/hashes/hash-hex.ts";
import { mix32 } from "../../../../../services/core/hashes/mix32.ts";
import { lumaOf } from "../../../../../services/core/hashes/pdq/luma-of.ts";
import { createPdqHasher, negativeOf, pairOf } from "../../../../../services/core/hashes/pdq/pdq.ts";
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

	test.each(vectors)("of the negative of picture $seed, both hashes are told from the picture's own", (vector) => {
		const { luma } = lumaOf(wavePicture(vector.seed, vector.width, vector.height), vector.width, vector.height);
		const { hash, mirrored } = negativeOf(hasher.hashPair(luma, vector.width, vector.height));
		const negative = luma.map((level) => 255 - level);
		const reversed = hasher.hashPair(negative, vector.width, vector.height);
		expect(bitsApart(hash, reversed.hash)).toBeLessThanOrEqual(2);
		expect(bitsApart(mirrored, reversed.mirrored)).toBeLessThanOrEqual(2);
	});

	test("whatever its size, a picture has the hash that the reference's steps come to, one after the other in single precision", () => {
		const side = fc.integer({ min: 5, max: 600 });
		fc.assert(
			fc.property(side, side, fc.integer(), fc.boolean(), (width, height, seed, isWhole) => {
				const luma = Float32Array.from({ length: width * height }, (_, at) => {
					const level =
						128 + 90 * Math.sin((at % width) / 9 + seed) * Math.cos(at / width / 7) + (mix32(at + seed) & 31);
					return isWhole ? Math.trunc(level) : level;
				});
				const expected = slowHash(luma, width, height);
				expect(toHex(hasher.hash(luma, width, height).hash)).toBe(expected);
				if (isWhole) expect(toHex(hasher.hash(Uint8Array.from(luma), width, height).hash)).toBe(expected);
			}),
			{ numRuns: 20 },
		);
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

/** Values of one line, filtered: each sum comes of the one before, as the reference has it. */
function slowBox(line: Float32Array, window: number): Float32Array {
	const out = new Float32Array(line.length);
	const ahead = Math.trunc((window + 2) / 2) - 1;
	let [sum, values] = [0, 0];
	for (let step = 0; step < line.length + ahead; step += 1) {
		if (step < line.length) sum = Math.fround(sum + (line[step] ?? 0));
		if (step >= window) sum = Math.fround(sum - (line[step - window] ?? 0));
		values += step >= line.length ? -1 : Number(step < window);
		if (step >= ahead) out[step - ahead] = sum / values;
	}
	return out;
}

function turned(values: Float32Array, width: number): Float32Array {
	const height = values.length / width;
	return values.map((_, at) => values[(at % height) * width + Math.trunc(at / height)] ?? 0);
}

function slowLines(values: Float32Array, length: number): Float32Array {
	const out = new Float32Array(values.length);
	const window = Math.trunc((length + 127) / 128);
	for (let at = 0; at < values.length; at += length) out.set(slowBox(values.subarray(at, at + length), window), at);
	return out;
}

function slowHash(luma: Float32Array, width: number, height: number): string {
	let plane: Float32Array = luma;
	const isSampled = width === 64 && height === 64;
	for (let pass = 0; pass < 2 && !isSampled; pass += 1)
		plane = turned(slowLines(turned(slowLines(plane, width), width), height), height);
	const center = (at: number, side: number) => Math.trunc(((2 * at + 1) * side) / 128);
	const samples = Array.from({ length: 64 * 64 }, (_, at) => {
		return plane[center(Math.trunc(at / 64), height) * width + center(at % 64, width)] ?? 0;
	});
	const scale = Math.fround(Math.sqrt(2 / 64));
	const cosine = Float32Array.from({ length: 16 * 64 }, (_, at) => {
		return scale * Math.cos((Math.PI / 128) * (Math.trunc(at / 64) + 1) * (2 * (at % 64) + 1));
	});
	const sumOf = (term: (at: number) => number) => {
		let sum = 0;
		for (let at = 0; at < 64; at += 1) sum = Math.fround(sum + Math.fround(term(at)));
		return sum;
	};
	const halfway = (row: number, column: number) =>
		sumOf((at) => (cosine[row * 64 + at] ?? 0) * (samples[at * 64 + column] ?? 0));
	const rows = Array.from({ length: 16 }, (_, row) => Array.from({ length: 64 }, (_, column) => halfway(row, column)));
	const coefficients = Array.from({ length: 256 }, (_, at) =>
		sumOf((term) => (cosine[(at % 16) * 64 + term] ?? 0) * (rows[Math.trunc(at / 16)]?.[term] ?? 0)),
	);
	const median = coefficients.toSorted((a, b) => a - b)[127] ?? 0;
	const bits = coefficients.map((value) => (value > median ? "1" : "0")).reverse();
	return BigInt(`0b${bits.join("")}`)
		.toString(16)
		.padStart(64, "0");
}
