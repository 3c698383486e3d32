// Finds the lowest threshold that keeps a wanted precision, from what people decided. It proposes; a person puts it to use.
import type { ReviewedScore } from "./calibrate.ts";

export interface Interval {
	readonly low: number;
	readonly high: number;
}

/** Wilson's score interval for a share (Wilson 1927); `z` 1.96 for 95 %. Without trials it is all of 0–1. */
export function wilsonInterval(successes: number, trials: number, z = 1.96): Interval {
	if (trials === 0) return { low: 0, high: 1 };
	const share = successes / trials;
	const spread = z * z;
	const center = (share + spread / (2 * trials)) / (1 + spread / trials);
	const half = (z / (1 + spread / trials)) * Math.sqrt((share * (1 - share)) / trials + spread / (4 * trials * trials));
	return { low: Math.max(0, center - half), high: Math.min(1, center + half) };
}

export type ThresholdProposal =
	| {
			readonly kind: "proposed";
			readonly threshold: number;
			readonly precision: Interval;
			/** The share at or over the threshold of all that people confirmed. */
			readonly recall: Interval;
			readonly samples: number;
	  }
	/** No threshold reaches the precision with the certainty asked for. */
	| { readonly kind: "out-of-reach"; readonly samples: number };

/** The precision counts as reached where the lower end of its 95 % interval is: few samples propose nothing. */
export function proposeThreshold(reviewed: readonly ReviewedScore[], wantedPrecision: number): ThresholdProposal {
	const samples = reviewed.length;
	const sorted = reviewed.toSorted((a, b) => b.probability - a.probability);
	const allConfirmed = reviewed.filter(({ isConfirmed }) => isConfirmed).length;
	let best: ThresholdProposal = { kind: "out-of-reach", samples };
	let confirmed = 0;
	sorted.forEach(({ probability, isConfirmed }, at) => {
		confirmed += isConfirmed ? 1 : 0;
		// A threshold takes all equal scores or none.
		if (sorted[at + 1]?.probability === probability) return;
		const precision = wilsonInterval(confirmed, at + 1);
		if (precision.low >= wantedPrecision) {
			const recall = wilsonInterval(confirmed, allConfirmed);
			best = { kind: "proposed", threshold: probability, precision, recall, samples };
		}
	});
	return best;
}
