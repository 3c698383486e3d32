// Proposes how to read a model from what people decided on its scores: a calibration, and the threshold that goes with it. Its
// probabilities mean nothing without its thresholds, so the two are proposed, accepted and taken back together.
import { z } from "zod";
import {
	type CalibrationProposal,
	calibrate,
	minimumDecisions,
	proposeCalibration,
	type ReviewedScore,
} from "./calibrate.ts";
import { crossFitted, errorOf, presentError } from "./calibration-check.ts";
import { type Calibration, calibrationSchema } from "./model-registry.ts";
import { proposeThreshold, type ThresholdProposal } from "./threshold.ts";

export const tuningSchema = z.object({
	calibration: calibrationSchema,
	/** Calibrated probability from which an item goes to people. */
	threshold: z.number().min(0).max(1),
});
export type Tuning = z.infer<typeof tuningSchema>;

const share = z.object({ low: z.number(), high: z.number() });

/** What a proposal rests on, for the person who accepts it. */
export const tuningEvidence = z.object({
	confirmed: z.int(),
	rejected: z.int(),
	wantedPrecision: z.number(),
	/** `carried-over`: no threshold is sure to reach the precision, so the present one is kept, in the new probabilities. */
	threshold: z.enum(["proposed", "carried-over"]),
	/** 95 % intervals, over what people decided: what never reached them is not in it. Null where carried over. */
	precision: share.nullable(),
	recall: share.nullable(),
	/** Expected calibration errors: as scores are read now, and under curves fitted without what they are tried on. Left out of older proposals. */
	errors: z.object({ now: z.number(), fitted: z.number() }).optional(),
});
export type TuningEvidence = z.infer<typeof tuningEvidence>;

export type TuningProposal =
	| { readonly kind: "proposed"; readonly tuning: Tuning; readonly evidence: TuningEvidence }
	| Extract<CalibrationProposal, { kind: "too-few" }>;

export interface TuningRequest {
	/** The model's own probabilities, before any calibration. */
	readonly reviewed: readonly ReviewedScore[];
	readonly wantedPrecision: number;
	readonly present: Tuning;
	readonly needed?: number;
}

export function proposeTuning(request: TuningRequest): TuningProposal {
	const { reviewed, wantedPrecision, present, needed = minimumDecisions } = request;
	const fitted = proposeCalibration(reviewed, needed);
	if (fitted.kind === "too-few") return fitted;
	const calibration = anchored(fitted.calibration);
	const found = proposeThreshold(
		reviewed.map((one) => ({ ...one, probability: calibrate(one.probability, calibration) })),
		wantedPrecision,
	);
	const threshold =
		found.kind === "proposed"
			? found.threshold
			: calibrate(ownProbability(present.threshold, present.calibration), calibration);
	const confirmed = reviewed.filter(({ isConfirmed }) => isConfirmed).length;
	const errors = { now: presentError(reviewed, present.calibration), fitted: errorOf(crossFitted(reviewed)) };
	return {
		kind: "proposed",
		tuning: { calibration, threshold },
		evidence: { confirmed, rejected: reviewed.length - confirmed, wantedPrecision, ...evidenceOf(found), errors },
	};
}

function evidenceOf(found: ThresholdProposal): Pick<TuningEvidence, "threshold" | "precision" | "recall"> {
	if (found.kind === "out-of-reach") return { threshold: "carried-over", precision: null, recall: null };
	return { threshold: "proposed", precision: found.precision, recall: found.recall };
}

/** Below the lowest score that reached people nobody has looked: the curve falls to nothing there, it does not stay level. */
function anchored(calibration: Calibration): Calibration {
	if (calibration.kind === "none") return calibration;
	const [first] = calibration.points;
	if (first === undefined || first[0] === 0) return calibration;
	return { ...calibration, points: [[0, 0], ...calibration.points] };
}

/** The lowest own probability that a calibration turns into `probability`, or the highest there is. */
export function ownProbability(probability: number, calibration: Calibration): number {
	if (calibration.kind === "none") return probability;
	const { points } = calibration;
	const above = points.findIndex(([, y]) => y >= probability);
	if (above === -1) return 1;
	const [x1, y1] = points[above] ?? [1, 1];
	const [x0, y0] = points[above - 1] ?? [x1, y1];
	return y1 === y0 ? x1 : x0 + ((probability - y0) / (y1 - y0)) * (x1 - x0);
}
