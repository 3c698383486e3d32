// A model's calibrated probability that a picture, or a text, belongs to a category. It asks people, and confirms nothing.
import { z } from "zod";
import { memberPaths } from "../../items/members.ts";
import { type Segment, segment } from "../../items/segment.ts";
import { policyCategories } from "../../policy/categories.ts";
import type { Policy } from "../../policy/policy.ts";
import type { FactDeclaration, SignalFacts } from "../../rules/fact.ts";
import { type Curve, curves } from "../../scoring/model-settings.ts";
import { type Signal, signalFields } from "../signal.ts";
import { type Finding, finding, type SignalKind } from "../signal-kind.ts";

const schema = z
	.object({
		...signalFields("scored"),
		model: z.string(),
		backend: z.string(),
		/** Policy category that the model's labels map to. */
		category: z.string(),
		/** Calibrated probability, 0–1. */
		probability: z.number(),
		labels: z.record(z.string(), z.number()).readonly(),
		/** Where people accepted a threshold for this model; otherwise the policy's holds. */
		threshold: z.number().optional(),
		/** Whose decisions the curve that it was read under was fitted to; left out where nobody has accepted one. */
		curve: z.enum(curves).optional(),
		/** Revision of the model settings that the score was read under; 0 where nobody has decided anything. */
		settingsRevision: z.int().optional(),
		/** Where in a video the still is that has this score, the highest of those that were looked at. */
		shown: z.array(segment).readonly().optional(),
		/** The member of a container that has it. */
		within: memberPaths.optional(),
	})
	.readonly();
export type ScoredSignal = z.infer<typeof schema>;

export function scoredSignal(score: Omit<ScoredSignal, "kind">): ScoredSignal {
	return { kind: "scored", ...score };
}

/** The scores among signals, for who has to do with nothing else. */
export function scoresOf(signals: readonly Signal[]): readonly ScoredSignal[] {
	return signals.flatMap((one) => (one.kind === "scored" ? [schema.parse(one)] : []));
}

export const scoredReasonCodes = ["under-threshold", "without-threshold", "own-curve", "common-curve"] as const;
type Code = (typeof scoredReasonCodes)[number];

const readBy: Readonly<Record<Curve, Code>> = { platform: "own-curve", all: "common-curve" };

/** People are asked about what reaches the threshold; never where neither people nor the policy have set one. */
function find({ detector, category, probability, ...score }: ScoredSignal, policy: Policy): Finding {
	const threshold = score.threshold ?? policy.modelThresholds[category];
	const read: readonly Code[] = score.curve === undefined ? [] : [readBy[score.curve]];
	const because = (reason: Code) => [reason, ...read];
	if (threshold === undefined) return finding({ tier: "none", reasons: because("without-threshold") });
	const limits = { threshold };
	if (probability < threshold) return finding({ tier: "none", reasons: because("under-threshold"), limits });
	return finding({ tier: detector === "text" ? "T" : "M", category, limits, reasons: read });
}

const probability = (says: string): FactDeclaration => ({ type: "double", evidence: "model", since: 1, says });

/** 0 where no model has spoken; of several the highest counts. */
const facts: SignalFacts<ScoredSignal> = {
	group: "model",
	declared: {
		highest: probability("highest probability of any category, 0 to 1"),
		...Object.fromEntries(policyCategories.map((one) => [one, probability(`probability of ${one}, 0 to 1`)])),
	},
	read(signals) {
		const of = (category: string | null) =>
			Math.max(
				0,
				...signals.flatMap((one) => (category === null || one.category === category ? [one.probability] : [])),
			);
		return {
			highest: of(null),
			...Object.fromEntries(policyCategories.map((one): [string, number] => [one, of(one)])),
		};
	},
};

export const scored = {
	schema,
	upgrades: [],
	reasons: scoredReasonCodes,
	find,
	scopesOf: ({ model }) => [{ kind: "model", key: model }],
	entryOf: () => null,
	segmentsOf: ({ shown = [] }): readonly Segment[] => shown,
	withinOf: ({ within = [] }): readonly string[] => within,
	failureOf: () => null,
	facts,
} satisfies SignalKind<ScoredSignal>;
