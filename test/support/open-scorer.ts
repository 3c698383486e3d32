import {
	createTensorflowScorer,
	type TensorflowScorerOptions,
} from "../../services/adapters/tensorflow/tensorflow-scorer.ts";
import type { Scorer } from "../../services/core/ports/scorer.ts";
import { fromPackageRoot } from "../../services/runtime/package-root.ts";

/** The committed model. */
export const committedModel = "nsfwjs-mobilenet-v2";

export const scorerDefaults = {
	modelsDir: fromPackageRoot("models"),
	model: committedModel,
	backend: "wasm",
	batchSize: 16,
	maxWaitMs: 5,
	deadlineMs: 30_000,
	maxQueued: 64,
	threads: 1,
} as const satisfies Partial<TensorflowScorerOptions>;

/** A model in one thread of its own; the caller closes it. */
export function openScorer(
	options: Pick<TensorflowScorerOptions, "dataDir"> & Partial<TensorflowScorerOptions>,
): Promise<Scorer> {
	return createTensorflowScorer({ ...scorerDefaults, ...options });
}
