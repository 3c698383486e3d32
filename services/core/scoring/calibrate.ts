// Turns a model's own probability into the share of such pictures that people found to be what the model said. It fits and
// applies the curve; whether a fitted curve is put to use is a person's decision.
import type { Calibration } from "./model-registry.ts";

/** Applies a calibration: between its points a straight line, outside them the nearest point. */
export function calibrate(probability: number, calibration: Calibration): number {
	if (calibration.kind === "none") return probability;
	const { points } = calibration;
	const above = points.findIndex(([x]) => x >= probability);
	if (above === -1) return points.at(-1)?.[1] ?? probability;
	const [x1, y1] = points[above] ?? [probability, probability];
	const [x0, y0] = points[above - 1] ?? [x1, y1];
	return x1 === x0 ? y1 : y0 + ((probability - x0) / (x1 - x0)) * (y1 - y0);
}

/** One reviewed item: the model's own probability, and whether people confirmed the category. */
export interface ReviewedScore {
	readonly probability: number;
	readonly isConfirmed: boolean;
}

export type CalibrationProposal =
	| { readonly kind: "proposed"; readonly calibration: Calibration; readonly samples: number }
	| { readonly kind: "too-few"; readonly confirmed: number; readonly rejected: number; readonly needed: number };

/** Below this many decisions of either kind a curve says more about chance than about the model. */
export const minimumDecisions = 100;

interface Block {
	x: number;
	y: number;
	weight: number;
}

/**
 * Isotonic regression by pooling adjacent violators (Ayer et al. 1955; Zadrozny & Elkan 2002 for calibration). Blocks are
 * shrunk towards one half by Laplace's rule, so that no curve promises certainty from a handful of decisions.
 */
export function proposeCalibration(reviewed: readonly ReviewedScore[], needed = minimumDecisions): CalibrationProposal {
	const confirmed = reviewed.filter(({ isConfirmed }) => isConfirmed).length;
	const rejected = reviewed.length - confirmed;
	if (confirmed < needed || rejected < needed) return { kind: "too-few", confirmed, rejected, needed };
	const smoothed = poolAdjacentViolators(reviewed).map(({ x, y, weight }) => ({
		x,
		y: (y * weight + 1) / (weight + 2),
		weight,
	}));
	// Smoothing small blocks can bend the curve down again; a second pass straightens it.
	const points = pool(smoothed).map(({ x, y }): [number, number] => [x, y]);
	const [only] = points;
	if (points.length === 1 && only !== undefined) points.splice(0, 1, [0, only[1]], [1, only[1]]);
	return {
		kind: "proposed",
		calibration: { kind: "isotonic", points, samples: reviewed.length },
		samples: reviewed.length,
	};
}

function poolAdjacentViolators(reviewed: readonly ReviewedScore[]): readonly Block[] {
	const sorted = reviewed.toSorted((a, b) => a.probability - b.probability);
	const blocks: Block[] = [];
	for (const { probability, isConfirmed } of sorted) {
		const last = blocks.at(-1);
		const y = isConfirmed ? 1 : 0;
		// Equal scores are one point of the curve, whatever was decided on each.
		if (last !== undefined && last.x === probability) {
			last.y = (last.y * last.weight + y) / (last.weight + 1);
			last.weight += 1;
		} else blocks.push({ x: probability, y, weight: 1 });
	}
	return pool(blocks);
}

function pool(blocks: readonly Block[]): readonly Block[] {
	const pooled: Block[] = [];
	for (const block of blocks) {
		let current = { ...block };
		for (let last = pooled.at(-1); last !== undefined && last.y >= current.y; last = pooled.at(-1)) {
			pooled.pop();
			const weight = last.weight + current.weight;
			current = {
				x: (last.x * last.weight + current.x * current.weight) / weight,
				y: (last.y * last.weight + current.y * current.weight) / weight,
				weight,
			};
		}
		pooled.push(current);
	}
	return pooled;
}
