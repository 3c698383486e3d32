import type { Scorer } from "../core/ports/scorer.ts";
import { DriftWatch } from "../core/scoring/drift.ts";
import type { Metrics } from "../runtime/metrics.ts";

/** Scores that make one window: the first after a start is the reference, the last is compared with it. */
const windowSize = 2_000;

/** The same scorer; how its scores are spread becomes a metric, and so does how long they take. */
export function watchScores(scorer: Scorer, metrics: Metrics): Scorer {
	const watch = new DriftWatch(windowSize, null);
	const seconds = metrics.histogram("breakwater_score_seconds", "From asking the model to its answer.", ["backend"]);
	metrics.gauge(
		"breakwater_score_drift_ratio",
		"Population stability index of the last scores against those after the start; over 0.25 they have drifted.",
		[],
		(gauge) => {
			const stability = watch.stability();
			if (stability === null) gauge.remove();
			else gauge.set(stability);
		},
	);
	return {
		info: scorer.info,
		async score(requests) {
			const started = performance.now();
			const results = await scorer.score(requests);
			seconds.observe({ backend: scorer.info.backend }, (performance.now() - started) / 1_000);
			for (const result of results) if (result.kind === "scored") watch.add(result.probability);
			return results;
		},
		[Symbol.asyncDispose]: () => scorer[Symbol.asyncDispose](),
	};
}
