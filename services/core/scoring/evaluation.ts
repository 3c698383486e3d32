// Measures a model on labelled pictures: how often it is wrong at which threshold, and whether its probabilities mean what
// they say. Shares come with 95 % intervals (Wilson), as a few hundred pictures prove little.
import { type Interval, wilsonInterval } from "./threshold.ts";

export interface LabelledScore {
	readonly probability: number;
	readonly isPositive: boolean;
}

export interface Share extends Interval {
	readonly count: number;
	readonly of: number;
	readonly value: number;
}

export interface AtThreshold {
	readonly threshold: number;
	/** The harmless pictures at or over the threshold. */
	readonly falsePositives: Share;
	/** The share found of the pictures meant to be found; of 0 where there were none. */
	readonly recall: Share;
	/** The share meant to be found of the pictures at or over the threshold. */
	readonly precision: Share;
}

function shareOf(count: number, of: number): Share {
	return { count, of, value: of === 0 ? Number.NaN : count / of, ...wilsonInterval(count, of) };
}

export function atThresholds(scores: readonly LabelledScore[], thresholds: readonly number[]): readonly AtThreshold[] {
	const positives = scores.filter(({ isPositive }) => isPositive);
	const negatives = scores.length - positives.length;
	return thresholds.map((threshold) => {
		const over = scores.filter(({ probability }) => probability >= threshold);
		const found = over.filter(({ isPositive }) => isPositive).length;
		return {
			threshold,
			falsePositives: shareOf(over.length - found, negatives),
			recall: shareOf(found, positives.length),
			precision: shareOf(found, over.length),
		};
	});
}

export interface RocPoint {
	readonly falsePositiveRate: number;
	readonly recall: number;
}

/** From (0, 0) to (1, 1), one point per distinct score. Null without pictures of both kinds. */
export function rocCurve(scores: readonly LabelledScore[]): readonly RocPoint[] | null {
	const positives = scores.filter(({ isPositive }) => isPositive).length;
	const negatives = scores.length - positives;
	if (positives === 0 || negatives === 0) return null;
	const sorted = scores.toSorted((a, b) => b.probability - a.probability);
	const points: RocPoint[] = [{ falsePositiveRate: 0, recall: 0 }];
	let found = 0;
	sorted.forEach(({ probability, isPositive }, at) => {
		found += isPositive ? 1 : 0;
		if (sorted[at + 1]?.probability === probability) return;
		points.push({ falsePositiveRate: (at + 1 - found) / negatives, recall: found / positives });
	});
	return points;
}

/** Area under the curve, by trapezoids: the chance that a picture to be found scores over a harmless one. */
export function areaUnder(curve: readonly RocPoint[]): number {
	return curve.reduce((area, point, at) => {
		const before = curve[at - 1];
		if (before === undefined) return area;
		return area + ((point.falsePositiveRate - before.falsePositiveRate) * (point.recall + before.recall)) / 2;
	}, 0);
}

export interface ReliabilityBin {
	readonly from: number;
	readonly to: number;
	readonly meanProbability: number;
	readonly positives: Share;
}

/** Tenths of probability that anything fell into: what was said, and what was so. */
export function reliability(scores: readonly LabelledScore[]): readonly ReliabilityBin[] {
	const bins = 10;
	return Array.from({ length: bins }, (_, bin) => {
		const inside = scores.filter(({ probability }) => Math.min(bins - 1, Math.floor(probability * bins)) === bin);
		const sum = inside.reduce((total, { probability }) => total + probability, 0);
		const positives = inside.filter(({ isPositive }) => isPositive).length;
		return {
			from: bin / bins,
			to: (bin + 1) / bins,
			meanProbability: sum / inside.length,
			positives: shareOf(positives, inside.length),
		};
	}).filter(({ positives }) => positives.of > 0);
}

/** Expected calibration error: how far, on average over the pictures, what was said lies from what was so. */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
	const total = bins.reduce((sum, { positives }) => sum + positives.of, 0);
	return bins.reduce(
		(sum, { meanProbability, positives }) => sum + (positives.of / total) * Math.abs(meanProbability - positives.value),
		0,
	);
}
