// Asserts: every kind of node that a network may have gives the same on each backend that npm brings. Out of scope: real models.
import { expect, test } from "@jest/globals";
import type { Backend } from "../../../services/adapters/tensorflow/backend.ts";
import type { Network, NetworkNode, Weights } from "../../../services/adapters/tensorflow/conversion/network.ts";
import { openOnnxBackend } from "../../../services/adapters/tensorflow/open-onnx-backend.ts";
import { openWasmBackend } from "../../../services/adapters/tensorflow/open-wasm-backend.ts";

/** Values that differ from one another and repeat on every run. */
function weights(...shape: readonly number[]): Weights {
	const length = shape.reduce((product, size) => product * size, 1);
	return { shape, values: Float32Array.from({ length }, (_, at) => Math.sin(at * 12.9898 + length)) };
}

const small = { strides: [1, 1], padding: "SAME" } as const;
const halving = { strides: [2, 2], padding: "VALID" } as const;

const everyKind: readonly NetworkNode[] = [
	{ kind: "pad", name: "padded", inputs: ["input"], before: 1, after: 2 },
	{
		...{ kind: "conv", name: "conv", inputs: ["padded"], kernel: weights(3, 3, 3, 4), bias: weights(4) },
		...{ strides: [2, 2], padding: "VALID", activation: "relu6" },
	},
	{
		...{ kind: "depthwise-conv", name: "depthwise", inputs: ["conv"], kernel: weights(3, 3, 4, 1), bias: weights(4) },
		...{ ...small, activation: "none" },
	},
	{ kind: "relu", name: "relu", inputs: ["depthwise"] },
	{ kind: "add", name: "sum", inputs: ["relu", "conv"] },
	{ kind: "concat", name: "joined", inputs: ["sum", "depthwise"] },
	{
		...{ kind: "conv", name: "even", inputs: ["joined"], kernel: weights(2, 2, 8, 4), bias: weights(4) },
		...{ strides: [2, 2], padding: "SAME", activation: "relu" },
	},
	{ kind: "max-pool", name: "largest", inputs: ["even"], size: [3, 3], strides: [2, 2], padding: "SAME" },
	{ kind: "average-pool", name: "mean", inputs: ["largest"], size: [2, 2], ...halving },
	{ kind: "flatten", name: "flat", inputs: ["mean"], length: 4 },
	{ kind: "dense", name: "dense", inputs: ["flat"], kernel: weights(4, 3), bias: weights(3), activation: "none" },
	{ kind: "softmax", name: "shares", inputs: ["dense"] },
];

test("a network of every kind of node gives the same on ONNX Runtime and on WebAssembly", async () => {
	const edge = 13;
	const network: Network = { inputShape: [edge, edge, 3], nodes: everyKind };
	const pictures = 2;
	const pixels = Float32Array.from({ length: pictures * edge * edge * 3 }, (_, at) => Math.cos(at * 0.37));
	const answer = async (backend: Backend) => [...(await backend.predict(pixels, pictures))];
	const wasm = await answer(await openWasmBackend(network, "wasm"));
	const onnx = await answer(await openOnnxBackend(network));
	expect(onnx).toHaveLength(pictures * 3);
	// The two pictures differ, and so do the labels of each: what is compared says something.
	expect(new Set(onnx.map((value) => value.toFixed(4))).size).toBe(pictures * 3);
	onnx.forEach((value, at) => {
		expect(value).toBeCloseTo(wasm[at] ?? Number.NaN, 5);
	});
});
