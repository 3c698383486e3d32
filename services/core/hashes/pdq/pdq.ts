// PDQ, the perceptual hash of pictures: 256 bits and a quality (Meta, "The TMK+PDQF Video-Hashing Algorithm and the PDQ
// Image-Hashing Algorithm", 2019). It decides nothing about what a distance means.
import { dihedralTransforms } from "./dihedral-transforms.ts";
import { kthSmallest } from "./kth-smallest.ts";
import { createPdqPlanes, dctEdge, type Frequencies, longestSide } from "./pdq-planes.ts";

export interface PdqResult {
	/** 32 bytes; byte 0 holds bits 255 to 248, as in the 64 hex digits that lists carry. */
	readonly hash: Uint8Array;
	/** 0 (flat) to 100; below 50 a hash should not be trusted. */
	readonly quality: number;
	/** The hashes of the eight turns and mirrors, in the order of `dihedralTransforms`; the first is `hash` itself. */
	readonly dihedral: readonly Uint8Array[];
}

/** As it is, and mirrored left to right. */
export interface PdqPair {
	readonly hash: Uint8Array;
	readonly mirrored: Uint8Array;
	readonly quality: number;
}

export interface PdqHasher {
	/** `luma`: width×height values 0–255, rows from the top. 64×64 are taken as samples, without a filter. */
	hash(luma: Float32Array | Uint8Array, width: number, height: number): PdqResult;
	/** The same without the other six, in half the time. */
	hashPair(luma: Float32Array | Uint8Array, width: number, height: number): PdqPair;
	/** `rgb`: width×height×channels bytes; a fourth channel is ignored. Luma by ITU-R BT.601, rounded once. */
	hashRgb(rgb: Uint8Array, width: number, height: number, channels: 3 | 4): PdqResult;
}

/** What the reference asks at least; a smaller picture has quality 0 and no bits. */
const shortestSide = 5;

/** Its memory serves one picture after the other, and stays as large as the largest needed: one hasher per thread. */
export function createPdqHasher(): PdqHasher {
	const planes = createPdqPlanes();
	const room = dctEdge * dctEdge;
	const scratch: Scratch = { signed: new Float32Array(room), sorted: new Float32Array(room) };
	return {
		hash(luma, width, height) {
			checkSize(luma.length, width, height, 1);
			return isTooSmall(width, height) ? nothing() : toResult(planes.fromLuma(luma, width, height), scratch);
		},
		hashPair(luma, width, height) {
			checkSize(luma.length, width, height, 1);
			return isTooSmall(width, height) ? pairOf(nothing()) : toPair(planes.fromLuma(luma, width, height), scratch);
		},
		hashRgb(rgb, width, height, channels) {
			checkSize(rgb.length, width, height, channels);
			return isTooSmall(width, height) ? nothing() : toResult(planes.fromRgb(rgb, width, height, channels), scratch);
		},
	};
}

function checkSize(length: number, width: number, height: number, channels: number): void {
	if (width < 1 || height < 1 || width > longestSide || height > longestSide || length !== width * height * channels)
		throw new RangeError(`${length} values are no picture of ${width}×${height}×${channels}`);
}

function isTooSmall(width: number, height: number): boolean {
	return width < shortestSide || height < shortestSide;
}

function nothing(): PdqResult {
	const dihedral = dihedralTransforms.map(() => new Uint8Array(32));
	return { hash: dihedral[0] ?? new Uint8Array(32), quality: 0, dihedral };
}

/**
 * A turn or mirror of the picture changes the sign of coefficients of odd frequency (index 0, 2, 4, …) along one axis or both,
 * and may swap the axes: so one transform serves all eight. Signs move the median, too; swapping does not.
 */
const signPatterns = [
	{ rowSign: 1, columnSign: 1, asIs: "none", swapped: "transpose" },
	{ rowSign: 1, columnSign: -1, asIs: "flipY", swapped: "rotate90" },
	{ rowSign: -1, columnSign: 1, asIs: "flipX", swapped: "rotate270" },
	{ rowSign: -1, columnSign: -1, asIs: "rotate180", swapped: "transverse" },
] as const;

const quadrants = signPatterns.map(({ rowSign, columnSign, asIs, swapped }) => ({
	signs: Float32Array.from({ length: dctEdge * dctEdge }, (_, at) => signAt(at, rowSign, columnSign)),
	asIsAt: dihedralTransforms.indexOf(asIs),
	swappedAt: dihedralTransforms.indexOf(swapped),
}));
const mirrorings = quadrants.filter(({ asIsAt }) => ["none", "flipY"].includes(dihedralTransforms[asIsAt] ?? ""));
/** Where a coefficient stands once the axes are swapped. */
const swappedBits = Uint8Array.from(
	{ length: dctEdge * dctEdge },
	(_, at) => (at % dctEdge) * dctEdge + Math.trunc(at / dctEdge),
);

function toResult({ coefficients, quality }: Frequencies, scratch: Scratch): PdqResult {
	const dihedral = dihedralTransforms.map(() => new Uint8Array(32));
	for (const { signs, asIsAt, swappedAt } of quadrants) {
		const median = applySigns(signs, coefficients, scratch);
		const plain = dihedral[asIsAt];
		const turned = dihedral[swappedAt];
		if (plain === undefined || turned === undefined) continue;
		for (let at = 0; at < coefficients.length; at += 1) {
			if ((scratch.signed[at] ?? 0) <= median) continue;
			setBit(plain, at);
			setBit(turned, swappedBits[at] ?? 0);
		}
	}
	return { hash: dihedral[0] ?? new Uint8Array(32), quality, dihedral };
}

/** Those of all turns that are kept of a picture that is looked up both ways. */
export function pairOf({ hash, dihedral, quality }: PdqResult): PdqPair {
	return { hash, mirrored: dihedral[dihedralTransforms.indexOf("flipY")] ?? hash, quality };
}

/** Hashes of the picture with its tones reversed: all coefficients change their sign, their median as well, and half of them lie above it again. */
export function negativeOf({ hash, mirrored, quality }: PdqPair): PdqPair {
	return { hash: hash.map((byte) => ~byte), mirrored: mirrored.map((byte) => ~byte), quality };
}

function toPair({ coefficients, quality }: Frequencies, scratch: Scratch): PdqPair {
	const [hash = new Uint8Array(32), mirrored = hash] = mirrorings.map(({ signs }) => {
		const median = applySigns(signs, coefficients, scratch);
		const bits = new Uint8Array(32);
		for (let at = 0; at < coefficients.length; at += 1) if ((scratch.signed[at] ?? 0) > median) setBit(bits, at);
		return bits;
	});
	return { hash, mirrored, quality };
}

/** Into `signed`; answers their median: of 256 values the 128th, so that exactly half of them can lie above it. */
function applySigns(signs: Float32Array, coefficients: Float32Array, { signed, sorted }: Scratch): number {
	for (let at = 0; at < signed.length; at += 1) signed[at] = (signs[at] ?? 0) * (coefficients[at] ?? 0);
	sorted.set(signed);
	return kthSmallest(sorted, sorted.length / 2 - 1);
}

interface Scratch {
	readonly signed: Float32Array;
	readonly sorted: Float32Array;
}

function signAt(at: number, rowSign: number, columnSign: number): number {
	return (Math.trunc(at / dctEdge) % 2 === 0 ? rowSign : 1) * (at % 2 === 0 ? columnSign : 1);
}

function setBit(hash: Uint8Array, bit: number): void {
	const byte = hash.length - 1 - (bit >> 3);
	hash[byte] = (hash[byte] ?? 0) | (1 << (bit & 7));
}
