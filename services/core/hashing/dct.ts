// The 16×16 lowest frequencies, without the mean, of 64×64 samples (type II cosine transform).
import { sampleEdge } from "./sample-luma.ts";

export const dctEdge = 16;

/** Makes a transform with buffers of its own; each answer is overwritten by the next. */
export function createDct(): (samples: Float64Array) => Float64Array {
	const cosines = cosineMatrix();
	const halfway = new Float64Array(dctEdge * sampleEdge);
	const coefficients = new Float64Array(dctEdge * dctEdge);
	return (samples) => {
		halfway.fill(0);
		for (let row = 0; row < dctEdge; row += 1) {
			for (let k = 0; k < sampleEdge; k += 1) {
				const weight = cosines[row * sampleEdge + k] ?? 0;
				for (let column = 0; column < sampleEdge; column += 1) {
					const at = row * sampleEdge + column;
					halfway[at] = (halfway[at] ?? 0) + weight * (samples[k * sampleEdge + column] ?? 0);
				}
			}
		}
		for (let row = 0; row < dctEdge; row += 1) {
			for (let column = 0; column < dctEdge; column += 1) {
				let sum = 0;
				for (let k = 0; k < sampleEdge; k += 1)
					sum += (halfway[row * sampleEdge + k] ?? 0) * (cosines[column * sampleEdge + k] ?? 0);
				coefficients[row * dctEdge + column] = sum;
			}
		}
		return coefficients;
	};
}

/** Row i is frequency i+1: the mean (frequency 0) carries no structure. */
function cosineMatrix(): Float64Array {
	const matrix = new Float64Array(dctEdge * sampleEdge);
	const scale = Math.sqrt(2 / sampleEdge);
	for (let row = 0; row < dctEdge; row += 1) {
		for (let column = 0; column < sampleEdge; column += 1) {
			matrix[row * sampleEdge + column] = scale * Math.cos((Math.PI / 2 / sampleEdge) * (row + 1) * (2 * column + 1));
		}
	}
	return matrix;
}
