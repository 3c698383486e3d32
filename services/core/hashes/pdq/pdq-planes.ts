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
	transpose(from: number, fromStride: number, rows: number, lanes: number, to: number, toStride: number): void;
	box(
		from: number,
		to: number,
		stride: number,
		rows: number,
		bytes: number,
		window: number,
		samples: number,
		zeros: number,
	): void;
	multiply(matrix: number, from: number, lanes: number, to: number): void;
	gradientSum(samples: number): number;
}

// Where things lie in the kernel's memory, in bytes: its window sums first, then what every picture needs, then the planes.
const matrixAt = longestSide * 4;
const samplesAt = matrixAt + dctEdge * sampleEdge * 4;
const halfwayAt = samplesAt + sampleEdge * sampleEdge * 4;
const halfwayTransposedAt = halfwayAt + dctEdge * sampleEdge * 4;
const turnedAt = halfwayTransposedAt + dctEdge * sampleEdge * 4;
const coefficientsAt = turnedAt + dctEdge * dctEdge * 4;
const zerosAt = coefficientsAt + dctEdge * dctEdge * 4;
const masks3At = zerosAt + longestSide * 4;
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
	return {
		fromRgb(rgb, width, height, channels) {
			const layout = layOut(width, height);
			const pixelsAt = layout.end;
			// The kernel reads 16 bytes at once.
			ensureBytes(kernel.memory, pixelsAt + rgb.length + 16);
			new Uint8Array(kernel.memory.buffer).set(rgb, pixelsAt);
			for (let row = 0; row < height; row += 1) {
				const from = pixelsAt + row * width * channels;
				kernel.luma(from, channels, width, layout.rows + row * layout.rowStride, channels === 3 ? masks3At : masks4At);
			}
			filter(kernel, layout, width, height);
			return transform();
		},
		fromLuma(luma, width, height) {
			if (width === sampleEdge && height === sampleEdge) {
				new Float32Array(kernel.memory.buffer, samplesAt).set(luma);
				return transform();
			}
			const layout = layOut(width, height);
			ensureBytes(kernel.memory, layout.end);
			const floats = new Float32Array(kernel.memory.buffer);
			for (let row = 0; row < height; row += 1)
				floats.set(luma.subarray(row * width, (row + 1) * width), (layout.rows + row * layout.rowStride) / 4);
			filter(kernel, layout, width, height);
			return transform();
		},
	};
}

/** Two planes, each with room for the picture by rows and by columns. Strides are no power of two, which caches dislike. */
interface Layout {
	readonly rows: number;
	readonly columns: number;
	readonly rowStride: number;
	readonly columnStride: number;
	readonly end: number;
}

function layOut(width: number, height: number): Layout {
	const rowStride = roundUp(width) * 4 + 64;
	const columnStride = roundUp(height) * 4 + 64;
	const bytes = Math.max(roundUp(height) * rowStride, Math.max(roundUp(width), sampleEdge) * columnStride);
	return { rows: planesAt, columns: planesAt + bytes, rowStride, columnStride, end: planesAt + 2 * bytes };
}

/** From luma by rows to the samples. A filter runs down a plane, so the picture lies on its side for those along its rows. */
function filter(kernel: PdqKernel, layout: Layout, width: number, height: number): void {
	const { rows, columns, rowStride, columnStride } = layout;
	if (width === sampleEdge && height === sampleEdge) {
		const memory = new Uint8Array(kernel.memory.buffer);
		for (let row = 0; row < sampleEdge; row += 1)
			memory.copyWithin(
				samplesAt + row * sampleEdge * 4,
				rows + row * rowStride,
				rows + row * rowStride + sampleEdge * 4,
			);
		return;
	}
	const alongRows = windowOf(width);
	const alongColumns = windowOf(height);
	const rowBytes = roundUp(width) * 4;
	const columnBytes = roundUp(height) * 4;
	kernel.transpose(rows, rowStride, height, width, columns, columnStride);
	kernel.box(columns, rows, columnStride, width, columnBytes, alongRows, 0, zerosAt);
	kernel.transpose(rows, columnStride, width, height, columns, rowStride);
	kernel.box(columns, rows, rowStride, height, rowBytes, alongColumns, 0, zerosAt);
	kernel.transpose(rows, rowStride, height, width, columns, columnStride);
	kernel.box(columns, rows, columnStride, width, columnBytes, alongRows, sampleEdge, zerosAt);
	kernel.transpose(rows, columnStride, sampleEdge, height, columns, sampleEdge * 4);
	kernel.box(columns, samplesAt, sampleEdge * 4, height, sampleEdge * 4, alongColumns, sampleEdge, zerosAt);
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
