import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { findModel, modelRegistrySchema } from "../../../../services/core/scoring/model-registry.ts";
import { readScores } from "../../../../services/core/scoring/read-scores.ts";
import { fromPackageRoot } from "../../../../services/runtime/package-root.ts";

const registry = modelRegistrySchema.parse(
	JSON.parse(readFileSync(fromPackageRoot("models", "registry.json"), "utf8")),
);
const model = findModel(registry, "nsfwjs-mobilenet-v2");
const read = (...output: number[]) => readScores(Float32Array.from(output), model, "wasm");

describe("reading a model's output", () => {
	test("adds up the labels of the category", () => {
		const result = read(0.25, 0.125, 0.25, 0.25, 0.125);
		expect(result).toMatchObject({ kind: "scored", label: "adult", probability: 0.375, backend: "wasm" });
	});

	test("keeps every label's own probability", () => {
		const result = read(0.25, 0.125, 0.25, 0.25, 0.125);
		expect(result).toMatchObject({ labels: { Drawing: 0.25, Hentai: 0.125, Neutral: 0.25, Porn: 0.25, Sexy: 0.125 } });
	});

	test("applies the registry's calibration", () => {
		const points: [number, number][] = [
			[0, 0],
			[1, 0.5],
		];
		const calibrated = { ...model, calibration: { adult: { kind: "isotonic" as const, points, samples: 900 } } };
		const result = readScores(Float32Array.of(0, 0.5, 0, 0.5, 0), calibrated, "wasm");
		expect(result).toMatchObject({ probability: 0.5 });
	});

	test.each([
		["NaN", [Number.NaN, 0, 1, 0, 0]],
		["an infinity", [Number.POSITIVE_INFINITY, 0, 0, 0, 0]],
		["a negative probability", [-0.5, 0.5, 1, 0, 0]],
		["probabilities that do not add up to one", [0, 0, 0, 0, 0]],
		["too few labels", [0.5, 0.5]],
		["too many labels", [0.5, 0.5, 0, 0, 0, 0]],
	])("makes %s unavailable, never a low score", (_, output) => {
		expect(read(...output)).toEqual({
			kind: "unavailable",
			model: model.id,
			version: model.version,
			reason: "not-finite",
		});
	});
});
