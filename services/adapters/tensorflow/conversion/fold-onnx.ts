import {
	type ConvolutionNode,
	inputName,
	type Network,
	type NetworkNode,
	type Padding,
	type Pair,
	type Weights,
} from "./network.ts";
import type { OnnxModel, OnnxOperation } from "./onnx-model.ts";

/** A value's node and the edge of its square, pixels; 0 where it is no picture any more. */
interface Place {
	readonly node: string;
	readonly edge: number;
}

/**
 * Turns an ONNX model into a {@link Network}: pictures from NCHW to NHWC, kernels with them, activations into the node they
 * follow, paddings into SAME or VALID where they mean that. Batch norms are expected in the kernels already, as exporters
 * leave them. Throws on any operation it cannot carry over exactly.
 */
export function foldOnnx(model: OnnxModel): Network {
	const folding = new Folding(model);
	for (const operation of model.operations) folding.add(operation);
	return folding.network();
}

class Folding {
	readonly #model: OnnxModel;
	readonly #nodes = new Map<string, NetworkNode>();
	readonly #places = new Map<string, Place>();
	/** A product of matrices waits for the sum that is its bias. */
	readonly #products = new Map<string, { readonly input: string; readonly kernel: Weights }>();
	readonly #inputShape: readonly [number, number, number];

	readonly #carriers: Readonly<Record<string, (operation: OnnxOperation) => void>> = {
		Transpose: (operation) => this.#turn(operation),
		Conv: (operation) => this.#addConvolution(operation),
		Relu: (operation) => this.#addRelu(operation),
		MaxPool: (operation) => this.#addPool(operation),
		AveragePool: (operation) => this.#addPool(operation),
		Reshape: (operation) => this.#flatten(operation),
		MatMul: (operation) => this.#multiply(operation),
		Add: (operation) => this.#sum(operation),
		Softmax: (operation) =>
			this.#put({ kind: "softmax", name: nameOf(operation), inputs: [this.#input(operation).node] }, operation, 0),
	};

	constructor(model: OnnxModel) {
		this.#model = model;
		const [, height = 0, width = 0, channels = 0] = model.input.shape;
		if (height !== width || height < 1 || channels < 1) throw new Error("the input is not a square of channels (NHWC)");
		this.#inputShape = [height, width, channels];
		this.#places.set(model.input.name, { node: inputName, edge: height });
	}

	network(): Network {
		const nodes = [...this.#nodes.values()];
		if (nodes.at(-1)?.name !== this.#places.get(this.#model.output)?.node)
			throw new Error("the model has no single output");
		return { inputShape: this.#inputShape, nodes };
	}

	add(operation: OnnxOperation): void {
		const carry = this.#carriers[operation.kind];
		if (carry === undefined) throw new Error(`operations of kind ${operation.kind} cannot be carried over`);
		carry(operation);
	}

	/** To NCHW, which this network never leaves: it stays NHWC all the way. */
	#turn(operation: OnnxOperation): void {
		const isExpected = String(intsOf(operation, "perm", [])) === "0,3,1,2";
		if (!isExpected || operation.inputs[0] !== this.#model.input.name)
			throw new Error("only the input may be turned from NHWC to NCHW");
		this.#places.set(operation.output, this.#input(operation));
	}

	#addConvolution(operation: OnnxOperation): void {
		const kernel = this.#constant(operation, 1);
		const [out = 0, , height = 0, width = 0] = kernel.shape;
		const isPlain = intsOf(operation, "dilations", [1, 1]).every((rate) => rate === 1);
		if (!isPlain || height !== width || (operation.attributes.get("group")?.int ?? 1) !== 1)
			throw new Error(`${operation.output}: only plain convolutions with square kernels are carried over`);
		const window = windowOf(operation, height);
		const bias = operation.inputs.length > 2 ? this.#constant(operation, 2) : zeros(out);
		const { input, padding, edge } = this.#padded(operation, window);
		const node: ConvolutionNode = {
			kind: "conv",
			name: nameOf(operation),
			inputs: [input],
			kernel: turned(kernel),
			bias,
			strides: [window.stride, window.stride],
			padding,
			activation: "none",
		};
		this.#put(node, operation, edge);
	}

	/** What a window's padding is in TensorFlow's words; where it has none for it, zeros are put around the picture first. */
	#padded(operation: OnnxOperation, window: Window): { input: string; padding: Padding; edge: number } {
		const { node, edge } = this.#input(operation);
		const { size, stride, before, after } = window;
		const result = (padded: number) => Math.floor((padded - size) / stride) + 1;
		if (before === 0 && after === 0) return { input: node, padding: "VALID", edge: result(edge) };
		const sameTotal = Math.max((Math.ceil(edge / stride) - 1) * stride + size - edge, 0);
		if (before === Math.floor(sameTotal / 2) && after === Math.ceil(sameTotal / 2))
			return { input: node, padding: "SAME", edge: Math.ceil(edge / stride) };
		// A pooling ignores what lies outside, and zeros would not be ignored.
		if (operation.kind !== "Conv") throw new Error(`${operation.output}: this padding is neither SAME nor VALID`);
		const pad = `${nameOf(operation)}/pad`;
		this.#nodes.set(pad, { kind: "pad", name: pad, inputs: [node], before, after });
		return { input: pad, padding: "VALID", edge: result(edge + before + after) };
	}

	#addPool(operation: OnnxOperation): void {
		const [size = 0] = intsOf(operation, "kernel_shape", []);
		const window = windowOf(operation, size);
		const { input, padding, edge } = this.#padded(operation, window);
		const kind = operation.kind === "MaxPool" ? "max-pool" : "average-pool";
		const square: Pair = [size, size];
		const strides: Pair = [window.stride, window.stride];
		this.#put({ kind, name: nameOf(operation), inputs: [input], size: square, strides, padding }, operation, edge);
	}

	/** Into the convolution before it where nothing else reads that; else a node of its own. */
	#addRelu(operation: OnnxOperation): void {
		const { node: name, edge } = this.#input(operation);
		const node = this.#nodes.get(name);
		const readers = this.#model.operations.filter(({ inputs }) => inputs.includes(operation.inputs[0] ?? ""));
		if (node?.kind === "conv" && node.activation === "none" && readers.length === 1) {
			this.#nodes.set(name, { ...node, activation: "relu" });
			this.#places.set(operation.output, { node: name, edge });
		} else this.#put({ kind: "relu", name: nameOf(operation), inputs: [name] }, operation, edge);
	}

	/** Only where one pixel is left: there the order of channels and pixels makes no difference. */
	#flatten(operation: OnnxOperation): void {
		const { node, edge } = this.#input(operation);
		const [, ...sizes] = this.#constant(operation, 1).values;
		const length = sizes.reduce((product, size) => product * size, 1);
		const before = this.#nodes.get(node);
		if (before?.kind === "flatten" && before.length === length) this.#places.set(operation.output, { node, edge: 0 });
		else if (edge === 1) this.#put({ kind: "flatten", name: nameOf(operation), inputs: [node], length }, operation, 0);
		else throw new Error(`${operation.output}: only a single pixel can be flattened`);
	}

	#multiply(operation: OnnxOperation): void {
		this.#products.set(operation.output, { input: this.#input(operation).node, kernel: this.#constant(operation, 1) });
	}

	#sum(operation: OnnxOperation): void {
		const [left = "", right = ""] = operation.inputs;
		const product = this.#products.get(left);
		const name = nameOf(operation);
		if (product !== undefined) {
			const { input, kernel } = product;
			const bias = this.#constant(operation, 1);
			this.#put({ kind: "dense", name, inputs: [input], kernel, bias, activation: "none" }, operation, 0);
			return;
		}
		const places = [left, right].map((value) => this.#place(value));
		this.#put({ kind: "add", name, inputs: places.map(({ node }) => node) }, operation, places[0]?.edge ?? 0);
	}

	#put(node: NetworkNode, operation: OnnxOperation, edge: number): void {
		this.#nodes.set(node.name, node);
		this.#places.set(operation.output, { node: node.name, edge });
	}

	#input(operation: OnnxOperation): Place {
		return this.#place(operation.inputs[0] ?? "");
	}

	#place(value: string): Place {
		const place = this.#places.get(value);
		if (place === undefined) throw new Error(`${value} is used before it is defined`);
		return place;
	}

	#constant(operation: OnnxOperation, at: number): Weights {
		const weights = this.#model.constants.get(operation.inputs[at] ?? "");
		if (weights === undefined) throw new Error(`${operation.output}: its input ${at} is not a constant`);
		return weights;
	}
}

interface Window {
	readonly size: number;
	readonly stride: number;
	readonly before: number;
	readonly after: number;
}

/** The window of a convolution or pooling that treats rows and columns alike. */
function windowOf(operation: OnnxOperation, size: number): Window {
	const [stride = 1, otherStride] = intsOf(operation, "strides", [1, 1]);
	const [top = 0, left, bottom = 0, right] = intsOf(operation, "pads", [0, 0, 0, 0]);
	const pads = operation.attributes.get("auto_pad")?.text ?? "";
	if (stride !== otherStride || top !== left || bottom !== right || !["", "NOTSET"].includes(pads))
		throw new Error(`${operation.output}: rows and columns are not treated alike`);
	return { size, stride, before: top, after: bottom };
}

function intsOf(operation: OnnxOperation, name: string, otherwise: readonly number[]): readonly number[] {
	return operation.attributes.get(name)?.ints ?? otherwise;
}

/** TensorFlow's names have no colon: `name:0` is the first output of `name`. */
function nameOf({ output }: OnnxOperation): string {
	return output.replace(/:0$/, "");
}

function zeros(length: number): Weights {
	return { shape: [length], values: new Float32Array(length) };
}

/** [out, in, height, width] → [height, width, in, out]. */
function turned({ shape, values }: Weights): Weights {
	const [out = 0, inner = 0, height = 0, width = 0] = shape;
	const result = new Float32Array(values.length);
	let at = 0;
	for (let o = 0; o < out; o++)
		for (let i = 0; i < inner; i++)
			for (let y = 0; y < height; y++)
				for (let x = 0; x < width; x++) result[((y * width + x) * inner + i) * out + o] = values[at++] ?? 0;
	return { shape: [height, width, inner, out], values: result };
}
