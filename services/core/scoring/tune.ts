// Reads a scorer's answers under the settings in force: their calibration, their threshold, their revision. The model is asked no
// differently; what people accepted holds from the next picture on.
import type { ScoreResult, Scorer } from "../ports/scorer.ts";
import { calibrate } from "./calibrate.ts";
import type { Model } from "./model-registry.ts";
import { type ModelSettings, tuningOf } from "./model-settings.ts";
import { ownProbabilities } from "./read-scores.ts";

/** `settings` is asked at each answer. */
export function createTuned(scorer: Scorer, model: Model, settings: () => ModelSettings): Scorer {
	return {
		info: scorer.info,
		score: async (requests) => {
			const results = await scorer.score(requests);
			const now = settings();
			return results.map((result) => tuned(result, model, now));
		},
		[Symbol.asyncDispose]: () => scorer[Symbol.asyncDispose](),
	};
}

function tuned(result: ScoreResult, model: Model, settings: ModelSettings): ScoreResult {
	if (result.kind === "unavailable") return result;
	const [strongest] = ownProbabilities(result.labels, model)
		.map(({ category, probability }) => {
			const tuning = tuningOf(settings, result, category);
			const calibration = tuning?.calibration ?? model.calibration[category] ?? { kind: "none" };
			return {
				label: category,
				probability: calibrate(probability, calibration),
				...(tuning === null ? {} : { threshold: tuning.threshold }),
			};
		})
		.toSorted((a, b) => b.probability - a.probability);
	return { ...result, ...strongest, settingsRevision: settings.revision };
}
