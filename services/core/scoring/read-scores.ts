// Reads a model's raw output as a score under its registry entry. It decides which category the output speaks for, not
// whether anything is done about it.
import type { ScoreResult } from "../ports/scorer.ts";
import { calibrate } from "./calibrate.ts";
import type { Model } from "./model-registry.ts";

/** How far the labels' probabilities may add up beside one before the output is no distribution: float32 over a few labels. */
const sumTolerance = 1e-3;

/** `output` holds one probability per label, in the registry's order. Anything else is `not-finite`. */
export function readScores(output: Float32Array, model: Model, backend: string): ScoreResult {
	const { id, version } = model;
	if (!isDistribution(output, model.labels.length))
		return { kind: "unavailable", model: id, version, reason: "not-finite" };
	const labels = Object.fromEntries(model.labels.map((label, index) => [label, output[index] ?? 0]));
	const [strongest] = ownProbabilities(labels, model)
		.map(({ category, probability }) => ({
			category,
			probability: calibrate(probability, model.calibration[category] ?? { kind: "none" }),
		}))
		.toSorted((a, b) => b.probability - a.probability);
	if (strongest === undefined) return { kind: "unavailable", model: id, version, reason: "not-finite" };
	const { category: label, probability } = strongest;
	return { kind: "scored", model: id, version, backend, label, probability, labels };
}

/** What the model itself says of each category, before any calibration. */
export function ownProbabilities(
	labels: Readonly<Record<string, number>>,
	model: Pick<Model, "categories">,
): readonly { readonly category: string; readonly probability: number }[] {
	return Object.entries(model.categories).map(([category, members]) => {
		const sum = members.reduce((total, label) => total + (labels[label] ?? 0), 0);
		return { category, probability: Math.min(1, Math.max(0, sum)) };
	});
}

function isDistribution(output: Float32Array, length: number): boolean {
	if (output.length !== length || !output.every((value) => Number.isFinite(value) && value >= 0)) return false;
	return Math.abs(output.reduce((sum, value) => sum + value, 0) - 1) <= sumTolerance;
}
