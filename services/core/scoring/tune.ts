// Reads a scorer's answers under the settings in force: their calibration, their threshold, their revision. The model is asked no
// differently; what people accepted holds from the next picture on.
import type { PlatformId } from "../ids.ts";
import type { ScoreResult, Scorer } from "../ports/scorer.ts";
import { calibrate } from "./calibrate.ts";
import type { Model } from "./model-registry.ts";
import { type ModelSettings, tuningOf } from "./model-settings.ts";
import { ownProbabilities } from "./read-scores.ts";

/** As all platforms' scores are read, which is what models are compared and cascaded by. `settings` is asked at each answer. */
export function createTuned(scorer: Scorer, model: Model, settings: () => ModelSettings): Scorer {
	return {
		info: scorer.info,
		score: async (requests) => {
			const results = await scorer.score(requests);
			const now = settings();
			return results.map((result) => readUnder(now, null, result, model));
		},
		[Symbol.asyncDispose]: () => scorer[Symbol.asyncDispose](),
	};
}

/** As it is read on a platform; null for what is of none. */
export function readUnder(
	settings: ModelSettings,
	platform: PlatformId | null,
	result: ScoreResult,
	model: Pick<Model, "categories" | "calibration">,
): ScoreResult {
	if (result.kind === "unavailable") return result;
	const { label, probability, threshold: _before, curve: _other, ...answer } = result;
	const [strongest = { label, probability }] = ownProbabilities(result.labels, model)
		.map(({ category, probability: own }) => {
			const tuning = tuningOf(settings, { ...answer, category, platform });
			const calibration = tuning?.calibration ?? model.calibration[category] ?? { kind: "none" };
			return {
				label: category,
				probability: calibrate(own, calibration),
				...(tuning === null ? {} : { threshold: tuning.threshold, curve: tuning.curve }),
			};
		})
		.toSorted((a, b) => b.probability - a.probability);
	return { ...answer, ...strongest, settingsRevision: settings.revision };
}
