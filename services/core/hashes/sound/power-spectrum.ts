// How much of each frequency there is in a piece of sound: a Fourier transform of real samples (Cooley and Tukey, 1965), of one length that is a power
// of two.

/** Gets so many samples, and answers the power of each frequency below half of their rate; the answer is the same array every time. */
export function createPowerSpectrum(length: number): (samples: Float64Array) => Float64Array {
	const half = length / 2;
	const cosines = Float64Array.from({ length: half }, (_, at) => Math.cos((2 * Math.PI * at) / length));
	const sines = Float64Array.from({ length: half }, (_, at) => -Math.sin((2 * Math.PI * at) / length));
	const places = placesOf(half);
	const real = new Float64Array(half);
	const imaginary = new Float64Array(half);
	const power = new Float64Array(half);
	return (samples) => {
		// Two samples are one complex number: half as many of these do.
		for (let at = 0; at < half; at += 1) {
			const from = 2 * (places[at] ?? 0);
			real[at] = samples[from] ?? 0;
			imaginary[at] = samples[from + 1] ?? 0;
		}
		transform(real, imaginary, { cosines, sines });
		for (let at = 0; at < half; at += 1) {
			const other = (half - at) % half;
			const [re, im, otherRe, otherIm] = [real[at] ?? 0, imaginary[at] ?? 0, real[other] ?? 0, imaginary[other] ?? 0];
			const [evenRe, evenIm, oddRe, oddIm] = [re + otherRe, im - otherIm, im + otherIm, otherRe - re];
			const [cosine, sine] = [cosines[at] ?? 0, sines[at] ?? 0];
			const sumRe = evenRe + oddRe * cosine - oddIm * sine;
			const sumIm = evenIm + oddRe * sine + oddIm * cosine;
			power[at] = (sumRe * sumRe + sumIm * sumIm) / 4;
		}
		return power;
	};
}

interface Roots {
	readonly cosines: Float64Array;
	readonly sines: Float64Array;
}

/** In place; what stands in it is in the order of {@link placesOf}. */
function transform(real: Float64Array, imaginary: Float64Array, { cosines, sines }: Roots): void {
	const { length } = real;
	for (let size = 2; size <= length; size *= 2) {
		// The roots are those of twice as many.
		const stride = (2 * length) / size;
		for (let from = 0; from < length; from += size)
			for (let at = from, root = 0; at < from + size / 2; at += 1, root += stride) {
				const to = at + size / 2;
				const [cosine, sine, re, im] = [cosines[root] ?? 0, sines[root] ?? 0, real[to] ?? 0, imaginary[to] ?? 0];
				const turnedRe = re * cosine - im * sine;
				const turnedIm = re * sine + im * cosine;
				real[to] = (real[at] ?? 0) - turnedRe;
				imaginary[to] = (imaginary[at] ?? 0) - turnedIm;
				real[at] = (real[at] ?? 0) + turnedRe;
				imaginary[at] = (imaginary[at] ?? 0) + turnedIm;
			}
	}
}

/** Each number with its bits turned around. */
function placesOf(length: number): Uint32Array {
	const bits = Math.log2(length);
	return Uint32Array.from({ length }, (_, at) => {
		let turned = 0;
		for (let bit = 0; bit < bits; bit += 1) if ((at >> bit) & 1) turned |= 1 << (bits - 1 - bit);
		return turned;
	});
}
