// Tells whether the scores of late are spread as they were when the thresholds were chosen. It says that something changed,
// not what: new content, a new decoder, a broken model.

/** Shares of scores by tenths of probability; they add up to 1. */
export type ScoreHistogram = readonly number[];

const bins = 10;
/** A bin nobody fell into still counts for a little, or one picture there would mean infinite drift. */
const floor = 1e-4;

export function histogramOf(probabilities: readonly number[]): ScoreHistogram {
	const counts = Array.from({ length: bins }, () => 0);
	for (const probability of probabilities) {
		const bin = Math.min(bins - 1, Math.max(0, Math.floor(probability * bins)));
		counts[bin] = (counts[bin] ?? 0) + 1;
	}
	return counts.map((count) => count / Math.max(1, probabilities.length));
}

/** Population stability index: Σ (p − q) ln(p/q). 0 where nothing changed. */
export function populationStability(reference: ScoreHistogram, recent: ScoreHistogram): number {
	return reference.reduce((sum, share, bin) => {
		const q = Math.max(floor, share);
		const p = Math.max(floor, recent[bin] ?? 0);
		return sum + (p - q) * Math.log(p / q);
	}, 0);
}

export type Drift = "steady" | "watch" | "drifted";

/** The customary bounds, 0.1 and 0.25 (Siddiqi, Credit Risk Scorecards, 2006). */
export function driftOf(stability: number): Drift {
	if (stability >= 0.25) return "drifted";
	return stability >= 0.1 ? "watch" : "steady";
}

/** Watches the last `windowSize` scores against a reference; without one, its first full window becomes the reference. */
export class DriftWatch {
	readonly #recent: number[] = [];
	readonly #windowSize: number;
	#reference: ScoreHistogram | null;

	constructor(windowSize: number, reference: ScoreHistogram | null) {
		this.#windowSize = windowSize;
		this.#reference = reference;
	}

	add(probability: number): void {
		this.#recent.push(probability);
		if (this.#recent.length < this.#windowSize) return;
		if (this.#reference === null) this.#reference = histogramOf(this.#recent.splice(0));
		else if (this.#recent.length > this.#windowSize) this.#recent.shift();
	}

	get reference(): ScoreHistogram | null {
		return this.#reference;
	}

	/** Null until a window is full: a handful of scores is always spread in its own way. */
	stability(): number | null {
		if (this.#reference === null || this.#recent.length < this.#windowSize) return null;
		return populationStability(this.#reference, histogramOf(this.#recent));
	}
}
