import { z } from "zod";
import type { Attribute, GraphNode } from "../../../services/adapters/tensorflow/conversion/graph.ts";
import { graphModelJson, writeGraphModel } from "../../../services/adapters/tensorflow/conversion/graph-model.ts";
import { inputName } from "../../../services/adapters/tensorflow/conversion/network.ts";
import { hashWordHigh, hashWordLow } from "../../../services/core/text/hash-word.ts";
import type { PublishedFile } from "../recipe.ts";

/** What ask-original.py writes. */
export const originalParts = z.object({
	words: z.array(z.string()),
	rarity: z.array(z.number()),
	classifiers: z
		.array(
			z.object({
				coefficients: z.array(z.number()),
				intercept: z.number(),
				/** Platt's scaling: probability = 1 / (1 + exp(slope × decision + offset)). */
				slope: z.number(),
				offset: z.number(),
			}),
		)
		.min(1),
});
export type OriginalParts = z.infer<typeof originalParts>;

/**
 * The original's classifiers as one dense layer with a sigmoid, one output for each, and their mean: a TensorFlow.js graph
 * model (model.json, weights.bin), with the vocabulary beside it. Each classifier's scaling goes into its column.
 */
export function makeTextModel({ words, rarity, classifiers }: OriginalParts): readonly PublishedFile[] {
	const outputs = classifiers.length;
	const kernel = new Float32Array(words.length * outputs);
	classifiers.forEach(({ coefficients, slope }, column) => {
		coefficients.forEach((value, word) => {
			kernel[word * outputs + column] = -slope * value;
		});
	});
	const bias = Float32Array.from(classifiers, ({ intercept, slope, offset }) => -(slope * intercept + offset));
	const graph = writeGraphModel(graphOf(words.length, kernel, bias), [-1, words.length]);
	return [
		{ name: "model.json", bytes: Buffer.from(`${JSON.stringify(graphModelJson(graph, "weights.bin"))}\n`) },
		{ name: "weights.bin", bytes: new Uint8Array(graph.weightData) },
		{ name: "vocabulary.bin", bytes: vocabularyOf(words, rarity) },
	];
}

function graphOf(words: number, kernel: Float32Array, bias: Float32Array): readonly GraphNode[] {
	const float: Attribute = { kind: "type", value: "float" };
	const int32: Attribute = { kind: "type", value: "int32" };
	const no: Attribute = { kind: "flag", value: false };
	const constant = (name: string, shape: readonly number[], values: Float32Array | Int32Array): GraphNode => ({
		name,
		op: "Const",
		inputs: [],
		attributes: { dtype: values instanceof Float32Array ? float : int32, value: { kind: "tensor", shape, values } },
	});
	return [
		{
			name: inputName,
			op: "Placeholder",
			inputs: [],
			attributes: { dtype: float, shape: { kind: "shape", value: [-1, words] } },
		},
		constant("words/kernel", [words, bias.length], kernel),
		constant("words/bias", [bias.length], bias),
		constant("mean/axis", [1], Int32Array.of(1)),
		{
			name: "words/product",
			op: "MatMul",
			inputs: [inputName, "words/kernel"],
			attributes: { T: float, transpose_a: no, transpose_b: no },
		},
		{
			name: "words",
			op: "BiasAdd",
			inputs: ["words/product", "words/bias"],
			attributes: { T: float, data_format: { kind: "text", value: "NHWC" } },
		},
		{ name: "each", op: "Sigmoid", inputs: ["words"], attributes: { T: float } },
		{
			name: "offensive",
			op: "Mean",
			inputs: ["each", "mean/axis"],
			attributes: { T: float, Tidx: int32, keep_dims: { kind: "flag", value: true } },
		},
	];
}

/** Twelve bytes for each word, in the order of the layer's inputs. Throws where two words have one hash. */
function vocabularyOf(words: readonly string[], rarity: readonly number[]): Uint8Array {
	const view = new DataView(new ArrayBuffer(words.length * 12));
	const seen = new Set<string>();
	words.forEach((word, index) => {
		const [low, high] = [hashWordLow(word), hashWordHigh(word)];
		seen.add(`${low}/${high}`);
		view.setUint32(index * 12, low, true);
		view.setUint32(index * 12 + 4, high, true);
		view.setFloat32(index * 12 + 8, rarity[index] ?? Number.NaN, true);
	});
	if (seen.size !== words.length) throw new Error("two words of the vocabulary have one hash");
	return new Uint8Array(view.buffer);
}
