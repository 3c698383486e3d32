// PDQ's downsampling: two box filters along each axis (Jarosz), then every n-th value. Filters along rows and along columns
// commute, and only 64 columns and 64 rows of the result are ever used: so each sample is a weighted sum over a few neighbours,
// whose weights depend on the axis' length alone.
export const sampleEdge = 64;

interface AxisWeights {
	/** First source index of each sample. */
	readonly starts: Int32Array;
	/** `taps` weights for each sample, zero-padded. */
	readonly weights: Float64Array;
	readonly taps: number;
}

const axes = new Map<number, AxisWeights>();
/** Enough for every length up to the 512 that pictures are shrunk to; longer axes are rare and small to keep. */
const axesKept = 2_048;

let narrowed = new Float64Array(0);

/** Fills `samples` (64×64) from width×height luma values. */
export function sampleLuma(
	luma: Float32Array | Uint8Array,
	width: number,
	height: number,
	samples: Float64Array,
): void {
	const across = axisWeights(width);
	const down = axisWeights(height);
	if (narrowed.length < height * sampleEdge) narrowed = new Float64Array(height * sampleEdge);
	for (let row = 0; row < height; row += 1) {
		for (let column = 0; column < sampleEdge; column += 1) {
			const from = row * width + (across.starts[column] ?? 0);
			const weight = column * across.taps;
			let sum = 0;
			for (let tap = 0; tap < across.taps; tap += 1)
				sum += (luma[from + tap] ?? 0) * (across.weights[weight + tap] ?? 0);
			narrowed[row * sampleEdge + column] = sum;
		}
	}
	samples.fill(0);
	for (let row = 0; row < sampleEdge; row += 1) {
		const first = down.starts[row] ?? 0;
		for (let tap = 0; tap < down.taps; tap += 1) {
			const weight = down.weights[row * down.taps + tap] ?? 0;
			if (weight === 0) continue;
			const from = (first + tap) * sampleEdge;
			for (let column = 0; column < sampleEdge; column += 1) {
				const at = row * sampleEdge + column;
				samples[at] = (samples[at] ?? 0) + weight * (narrowed[from + column] ?? 0);
			}
		}
	}
}

function axisWeights(length: number): AxisWeights {
	const known = axes.get(length);
	if (known !== undefined) return known;
	const made = makeAxisWeights(length);
	if (axes.size >= axesKept) axes.clear();
	axes.set(length, made);
	return made;
}

function makeAxisWeights(length: number): AxisWeights {
	const window = Math.trunc((length + 2 * sampleEdge - 1) / (2 * sampleEdge));
	const right = Math.trunc((window + 2) / 2) - 1;
	const left = window - right - 1;
	const taps = Math.min(length, 2 * (left + right) + 1);
	const starts = new Int32Array(sampleEdge);
	const weights = new Float64Array(sampleEdge * taps);
	for (let sample = 0; sample < sampleEdge; sample += 1) {
		const center = Math.trunc(((sample + 0.5) * length) / sampleEdge);
		const start = Math.max(0, Math.min(length - taps, center - 2 * left));
		starts[sample] = start;
		const outer = boxAround(center, left, right, length);
		for (let middle = outer.from; middle <= outer.to; middle += 1) {
			const inner = boxAround(middle, left, right, length);
			const weight = 1 / ((outer.to - outer.from + 1) * (inner.to - inner.from + 1));
			for (let source = inner.from; source <= inner.to; source += 1) {
				const at = sample * taps + source - start;
				weights[at] = (weights[at] ?? 0) + weight;
			}
		}
	}
	return { starts, weights, taps };
}

/** At the ends the box is cut off, and averages over fewer values. */
function boxAround(
	center: number,
	left: number,
	right: number,
	length: number,
): { readonly from: number; readonly to: number } {
	return { from: Math.max(0, center - left), to: Math.min(length - 1, center + right) };
}
