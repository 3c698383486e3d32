// PDQ, the perceptual hash of pictures: 256 bits and a quality (Meta, "The TMK+PDQF Video-Hashing Algorithm and the PDQ
// Image-Hashing Algorithm", 2019). It decides nothing about what a distance means.
import { dihedralTransforms } from "../matching/bank.ts";
import { createDct, dctEdge } from "./dct.ts";
import { sampleEdge, sampleLuma } from "./sample-luma.ts";

export interface PdqResult {
	/** 32 bytes; byte 0 holds bits 255 to 248, as in the 64 hex digits that lists carry. */
	readonly hash: Uint8Array;
	/** 0 (flat) to 100; below 50 a hash should not be trusted. */
	readonly quality: number;
	/** The hashes of the eight turns and mirrors, in the order of `dihedralTransforms`; the first is `hash` itself. */
	readonly dihedral: readonly Uint8Array[];
}

export interface PdqHasher {
	/** `luma`: width×height values 0–255, rows from the top. */
	hash(luma: Float32Array | Uint8Array, width: number, height: number): PdqResult;
	/** `rgb`: width×height×channels bytes; a fourth channel is ignored. Luma by ITU-R BT.601. */
	hashRgb(rgb: Uint8Array, width: number, height: number, channels: 3 | 4): PdqResult;
}

/** Its buffers serve one picture after the other: one hasher per thread. */
export function createPdqHasher(): PdqHasher {
	const samples = new Float64Array(sampleEdge * sampleEdge);
	const dct = createDct();
	const finish = (): PdqResult => {
		const coefficients = dct(samples);
		const median = lowerMedian(coefficients);
		const dihedral = dihedralTransforms.map((_, turn) => bitsOf(coefficients, median, turn));
		return { hash: dihedral[0] ?? new Uint8Array(32), quality: qualityOf(samples), dihedral };
	};
	return {
		hash(luma, width, height) {
			checkSize(luma.length, width, height, 1);
			sampleLuma(luma, width, height, samples);
			return finish();
		},
		hashRgb(rgb, width, height, channels) {
			checkSize(rgb.length, width, height, channels);
			sampleLuma(lumaOf(rgb, width * height, channels), width, height, samples);
			return finish();
		},
	};
}

function checkSize(length: number, width: number, height: number, channels: number): void {
	if (width < 1 || height < 1 || length !== width * height * channels) {
		throw new RangeError(`${length} values are no picture of ${width}×${height}×${channels}`);
	}
}

function lumaOf(rgb: Uint8Array, pixels: number, channels: 3 | 4): Float32Array {
	const luma = new Float32Array(pixels);
	for (let pixel = 0, at = 0; pixel < pixels; pixel += 1, at += channels) {
		luma[pixel] = 0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0);
	}
	return luma;
}

/** The sum of gradients between neighbouring samples, in hundredths of the range, each cut to a whole number; 9000 and more is 100. */
function qualityOf(samples: Float64Array): number {
	let sum = 0;
	for (let row = 0; row < sampleEdge; row += 1) {
		for (let column = 0; column < sampleEdge; column += 1) {
			const at = row * sampleEdge + column;
			const here = samples[at] ?? 0;
			if (row + 1 < sampleEdge) sum += Math.abs(Math.trunc(((here - (samples[at + sampleEdge] ?? 0)) * 100) / 255));
			if (column + 1 < sampleEdge) sum += Math.abs(Math.trunc(((here - (samples[at + 1] ?? 0)) * 100) / 255));
		}
	}
	return Math.min(100, Math.trunc(sum / 90));
}

/** Of 256 values the 128th: exactly half of them can lie above it. */
function lowerMedian(coefficients: Float64Array): number {
	return coefficients.slice().sort()[coefficients.length / 2 - 1] ?? 0;
}

/**
 * A turn or mirror of the picture permutes its coefficients and changes the sign of those of odd frequency (index 0, 2, 4, …),
 * so that one DCT serves all eight. Signs move the median, too.
 */
function bitsOf(coefficients: Float64Array, median: number, turn: number): Uint8Array {
	const name = dihedralTransforms[turn] ?? "none";
	const swapsAxes = name === "rotate90" || name === "rotate270" || name === "transpose" || name === "transverse";
	// Whether even row or column indices of the source change sign.
	const rowSign = name === "rotate180" || name === "rotate270" || name === "flipX" || name === "transverse" ? -1 : 1;
	const columnSign = name === "rotate90" || name === "rotate180" || name === "flipY" || name === "transverse" ? -1 : 1;
	const turned = new Float64Array(coefficients.length);
	for (let row = 0; row < dctEdge; row += 1) {
		for (let column = 0; column < dctEdge; column += 1) {
			const sign = (row % 2 === 0 ? rowSign : 1) * (column % 2 === 0 ? columnSign : 1);
			const to = swapsAxes ? column * dctEdge + row : row * dctEdge + column;
			turned[to] = sign * (coefficients[row * dctEdge + column] ?? 0);
		}
	}
	const threshold = rowSign === 1 && columnSign === 1 ? median : lowerMedian(turned);
	const hash = new Uint8Array(turned.length / 8);
	for (let bit = 0; bit < turned.length; bit += 1) {
		if ((turned[bit] ?? 0) > threshold)
			hash[hash.length - 1 - (bit >> 3)] = (hash[hash.length - 1 - (bit >> 3)] ?? 0) | (1 << (bit & 7));
	}
	return hash;
}
