// What stands between the pipeline and the models: copies share a score, the live model answers, a shadow may run beside it, and
// all of it follows what people decided.

import { weigh } from "../core/policy/grounds.ts";
import type { Policies } from "../core/policy/policy.ts";
import type { ShadowComparison } from "../core/ports/score-watch-store.ts";
import type { Scorer } from "../core/ports/scorer.ts";
import { createScoreCache } from "../core/scoring/score-cache.ts";
import { type Comparison, createShadowed } from "../core/scoring/shadow.ts";
import { scoreSignals } from "../core/signals/media-signals.ts";
import type { Models } from "../parts/examination.ts";
import type { Parts } from "../parts/parts.ts";
import { createMicroBatch } from "../runtime/micro-batch.ts";
import { followModels } from "./follow-models.ts";
import { createScoreWatch } from "./watch-scores.ts";

const settingsPollMs = 5_000;
const sharedForMs = 600_000;

export type ScoringParts = Pick<Parts, "stores" | "metrics" | "logger" | "clock">;

export async function openScoring(
	parts: ScoringParts,
	models: Models,
	policies: Pick<Policies, "of">,
): Promise<Scorer> {
	const { stores, metrics, logger, clock } = parts;
	const follower = await followModels({
		models,
		store: stores.modelSettings,
		watch: (settings) =>
			createScoreWatch({ metrics, store: stores.scoreWatch, logger, since: () => settings().referenceSince }),
		logger,
		pollMs: settingsPollMs,
	});
	metrics.gauge("breakwater_model_revision", "Revision of the model settings in force here.", [], (gauge) =>
		gauge.set(follower.settings().revision),
	);
	const note = noteComparisons(parts);
	const shadowed = createShadowed({
		live: follower.live,
		shadow: follower.shadow,
		// Scores are shared and compared whatever platform they are for.
		isOver: (score) =>
			weigh(scoreSignals([score]), policies.of(null, null, null)).grounds.some(({ counted }) => counted),
		onCompared: (comparison, { itemId = null }) => note(comparison, itemId),
	});
	const cached = createScoreCache({
		scorer: shadowed,
		clock,
		radiusBits: 4,
		minimumQuality: () => policies.of(null, null, null).minimumQuality,
		maxAgeMs: sharedForMs,
		maxClusters: 2_048,
		recheckEvery: 100,
		revision: () => follower.settings().revision,
	});
	return {
		get info() {
			return cached.info;
		},
		score: (requests) => cached.score(requests),
		readOn: follower.readOn,
		async [Symbol.asyncDispose]() {
			await follower[Symbol.asyncDispose]();
		},
	};
}

/** Counts at once, writes once a second. What cannot be written is given up: nothing depends on it. */
function noteComparisons({ stores, metrics, logger, clock }: ScoringParts) {
	const compared = metrics.counter("breakwater_shadow_comparisons_total", "Pictures that a shadow model saw as well.", [
		"outcome",
	]);
	const write = createMicroBatch<ShadowComparison, void>({
		maxSize: 500,
		maxWaitMs: 1_000,
		concurrency: 1,
		async run(comparisons) {
			await stores.scoreWatch.recordComparisons(comparisons);
			return comparisons.map(() => undefined);
		},
	});
	return (comparison: Comparison, itemId: ShadowComparison["itemId"]): void => {
		compared.inc({ outcome: comparison.kind });
		if (comparison.kind === "not-compared") return;
		void write({ ...comparison, itemId, at: new Date(clock.now()) }).catch((error: unknown) =>
			logger.warn({ event: "comparison-not-written", err: error }),
		);
	};
}
