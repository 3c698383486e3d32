// Makes the features of a network comparable by their angle: each direction counts by how little it varies among samples.

/** From a feature to its direction, of length 1. */
export type Whitening = (feature: Float32Array) => Float64Array;

/** How much of the mean variance is added to every direction, so that those in which samples do not differ do not decide. */
const ridgeShare = 0.05;

/** The angle after it is that of Mahalanobis: it takes the covariance's Cholesky factor, for turning all directions changes no angle. */
export function whiteningOf(samples: readonly Float32Array[]): Whitening {
	const size = samples[0]?.length ?? 0;
	const mean = new Float64Array(size);
	for (const sample of samples) for (let at = 0; at < size; at += 1) mean[at] = (mean[at] ?? 0) + (sample[at] ?? 0);
	for (let at = 0; at < size; at += 1) mean[at] = (mean[at] ?? 0) / samples.length;
	const factor = choleskyOf(covarianceOf(samples, mean), size);
	return (feature) => {
		const white = new Float64Array(size);
		let square = 0;
		for (let row = 0; row < size; row += 1) {
			let value = (feature[row] ?? 0) - (mean[row] ?? 0);
			for (let column = 0; column < row; column += 1)
				value -= (factor[row * size + column] ?? 0) * (white[column] ?? 0);
			white[row] = value / (factor[row * size + row] ?? 1);
			square += (white[row] ?? 0) ** 2;
		}
		const length = Math.sqrt(square) || 1;
		return white.map((value) => value / length);
	};
}

export function cosine(one: Float64Array, other: Float64Array): number {
	let sum = 0;
	for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
	return sum;
}

function covarianceOf(samples: readonly Float32Array[], mean: Float64Array): Float64Array {
	const size = mean.length;
	const covariance = new Float64Array(size * size);
	for (const sample of samples)
		for (let row = 0; row < size; row += 1) {
			const off = ((sample[row] ?? 0) - (mean[row] ?? 0)) / samples.length;
			for (let column = 0; column <= row; column += 1) {
				const at = row * size + column;
				covariance[at] = (covariance[at] ?? 0) + off * ((sample[column] ?? 0) - (mean[column] ?? 0));
			}
		}
	let trace = 0;
	for (let at = 0; at < size; at += 1) trace += covariance[at * size + at] ?? 0;
	for (let at = 0; at < size; at += 1)
		covariance[at * size + at] = (covariance[at * size + at] ?? 0) + (ridgeShare * trace) / size;
	return covariance;
}

/** The lower triangle L of L·Lᵀ, of a matrix of which the lower triangle is given. */
function choleskyOf(matrix: Float64Array, size: number): Float64Array {
	const lower = new Float64Array(size * size);
	for (let row = 0; row < size; row += 1)
		for (let column = 0; column <= row; column += 1) {
			let sum = matrix[row * size + column] ?? 0;
			for (let at = 0; at < column; at += 1) sum -= (lower[row * size + at] ?? 0) * (lower[column * size + at] ?? 0);
			lower[row * size + column] = row === column ? Math.sqrt(sum) : sum / (lower[column * size + column] ?? 1);
		}
	return lower;
}
