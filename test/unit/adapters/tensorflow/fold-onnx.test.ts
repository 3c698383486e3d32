import { describe, expect, test } from "@jest/globals";
import { foldOnnx } from "../../../../services/adapters/tensorflow/conversion/fold-onnx.ts";
import { readOnnxModel } from "../../../../services/adapters/tensorflow/conversion/onnx-model.ts";
import { ProtobufWriter } from "../../../../services/adapters/tensorflow/conversion/protobuf-writer.ts";

type Attributes = Readonly<Record<string, readonly number[]>>;

function operation(kind: string, inputs: readonly string[], output: string, attributes: Attributes = {}) {
	const node = new ProtobufWriter();
	for (const input of inputs) node.text(1, input);
	node.text(2, output).text(4, kind);
	for (const [name, ints] of Object.entries(attributes))
		node.message(5, new ProtobufWriter().text(1, name).ints(8, ints));
	return node;
}

function constant(name: string, shape: readonly number[], values: Float32Array | BigInt64Array) {
	const tensor = new ProtobufWriter();
	for (const size of shape) tensor.int(1, size);
	const raw = new Uint8Array(values.buffer);
	return tensor
		.int(2, values instanceof Float32Array ? 1 : 7)
		.text(8, name)
		.bytes(9, raw);
}

/** A graph from a picture of edge×edge×2, turned to NCHW as `nchw`, to `out`. */
function model(operations: readonly ProtobufWriter[], constants: readonly ProtobufWriter[], edge = 4): Uint8Array {
	const dims = new ProtobufWriter().message(1, new ProtobufWriter().text(2, "n"));
	for (const size of [edge, edge, 2]) dims.message(1, new ProtobufWriter().int(1, size));
	const type = new ProtobufWriter().message(1, new ProtobufWriter().int(1, 1).message(2, dims));
	const graph = new ProtobufWriter();
	for (const each of [operation("Transpose", ["in:0"], "nchw", { perm: [0, 3, 1, 2] }), ...operations])
		graph.message(1, each);
	for (const each of constants) graph.message(5, each);
	graph
		.message(11, new ProtobufWriter().text(1, "in:0").message(2, type))
		.message(12, new ProtobufWriter().text(1, "out"));
	return new ProtobufWriter().int(1, 4).message(7, graph).finish();
}

const fold = (...given: Parameters<typeof model>) => foldOnnx(readOnnxModel(model(...given)));
const kernel = (edge: number) => constant("k", [1, 2, edge, edge], new Float32Array(2 * edge * edge).fill(1));

describe("reading an ONNX model", () => {
	test("turns kernels from out-in-height-width to height-width-in-out", () => {
		const weights = constant("k", [1, 2, 1, 2], Float32Array.of(1, 2, 3, 4));
		expect(() => fold([operation("Conv", ["nchw", "k"], "out")], [weights])).toThrow(/square/);
		const square = constant("k", [1, 2, 2, 2], Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8));
		const { nodes } = fold([operation("Conv", ["nchw", "k"], "out")], [square]);
		expect(nodes).toMatchObject([{ kind: "conv", kernel: { shape: [2, 2, 2, 1] }, padding: "VALID" }]);
		expect(nodes[0]?.kind === "conv" && [...nodes[0].kernel.values]).toEqual([1, 5, 2, 6, 3, 7, 4, 8]);
	});

	test("calls a padding SAME only where it is TensorFlow's", () => {
		const at = (strides: readonly number[], pads: readonly number[]) =>
			fold([operation("Conv", ["nchw", "k"], "out", { strides, pads })], [kernel(3)]).nodes.map((node) => [
				node.kind,
				"padding" in node ? node.padding : null,
			]);
		expect(at([1, 1], [1, 1, 1, 1])).toEqual([["conv", "SAME"]]);
		expect(at([2, 2], [0, 0, 1, 1])).toEqual([["conv", "SAME"]]);
		// SAME would put nothing before a stride of two on an even edge.
		expect(at([2, 2], [1, 1, 1, 1])).toEqual([
			["pad", null],
			["conv", "VALID"],
		]);
	});

	test("refuses to pad a pooling with zeros, which it would count", () => {
		const pool = operation("MaxPool", ["nchw"], "out", { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] });
		expect(() => fold([pool], [])).toThrow(/neither SAME nor VALID/);
	});

	test("fuses an activation into its convolution, unless something else reads that too", () => {
		const conv = operation("Conv", ["nchw", "k"], "c");
		expect(fold([conv, operation("Relu", ["c"], "out")], [kernel(1)]).nodes).toMatchObject([{ activation: "relu" }]);
		const both = [conv, operation("Relu", ["c"], "r"), operation("Add", ["r", "c"], "out")];
		expect(fold(both, [kernel(1)]).nodes.map(({ kind }) => kind)).toEqual(["conv", "relu", "add"]);
	});

	test("joins a product and its bias into one dense layer", () => {
		const tail = [
			operation("AveragePool", ["nchw"], "p", { kernel_shape: [4, 4], strides: [1, 1] }),
			operation("Reshape", ["p", "s"], "f"),
			operation("MatMul", ["f", "w"], "m"),
			operation("Add", ["m", "b"], "d"),
			operation("Softmax", ["d"], "out"),
		];
		const constants = [
			constant("s", [2], BigInt64Array.of(-1n, 2n)),
			constant("w", [2, 2], Float32Array.of(1, 2, 3, 4)),
			constant("b", [2], Float32Array.of(5, 6)),
		];
		const { nodes, inputShape } = fold(tail, constants);
		expect(inputShape).toEqual([4, 4, 2]);
		expect(nodes.map(({ kind }) => kind)).toEqual(["average-pool", "flatten", "dense", "softmax"]);
	});

	test("refuses what it cannot carry over, and a file that is cut short", () => {
		expect(() => fold([operation("Erf", ["nchw"], "out")], [])).toThrow(/Erf/);
		const whole = model([operation("Conv", ["nchw", "k"], "out")], [kernel(1)]);
		expect(() => readOnnxModel(whole.subarray(0, whole.length - 3))).toThrow(/end within/);
	});
});
