import type { ScoreWatchStore } from "../core/ports/score-watch-store.ts";
import type { Scorer } from "../core/ports/scorer.ts";
import { DriftWatch, type ScoreHistogram } from "../core/scoring/drift.ts";
import { modelKey } from "../core/scoring/model-settings.ts";
import type { Logger } from "../runtime/logger.ts";
import type { Metrics } from "../runtime/metrics.ts";

/** Scores that make one window. The first window after thresholds were chosen is the reference, the last is compared with it. */
export const windowSize = 2_000;

export interface WatchScoresDeps {
	readonly metrics: Metrics;
	readonly store: Pick<ScoreWatchStore, "findReference" | "keepReference">;
	readonly logger: Logger;
	/** Revision of the settings since which scores are expected spread alike. */
	readonly since: () => number;
}

interface Watch {
	readonly since: number;
	add(probability: number): void;
	stability(): number | null;
}

/** Answers what to put around a scorer: the same scorer; how its scores are spread becomes a metric, and so does how long they take. */
export function createScoreWatch(deps: WatchScoresDeps): (scorer: Scorer) => Scorer {
	const watches = new Map<string, Watch>();
	const seconds = deps.metrics.histogram("breakwater_score_seconds", "From asking a model to its answer.", [
		"model",
		"backend",
	]);
	deps.metrics.gauge(
		"breakwater_score_drift_ratio",
		"Population stability index of a model's last scores against those when its threshold was chosen; over 0.25 they have drifted.",
		["model"],
		(gauge) => {
			for (const [model, watch] of watches) {
				const stability = watch.stability();
				if (stability !== null) gauge.set({ model }, stability);
			}
		},
	);
	return (scorer) => {
		const { model, backend } = scorer.info;
		const key = modelKey(scorer.info);
		const watchNow = (): Watch => {
			const known = watches.get(key);
			if (known?.since === deps.since()) return known;
			const opened = openWatch(deps, scorer.info, deps.since());
			watches.set(key, opened);
			return opened;
		};
		return {
			info: scorer.info,
			async score(requests) {
				const started = performance.now();
				const results = await scorer.score(requests);
				seconds.observe({ model, backend }, (performance.now() - started) / 1_000);
				const watch = watchNow();
				for (const result of results) if (result.kind === "scored") watch.add(result.probability);
				return results;
			},
			[Symbol.asyncDispose]() {
				watches.delete(key);
				return scorer[Symbol.asyncDispose]();
			},
		};
	};
}

/** All detectors measure against the reference that the first of them kept. Until it is known, nothing is measured. */
function openWatch({ store, logger }: WatchScoresDeps, { model, version }: Scorer["info"], since: number): Watch {
	const key = { model, version, since };
	let drift: DriftWatch | null = null;
	const startFrom = (reference: Promise<ScoreHistogram | null>) => {
		drift = null;
		void reference.then(
			(found) => {
				drift = new DriftWatch(windowSize, found);
			},
			(error: unknown) => {
				logger.warn({ event: "score-reference-unknown", model, err: error });
				drift = new DriftWatch(windowSize, null);
			},
		);
	};
	startFrom(store.findReference(key));
	return {
		since,
		add(probability) {
			const wasOpen = drift?.reference === null;
			drift?.add(probability);
			const first = drift?.reference ?? null;
			if (wasOpen && first !== null) startFrom(store.keepReference(key, first));
		},
		stability: () => drift?.stability() ?? null,
	};
}
