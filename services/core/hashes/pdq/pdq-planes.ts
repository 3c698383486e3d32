// The arithmetic of PDQ on one picture: from pixels to 16×16 frequencies and a quality. Two box filters along rows and along
// columns, 64×64 samples, a cosine transform (type II) without its mean: all in single precision and in the order of the C++
// reference, because its rounding decides bits. Which bits, is not decided here.
import { ensureBytes, type KernelMemory, loadKernel } from "../../load-kernel.ts";
import { pdqKernelBytes } from "./pdq-kernel-bytes.ts";

export const sampleEdge = 64;
export const dctEdge = 16;
export const longestSide = 16_384;

export interface PdqPlanes {
	/** Each answer's coefficients, 16×16, are overwritten by the next call. */
	fromRgb(rgb: Uint8Array, width: number, height: number, channels: 3 | 4): Frequencies;
	fromLuma(luma: Float32Array | Uint8Array, width: number, height: number): Frequencies;
}

export interface Frequencies {
	readonly coefficients: Float32Array;
	/** 0 to 100. */
	readonly quality: number;
}

interface PdqKernel {
	readonly memory: KernelMemory;
	luma(from: number, channels: number, pixels: number, to: number, masks: number): void;
	widen(from: number, lanes: number, rows: number, to: number, toStride: number): void;
	transpose(from: number, fromStride: number, rows: number, lanes: number, to: number, toStride: number): void;
	box(
		from: number,
		fromStride: number,
		to: number,
		toStride: number,
		rows: number,
		window: number,
		samples: number,
	): void;
	multiply(matrix: number, from: number, lanes: number, to: number): void;
	gradientSum(samples: number): number;
}

// Where things lie in the kernel's memory, in bytes: what every picture needs first, then the planes.
const matrixAt = 0;
const samplesAt = matrixAt + dctEdge * sampleEdge * 4;
const halfwayAt = samplesAt + sampleEdge * sampleEdge * 4;
const halfwayTransposedAt = halfwayAt + dctEdge * sampleEdge * 4;
const turnedAt = halfwayTransposedAt + dctEdge * sampleEdge * 4;
const coefficientsAt = turnedAt + dctEdge * dctEdge * 4;
const masks3At = coefficientsAt + dctEdge * dctEdge * 4;
const masks4At = masks3At + 32;
const planesAt = masks4At + 32;

export function createPdqPlanes(): PdqPlanes {
	const kernel = loadKernel<PdqKernel>(pdqKernelBytes);
	ensureBytes(kernel.memory, planesAt);
	new Float32Array(kernel.memory.buffer, matrixAt).set(cosineMatrix());
	new Uint8Array(kernel.memory.buffer, masks3At).set(byteMasks(3));
	new Uint8Array(kernel.memory.buffer, masks4At).set(byteMasks(4));
	const transform = (): Frequencies => {
		kernel.multiply(matrixAt, samplesAt, sampleEdge, halfwayAt);
		kernel.transpose(halfwayAt, sampleEdge * 4, dctEdge, sampleEdge, halfwayTransposedAt, dctEdge * 4);
		kernel.multiply(matrixAt, halfwayTransposedAt, dctEdge, turnedAt);
		kernel.transpose(turnedAt, dctEdge * 4, dctEdge, dctEdge, coefficientsAt, dctEdge * 4);
		return {
			coefficients: new Float32Array(kernel.memory.buffer, coefficientsAt, dctEdge * dctEdge),
			// Heuristic of the reference: 9000 hundredths and more are full quality.
			quality: Math.min(100, Math.trunc(kernel.gradientSum(samplesAt) / 90)),
		};
	};
	/** Lays out the planes, with `bytes` behind them; the kernel reads 16 of them at once. */
	const makeRoom = (width: number, height: number, bytes: number) => {
		const layout = layOut(width, height);
		ensureBytes(kernel.memory, layout.end + bytes + 16);
		return layout;
	};
	return {
		fromRgb(rgb, width, height, channels) {
			const layout = makeRoom(width, height, rgb.length);
			new Uint8Array(kernel.memory.buffer).set(rgb, layout.end);
			const fill = (first: number, rows: number, to: number, toStride: number) => {
				for (let row = 0; row < rows; row += 1) {
					const from = layout.end + (first + row) * width * channels;
					kernel.luma(from, channels, width, to + row * toStride, channels === 3 ? masks3At : masks4At);
				}
			};
			if (isSampled(width, height)) fill(0, height, samplesAt, sampleEdge * 4);
			else filter(kernel, layout, { width, height }, fill);
			return transform();
		},
		fromLuma(luma, width, height) {
			if (isSampled(width, height)) {
				new Float32Array(kernel.memory.buffer, samplesAt).set(luma);
				return transform();
			}
			const layout = makeRoom(width, height, luma.length);
			if (luma instanceof Uint8Array) {
				new Uint8Array(kernel.memory.buffer).set(luma, layout.end);
				filter(kernel, layout, { width, height }, (first, rows, to, toStride) =>
					kernel.widen(layout.end + first * width, width, rows, to, toStride),
				);
				return transform();
			}
			const floats = new Float32Array(kernel.memory.buffer);
			filter(kernel, layout, { width, height }, (first, rows, to, toStride) => {
				for (let row = first; row < first + rows; row += 1)
					floats.set(luma.subarray(row * width, (row + 1) * width), (to + (row - first) * toStride) / 4);
			});
			return transform();
		},
	};
}

function isSampled(width: number, height: number): boolean {
	return width === sampleEdge && height === sampleEdge;
}

/** Rows and lanes that the kernel works on at once: they stay in the processor's nearest cache. */
const atOnce = 16;
const stripStride = atOnce * 4;

/** Strides are no power of two, which caches dislike. */
interface Layout {
	/** A few rows of the picture, and the same as a strip: what was a row is a lane. */
	readonly band: number;
	readonly strip: number;
	readonly filteredStrip: number;
	/** The picture filtered along its rows, and then along its columns, too. */
	readonly alongRows: number;
	readonly alongBoth: number;
	readonly rowStride: number;
	/** Filtered along its rows again, where it has as many columns as samples. */
	readonly narrow: number;
	readonly narrowStride: number;
	readonly end: number;
}

function layOut(width: number, height: number): Layout {
	const rowStride = roundUp(width) * 4 + 64;
	const narrowStride = sampleEdge * 4 + 64;
	const stripBytes = Math.max(roundUp(width), sampleEdge) * stripStride;
	const strip = planesAt + atOnce * rowStride;
	const filteredStrip = strip + stripBytes;
	const alongRows = filteredStrip + stripBytes;
	const alongBoth = alongRows + roundUp(height) * rowStride;
	const narrow = alongBoth + roundUp(height) * rowStride;
	const end = narrow + roundUp(height) * narrowStride;
	return { band: planesAt, strip, filteredStrip, alongRows, alongBoth, rowStride, narrow, narrowStride, end };
}

/**
 * From luma to the samples. `fill` puts so many rows, from that one on, to that place. A filter runs down lanes, so that rows lie on
 * their side for those along them.
 */
function filter(
	kernel: PdqKernel,
	layout: Layout,
	{ width, height }: { readonly width: number; readonly height: number },
	fill: (first: number, rows: number, to: number, toStride: number) => void,
): void {
	const { band, strip, filteredStrip, alongRows, alongBoth, rowStride, narrow, narrowStride } = layout;
	const rowWindow = windowOf(width);
	const columnWindow = windowOf(height);
	for (let row = 0; row < height; row += atOnce) {
		fill(row, Math.min(atOnce, height - row), band, rowStride);
		kernel.transpose(band, rowStride, atOnce, width, strip, stripStride);
		kernel.box(strip, stripStride, filteredStrip, stripStride, width, rowWindow, 0);
		kernel.transpose(filteredStrip, stripStride, width, atOnce, alongRows + row * rowStride, rowStride);
	}
	for (let at = 0; at < roundUp(width) * 4; at += stripStride)
		kernel.box(alongRows + at, rowStride, alongBoth + at, rowStride, height, columnWindow, 0);
	for (let row = 0; row < height; row += atOnce) {
		kernel.transpose(alongBoth + row * rowStride, rowStride, atOnce, width, strip, stripStride);
		kernel.box(strip, stripStride, filteredStrip, stripStride, width, rowWindow, sampleEdge);
		kernel.transpose(filteredStrip, stripStride, sampleEdge, atOnce, narrow + row * narrowStride, narrowStride);
	}
	for (let at = 0; at < sampleEdge * 4; at += stripStride)
		kernel.box(narrow + at, narrowStride, samplesAt + at, sampleEdge * 4, height, columnWindow, sampleEdge);
}

/** Half of a sample's part of the side, rounded up: two filters together cover all of it. */
function windowOf(side: number): number {
	return Math.trunc((side + 2 * sampleEdge - 1) / (2 * sampleEdge));
}

function roundUp(count: number): number {
	return (count + 15) & ~15;
}

/** Which of 16 bytes make four pairs of red and green, then four of blue and nothing (any index over 15 gives 0). */
function byteMasks(channels: number): Uint8Array {
	const pixels = [0, 1, 2, 3].map((pixel) => pixel * channels);
	const redGreen = pixels.flatMap((at) => [at, 255, at + 1, 255]);
	return Uint8Array.from([...redGreen, ...pixels.flatMap((at) => [at + 2, 255, 255, 255])]);
}

/** Row i is frequency i+1: the mean (frequency 0) carries no structure. */
function cosineMatrix(): Float32Array {
	const matrix = new Float32Array(dctEdge * sampleEdge);
	const scale = Math.fround(Math.sqrt(2 / sampleEdge));
	for (let row = 0; row < dctEdge; row += 1) {
		for (let column = 0; column < sampleEdge; column += 1)
			matrix[row * sampleEdge + column] = scale * Math.cos((Math.PI / 2 / sampleEdge) * (row + 1) * (2 * column + 1));
	}
	return matrix;
}
