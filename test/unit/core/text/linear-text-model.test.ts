import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { openTextScorer, readTextWeights } from "../../../../services/adapters/tensorflow/load-text-model.ts";
import { hashWordHigh, hashWordLow } from "../../../../services/core/text/hash-word.ts";
import { createLinearTextModel, textVector } from "../../../../services/core/text/linear-text-model.ts";
import { fromPackageRoot } from "../../../../services/runtime/package-root.ts";
import { alterModel } from "../../../support/alter-model.ts";

const id = "alt-profanity-check";
const readJson = (name: string) => JSON.parse(readFileSync(fromPackageRoot("test/fixtures/scoring", name), "utf8"));
const texts: readonly string[] = readJson("texts.json");
const { probabilities }: { readonly probabilities: readonly number[] } = readJson(`${id}.json`);
const contents = ["model.json", "weights.bin", "vocabulary.bin"].map((name) =>
	readFileSync(fromPackageRoot("models", id, name)),
);
const weights = readTextWeights(contents);

describe("the text model", () => {
	test("answers as the Python original on every sentence, to 0.0001", () => {
		const score = createLinearTextModel(weights);
		expect(probabilities).toHaveLength(texts.length);
		texts.forEach((text, at) => {
			expect(Math.abs(score(text).probability - (probabilities[at] ?? Number.NaN))).toBeLessThan(1e-4);
		});
	});

	test("is the TensorFlow.js dense layer that lies beside it", async () => {
		const [topology, weightFile] = contents;
		const { modelTopology, weightsManifest } = JSON.parse(String(topology));
		const weightSpecs = weightsManifest[0].weights;
		const weightData = new Uint8Array(weightFile ?? []).buffer;
		const model = await loadGraphModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
		const vectors = texts.map((text) => textVector(text, weights));
		const input = tf.tensor2d(
			vectors.flatMap((vector) => [...vector]),
			[texts.length, weights.rarity.length],
		);
		const output = model.predict(input);
		if (!(output instanceof tf.Tensor)) throw new Error("expected one output");
		const dense = await output.data();
		texts.forEach((_, at) => {
			expect(Math.abs((dense[at] ?? Number.NaN) - (probabilities[at] ?? Number.NaN))).toBeLessThan(1e-4);
		});
	});

	test("has no opinion on a text of which it knows no word", async () => {
		const scorer = await openTextScorer(fromPackageRoot("models"), id);
		expect(scorer.score("7 ?! xxqqzz")).toEqual({ kind: "no-opinion" });
		expect(scorer.score("a plain sentence about the budget")).toMatchObject({ kind: "scored", category: "offensive" });
	});

	test("keeps no word of its vocabulary in readable form", () => {
		const everything = contents.map((bytes) => bytes.toString("latin1")).join("");
		expect(everything).not.toMatch(/stupid|idiot|budget|committee/);
	});

	test("refuses parts that do not belong together", () => {
		expect(() => createLinearTextModel({ ...weights, bias: new Float32Array(4) })).toThrow(/belong together/);
		expect(() =>
			readTextWeights([contents[0] ?? Buffer.of(), Buffer.of(1, 2, 3), contents[2] ?? Buffer.of()]),
		).toThrow();
	});
});

describe("the text model is refused at start-up where a file is not the one that the registry describes", () => {
	let folder = "";
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "breakwater-text-model-"));
	});
	afterAll(() => rm(folder, { recursive: true, force: true }));

	const changes: readonly (readonly [string, (bytes: Buffer) => Buffer])[] = [
		["one flipped bit", (bytes) => Buffer.from(bytes.map((byte, at) => (at === 1_000 ? byte ^ 1 : byte)))],
		["its end cut off", (bytes) => bytes.subarray(0, bytes.length - 4)],
	];
	const cases = ["model.json", "weights.bin", "vocabulary.bin"].flatMap((name) =>
		changes.map(([what, change]) => ({ name, what, change })),
	);
	test.each(cases)("$name with $what", async ({ name, change }) => {
		const modelsDir = await alterModel({ dataDir: folder, model: id, name, change, isVouched: false });
		await expect(openTextScorer(modelsDir, id)).rejects.toThrow(`${name} is not the file that the registry describes`);
	});

	test("even where the registry vouches for weights that do not fit the words", async () => {
		const change = (bytes: Buffer) => bytes.subarray(0, bytes.length - 4);
		const modelsDir = await alterModel({ dataDir: folder, model: id, name: "weights.bin", change, isVouched: true });
		await expect(openTextScorer(modelsDir, id)).rejects.toThrow(/not those of its model\.json/);
	});
});

describe("two halves of a word's hash", () => {
	test("differ from each other, and from those of its neighbors", () => {
		const words = ["budget", "budgets", "tegdub", "Budget", ""];
		const hashes = words.flatMap((word) => [hashWordLow(word), hashWordHigh(word)]);
		expect(new Set(hashes).size).toBe(hashes.length);
	});
});
