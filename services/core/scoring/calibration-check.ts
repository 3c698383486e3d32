// How far what a model says lies from what people decide: as it is read now, and as it would be read under curves fitted to these decisions, for all
// platforms and for each. It proposes nothing; tuning.ts does.
import { groupBy } from "../group-by.ts";
import { calibrate, minimumDecisions, proposeCalibration, type ReviewedScore } from "./calibrate.ts";
import { calibrationError, type LabelledScore, reliability } from "./evaluation.ts";
import type { Calibration } from "./model-registry.ts";

/** The model's own probability, before any calibration, and whose item it was of. */
export interface DecidedScore extends ReviewedScore {
	readonly platform: string;
}

export interface CalibrationCheck {
	/** Null: all of them together. */
	readonly platform: string | null;
	readonly confirmed: number;
	readonly rejected: number;
	/** Expected calibration errors; null where too few were decided to say. */
	readonly errors: {
		readonly now: number;
		/** Under a curve that was fitted to all platforms' decisions. */
		readonly fitted: number;
		/** Under one that was fitted to this platform's alone. */
		readonly ownFitted: number;
	} | null;
}

/** Each decision is read under a curve that was fitted without it and without every fifth besides: a curve always fits what it was fitted to. */
const folds = 5;

/** All together first, then each platform, those with most decisions first. */
export function checkCalibration(
	decided: readonly DecidedScore[],
	present: Calibration,
	needed = minimumDecisions,
): readonly CalibrationCheck[] {
	const fitted = crossFitted(decided);
	const check = (platform: string | null): CalibrationCheck => {
		const ofPlatform = (one: DecidedScore) => platform === null || one.platform === platform;
		const own = decided.filter(ofPlatform);
		const confirmed = own.filter(({ isConfirmed }) => isConfirmed).length;
		const counts = { platform, confirmed, rejected: own.length - confirmed };
		if (confirmed < needed || counts.rejected < needed) return { ...counts, errors: null };
		const ownFitted = platform === null ? fitted : crossFitted(own);
		const fittedOnes = { fitted: errorOf(fitted.filter(ofPlatform)), ownFitted: errorOf(ownFitted) };
		return { ...counts, errors: { now: presentError(own, present), ...fittedOnes } };
	};
	const platforms = [...groupBy(decided, ({ platform }) => platform)].toSorted(([, a], [, b]) => b.length - a.length);
	return [check(null), ...platforms.map(([platform]) => check(platform))];
}

/** The same decisions with calibrated probabilities, each under a curve that knows nothing of it. */
export function crossFitted<T extends ReviewedScore>(decided: readonly T[]): readonly T[] {
	// By score, so that every fold has some of all.
	const sorted = decided.toSorted((a, b) => a.probability - b.probability);
	const curves = Array.from({ length: folds }, (_, fold) => {
		const others = sorted.filter((_one, at) => at % folds !== fold);
		const proposal = proposeCalibration(others, 1);
		return proposal.kind === "proposed" ? proposal.calibration : ({ kind: "none" } as const);
	});
	return sorted.map((one, at) => {
		const curve = curves[at % folds] ?? { kind: "none" };
		return { ...one, probability: calibrate(one.probability, curve) };
	});
}

/** The error with which they are read now. */
export function presentError(decided: readonly ReviewedScore[], present: Calibration): number {
	return errorOf(decided.map((one) => ({ ...one, probability: calibrate(one.probability, present) })));
}

export function errorOf(scores: readonly ReviewedScore[]): number {
	const labelled = scores.map(
		({ probability, isConfirmed }): LabelledScore => ({ probability, isPositive: isConfirmed }),
	);
	return calibrationError(reliability(labelled));
}
