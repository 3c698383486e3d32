import { describe, expect, test } from "@jest/globals";
import { foldLayers } from "../../../../services/adapters/tensorflow/conversion/fold-layers.ts";
import type { Layer, LayersModel } from "../../../../services/adapters/tensorflow/conversion/layers-model.ts";

const conv = { strides: [1, 1], padding: "same", activation: "linear", use_bias: false, dilation_rate: [1, 1] };
const batchNorm = { epsilon: 0.001, scale: true, center: true };
const relu6 = { max_value: 6, threshold: 0, negative_slope: 0 };

const layer = (kind: string, name: string, inputs: readonly string[], config: object): Layer => ({
	kind,
	name,
	inputs,
	config: { name, ...config },
});

const input = layer("InputLayer", "in", [], { batch_input_shape: [null, 4, 4, 1] });

function modelOf(
	layers: readonly Layer[],
	weights: Readonly<Record<string, readonly [number[], number[]]>>,
): LayersModel {
	return {
		layers: [input, ...layers],
		output: layers.at(-1)?.name ?? "",
		weights: new Map(
			Object.entries(weights).map(([name, [shape, values]]) => [name, { shape, values: Float32Array.from(values) }]),
		),
	};
}

const oneChannel = {
	"c/kernel": [
		[1, 1, 1, 2],
		[2, 3],
	],
	"b/gamma": [[2], [4, 1]],
	"b/beta": [[2], [0.5, -1]],
	"b/moving_mean": [[2], [1, 0]],
	"b/moving_variance": [[2], [3.999, 0.999]],
} as const satisfies Record<string, readonly [number[], number[]]>;

describe("folding layers", () => {
	test("puts a batch norm into the kernel and bias before it", () => {
		const network = foldLayers(
			modelOf([layer("Conv2D", "c", ["in"], conv), layer("BatchNormalization", "b", ["c"], batchNorm)], oneChannel),
		);
		const [node] = network.nodes;
		if (node?.kind !== "conv") throw new Error("expected a convolution");
		// Factors are 4/√4 = 2 and 1/√1 = 1.
		expect([...node.kernel.values]).toEqual([4, 3]);
		expect([...node.bias.values]).toEqual([-1.5, -1]);
		expect(network.nodes).toHaveLength(1);
	});

	test("puts an activation into the convolution before it", () => {
		const network = foldLayers(
			modelOf([layer("Conv2D", "c", ["in"], conv), layer("ReLU", "r", ["c"], relu6)], oneChannel),
		);
		expect(network.nodes).toMatchObject([{ kind: "conv", activation: "relu6" }]);
	});

	test("refuses a batch norm after a convolution that others read as well", () => {
		const layers = [
			layer("Conv2D", "c", ["in"], conv),
			layer("BatchNormalization", "b", ["c"], batchNorm),
			layer("Add", "sum", ["b", "c"], {}),
		];
		expect(() => foldLayers(modelOf(layers, oneChannel))).toThrow(/convolution of its own/);
	});

	test("refuses a batch norm after an activation", () => {
		const layers = [
			layer("Conv2D", "c", ["in"], conv),
			layer("ReLU", "r", ["c"], relu6),
			layer("BatchNormalization", "b", ["r"], batchNorm),
		];
		expect(() => foldLayers(modelOf(layers, oneChannel))).toThrow(/follows an activation/);
	});

	test("refuses a kind of layer it does not know, rather than leave it out", () => {
		expect(() => foldLayers(modelOf([layer("Softplus", "s", ["in"], {})], {}))).toThrow(/Softplus/);
	});

	test("refuses padding that is not what SAME means", () => {
		const layers = [
			layer("ZeroPadding2D", "p", ["in"], {
				padding: [
					[1, 1],
					[1, 1],
				],
			}),
			layer("Conv2D", "c", ["p"], { ...conv, padding: "valid", strides: [2, 2] }),
		];
		expect(() => foldLayers(modelOf(layers, oneChannel))).toThrow(/unknown padding/);
	});
});
