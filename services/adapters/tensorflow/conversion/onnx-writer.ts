// Writes a network as an ONNX model (onnx/onnx.proto, operator set 13). ONNX lays pictures out as NCHW; the input is turned
// round first, and kernels are turned here.
import { type ConvolutionNode, inputName, type Network, type NetworkNode, type Weights } from "./network.ts";
import { ProtobufWriter } from "./protobuf-writer.ts";

const float = 1;
const int64 = 7;

type Attribute = number | string | readonly number[];

interface Parts {
	readonly nodes: ProtobufWriter[];
	readonly constants: ProtobufWriter[];
}

/** The bytes of an ONNX file with the network's weights: pictures NHWC in, one row of labels for each out. The same each time. */
export function toOnnx(network: Network): Uint8Array {
	const parts: Parts = { nodes: [], constants: [] };
	const [height, width, channels] = network.inputShape;
	parts.nodes.push(operation("Transpose", [inputName], "nchw", { perm: [0, 3, 1, 2] }));
	for (const node of network.nodes) add(node, parts);
	const output = network.nodes.at(-1)?.name ?? "";
	const graph = new ProtobufWriter();
	for (const node of parts.nodes) graph.message(1, node);
	graph.text(2, "network");
	for (const constant of parts.constants) graph.message(5, constant);
	graph
		.message(11, valueInfo(inputName, ["n", height, width, channels]))
		.message(12, valueInfo(output, ["n", "labels"]));
	const operatorSet = new ProtobufWriter().text(1, "").int(2, 13);
	return new ProtobufWriter().int(1, 8).text(2, "breakwater").message(7, graph).message(8, operatorSet).finish();
}

function add(node: NetworkNode, { nodes, constants }: Parts): void {
	const inputs = node.inputs.map((input) => (input === inputName ? "nchw" : input));
	const { name } = node;
	switch (node.kind) {
		case "conv":
		case "depthwise-conv": {
			constants.push(constant(`${name}/kernel`, turned(node)), constant(`${name}/bias`, node.bias));
			const [kernelHeight = 1, kernelWidth = 1] = node.kernel.shape;
			const group = node.kind === "depthwise-conv" ? (node.kernel.shape[2] ?? 1) : 1;
			nodes.push(
				...activated(name, node.activation, (output) =>
					operation("Conv", [...inputs, `${name}/kernel`, `${name}/bias`], output, {
						kernel_shape: [kernelHeight, kernelWidth],
						strides: node.strides,
						auto_pad: node.padding === "SAME" ? "SAME_UPPER" : "VALID",
						group,
					}),
				),
			);
			if (node.activation === "relu6") constants.push(scalar(`${name}/low`, 0), scalar(`${name}/high`, 6));
			return;
		}
		case "dense":
			constants.push(constant(`${name}/kernel`, node.kernel), constant(`${name}/bias`, node.bias));
			nodes.push(
				...activated(name, node.activation, (output) =>
					operation("Gemm", [...inputs, `${name}/kernel`, `${name}/bias`], output, {}),
				),
			);
			return;
		case "max-pool":
		case "average-pool":
			nodes.push(
				operation(node.kind === "max-pool" ? "MaxPool" : "AveragePool", inputs, name, {
					kernel_shape: node.size,
					strides: node.strides,
					auto_pad: node.padding === "SAME" ? "SAME_UPPER" : "VALID",
				}),
			);
			return;
		case "pad":
			constants.push(paddings(`${name}/paddings`, node));
			nodes.push(operation("Pad", [...inputs, `${name}/paddings`], name, { mode: "constant" }));
			return;
		case "relu":
			nodes.push(operation("Relu", inputs, name, {}));
			return;
		case "add":
			nodes.push(operation("Add", inputs, name, {}));
			return;
		case "concat":
			nodes.push(operation("Concat", inputs, name, { axis: 1 }));
			return;
		case "flatten":
			// Equal to TensorFlow's order only where one pixel is left, as after these networks' last pooling.
			nodes.push(operation("Flatten", inputs, name, { axis: 1 }));
			return;
		case "softmax":
			nodes.push(operation("Softmax", inputs, name, { axis: 1 }));
	}
}

function activated(name: string, activation: ConvolutionNode["activation"], make: (output: string) => ProtobufWriter) {
	if (activation === "none") return [make(name)];
	const sum = `${name}/sum`;
	if (activation === "relu") return [make(sum), operation("Relu", [sum], name, {})];
	return [make(sum), operation("Clip", [sum, `${name}/low`, `${name}/high`], name, {})];
}

/** [height, width, in, out] → [out, in, height, width]; depthwise [height, width, channels, 1] → [channels, 1, height, width]. */
function turned({ kind, kernel }: ConvolutionNode): Weights {
	const [height = 1, width = 1, third = 1, fourth = 1] = kernel.shape;
	const [outer, inner] = kind === "conv" ? [fourth, third] : [third, 1];
	const values = new Float32Array(kernel.values.length);
	let at = 0;
	for (let o = 0; o < outer; o++)
		for (let i = 0; i < inner; i++)
			for (let y = 0; y < height; y++)
				for (let x = 0; x < width; x++) values[at++] = kernel.values[((y * width + x) * inner + i) * outer + o] ?? 0;
	return { shape: [outer, inner, height, width], values };
}

function operation(
	op: string,
	inputs: readonly string[],
	output: string,
	attributes: Readonly<Record<string, Attribute>>,
) {
	const node = new ProtobufWriter();
	for (const input of inputs) node.text(1, input);
	node.text(2, output).text(3, output).text(4, op);
	for (const [name, value] of Object.entries(attributes)) {
		const attribute = new ProtobufWriter().text(1, name);
		if (typeof value === "number") attribute.int(3, value).int(20, 2);
		else if (typeof value === "string") attribute.text(4, value).int(20, 3);
		else {
			for (const each of value) attribute.int(8, each);
			attribute.int(20, 7);
		}
		node.message(5, attribute);
	}
	return node;
}

function constant(name: string, { shape, values }: Weights): ProtobufWriter {
	const tensor = new ProtobufWriter();
	for (const size of shape) tensor.int(1, size);
	return tensor
		.int(2, float)
		.text(8, name)
		.bytes(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

/** Rows and columns alike: [pictures, channels, rows, columns] before, then after. */
function paddings(
	name: string,
	{ before, after }: { readonly before: number; readonly after: number },
): ProtobufWriter {
	const counts = BigInt64Array.from([0, 0, before, before, 0, 0, after, after], BigInt);
	return new ProtobufWriter().int(1, counts.length).int(2, int64).text(8, name).bytes(9, new Uint8Array(counts.buffer));
}

function scalar(name: string, value: number): ProtobufWriter {
	return constant(name, { shape: [], values: Float32Array.of(value) });
}

function valueInfo(name: string, shape: readonly (number | string)[]): ProtobufWriter {
	const dims = new ProtobufWriter();
	for (const size of shape)
		dims.message(1, typeof size === "number" ? new ProtobufWriter().int(1, size) : new ProtobufWriter().text(2, size));
	const tensor = new ProtobufWriter().int(1, float).message(2, dims);
	return new ProtobufWriter().text(1, name).message(2, new ProtobufWriter().message(1, tensor));
}
