import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { backendsFor, findModel, modelRegistrySchema } from "../../../../services/core/scoring/model-registry.ts";
import { fromPackageRoot } from "../../../../services/runtime/package-root.ts";

const registryText = readFileSync(fromPackageRoot("models", "registry.json"), "utf8");
const registry = modelRegistrySchema.parse(JSON.parse(registryText));
const [model] = registry.models;
if (model === undefined) throw new Error("the registry is empty");

/** Why a registry with this change to its first model is refused, or an empty text. */
function refusal(change: object): string {
	const parsed = modelRegistrySchema.safeParse({ models: [{ ...model, ...change }], cascades: [] });
	return parsed.success ? "" : parsed.error.issues.map(({ message }) => message).join("; ");
}

describe("model registry", () => {
	test("finds a model by its id", () => {
		expect(findModel(registry, model.id)).toBe(model);
	});

	test("names the models it has when asked for one it has not", () => {
		expect(() => findModel(registry, "other")).toThrow(model.id);
	});

	test("refuses a category that names a label the model does not have", () => {
		expect(refusal({ categories: { adult: ["Cat"] } })).toContain("Cat");
	});

	test("refuses a label counted in two categories", () => {
		expect(
			refusal({
				categories: { adult: ["Porn"], other: ["Porn"] },
				calibration: { adult: { kind: "none" }, other: { kind: "none" } },
			}),
		).toContain("one category only");
	});

	test("refuses a category without a word on its calibration", () => {
		expect(refusal({ calibration: {} })).toContain("no calibration");
	});

	test("refuses a calibration that falls where the model's own probability rises", () => {
		const points = [
			[0, 0.4],
			[1, 0.3],
		];
		expect(refusal({ calibration: { adult: { kind: "isotonic", points, samples: 400 } } })).toContain("must rise");
	});

	test("refuses file names that lead out of the model's folder", () => {
		const [file] = model.files;
		expect(refusal({ files: [{ ...file, name: "../other/model.json" }, file] })).not.toBe("");
	});

	test("refuses a crop larger than the picture it is cut from", () => {
		expect(refusal({ input: { ...model.input, cropFrom: 100 } })).toContain("crop");
	});

	test("refuses an ONNX model that is not one file", () => {
		expect(refusal({ format: "onnx" })).toContain("one file");
	});

	test("refuses two models of one id", () => {
		expect(modelRegistrySchema.safeParse({ models: [model, model], cascades: [] }).success).toBe(false);
	});
});

describe("cascades of the registry", () => {
	const cascade = { first: model.id, further: [model.id], band: { from: 0.5, to: 0.9 } };
	const isTaken = (change: object) =>
		modelRegistrySchema.safeParse({ models: [model], cascades: [{ ...cascade, ...change }] }).success;

	test("name models of the registry only", () => {
		expect(isTaken({})).toBe(true);
		expect(isTaken({ further: ["other"] })).toBe(false);
	});

	test("have a band that something can fall into", () => {
		expect(isTaken({ band: { from: 0.9, to: 0.9 } })).toBe(false);
	});
});

describe("backends of a model", () => {
	test("are tried from the fastest to the slowest", () => {
		expect(backendsFor(model, "auto")).toEqual(["node", "onnx", "wasm", "cpu"]);
	});

	test("exclude those slower than the model can bear", () => {
		expect(backendsFor({ ...model, minimumBackend: "wasm" }, "auto")).toEqual(["node", "onnx", "wasm"]);
		expect(() => backendsFor({ ...model, minimumBackend: "wasm" }, "cpu")).toThrow(/wasm or a faster/);
	});

	test("are the one that was asked for, and no other in its place", () => {
		expect(backendsFor(model, "wasm")).toEqual(["wasm"]);
	});
});
