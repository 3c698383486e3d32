import {
	type Activation,
	type ConvolutionNode,
	inputName,
	type Network,
	type NetworkNode,
	type Weights,
} from "./network.ts";

/** A TensorFlow graph (tensorflow/core/framework/node_def.proto) in neutral form: the two file formats are written from it. */
export interface GraphNode {
	readonly name: string;
	readonly op: string;
	readonly inputs: readonly string[];
	readonly attributes: Readonly<Record<string, Attribute>>;
}

export type Attribute =
	| { readonly kind: "type"; readonly value: "float" | "int32" }
	| { readonly kind: "text"; readonly value: string }
	| { readonly kind: "texts"; readonly value: readonly string[] }
	| { readonly kind: "int"; readonly value: number }
	| { readonly kind: "ints"; readonly value: readonly number[] }
	| { readonly kind: "float"; readonly value: number }
	| { readonly kind: "flag"; readonly value: boolean }
	/** −1 stands for any size. */
	| { readonly kind: "shape"; readonly value: readonly number[] }
	| { readonly kind: "tensor"; readonly shape: readonly number[]; readonly values: Float32Array | Int32Array };

const float: Attribute = { kind: "type", value: "float" };
const int32: Attribute = { kind: "type", value: "int32" };
const nhwc: Attribute = { kind: "text", value: "NHWC" };

const fusedActivations: Readonly<Record<Activation, readonly string[]>> = {
	none: [],
	relu: ["Relu"],
	relu6: ["Relu6"],
};
const activationOps: Readonly<Record<Exclude<Activation, "none">, string>> = { relu: "Relu", relu6: "Relu6" };

/**
 * Writes a network as graph nodes. `fused` uses TensorFlow's fused operations, as TensorFlow.js runs them best; `plain` the
 * elementary ones, which TensorFlow's own optimizer fuses as it likes.
 */
export function toGraph(network: Network, style: "fused" | "plain"): readonly GraphNode[] {
	const placeholder: GraphNode = {
		name: inputName,
		op: "Placeholder",
		inputs: [],
		attributes: { dtype: float, shape: { kind: "shape", value: [-1, ...network.inputShape] } },
	};
	return [placeholder, ...network.nodes.flatMap((node) => nodesOf(node, style))];
}

function nodesOf(node: NetworkNode, style: "fused" | "plain"): readonly GraphNode[] {
	const { name, inputs } = node;
	switch (node.kind) {
		case "conv":
		case "depthwise-conv":
			return withBias(node, style, convolutionOf(node));
		case "dense":
			return withBias(node, style, {
				plain: "MatMul",
				fused: "_FusedMatMul",
				attributes: {
					transpose_a: { kind: "flag", value: false },
					transpose_b: { kind: "flag", value: false },
				},
			});
		case "max-pool":
		case "average-pool": {
			const attributes = {
				T: float,
				ksize: { kind: "ints", value: [1, ...node.size, 1] },
				strides: { kind: "ints", value: [1, ...node.strides, 1] },
				padding: { kind: "text", value: node.padding },
				data_format: nhwc,
			} as const;
			return [{ name, op: node.kind === "max-pool" ? "MaxPool" : "AvgPool", inputs, attributes }];
		}
		case "pad": {
			const around = [node.before, node.after];
			const paddings = constant(`${name}/paddings`, [4, 2], Int32Array.of(0, 0, ...around, ...around, 0, 0));
			const attributes = { T: float, Tpaddings: int32 } as const;
			return [paddings, { name, op: "Pad", inputs: [...inputs, paddings.name], attributes }];
		}
		case "add":
			return [{ name, op: "AddV2", inputs, attributes: { T: float } }];
		case "concat": {
			const axis = constant(`${name}/axis`, [], Int32Array.of(3));
			const attributes = { T: float, Tidx: int32, N: { kind: "int", value: inputs.length } } as const;
			return [axis, { name, op: "ConcatV2", inputs: [...inputs, axis.name], attributes }];
		}
		case "flatten": {
			const shape = constant(`${name}/shape`, [2], Int32Array.of(-1, node.length));
			return [shape, { name, op: "Reshape", inputs: [...inputs, shape.name], attributes: { T: float, Tshape: int32 } }];
		}
		case "relu":
			return [{ name, op: "Relu", inputs, attributes: { T: float } }];
		case "softmax":
			return [{ name, op: "Softmax", inputs, attributes: { T: float } }];
	}
}

interface Weighted {
	readonly plain: string;
	readonly fused: string;
	readonly attributes: Readonly<Record<string, Attribute>>;
}

function convolutionOf(node: ConvolutionNode): Weighted {
	const isDepthwise = node.kind === "depthwise-conv";
	return {
		plain: isDepthwise ? "DepthwiseConv2dNative" : "Conv2D",
		fused: isDepthwise ? "FusedDepthwiseConv2dNative" : "_FusedConv2D",
		attributes: {
			strides: { kind: "ints", value: [1, ...node.strides, 1] },
			padding: { kind: "text", value: node.padding },
			data_format: nhwc,
			dilations: { kind: "ints", value: [1, 1, 1, 1] },
			explicit_paddings: { kind: "ints", value: [] },
		},
	};
}

function withBias(
	node: Extract<NetworkNode, { kernel: Weights }>,
	style: "fused" | "plain",
	weighted: Weighted,
): readonly GraphNode[] {
	const { name, inputs, activation } = node;
	const kernel = constant(`${name}/kernel`, node.kernel.shape, node.kernel.values);
	const bias = constant(`${name}/bias`, node.bias.shape, node.bias.values);
	if (style === "fused") {
		const attributes: Record<string, Attribute> = {
			T: float,
			...weighted.attributes,
			num_args: { kind: "int", value: 1 },
			fused_ops: { kind: "texts", value: ["BiasAdd", ...fusedActivations[activation]] },
			epsilon: { kind: "float", value: 0 },
		};
		return [kernel, bias, { name, op: weighted.fused, inputs: [...inputs, kernel.name, bias.name], attributes }];
	}
	const product: GraphNode = {
		name: `${name}/product`,
		op: weighted.plain,
		inputs: [...inputs, kernel.name],
		attributes: { T: float, ...weighted.attributes },
	};
	const isLinear = activation === "none";
	const sum: GraphNode = {
		name: isLinear ? name : `${name}/sum`,
		op: "BiasAdd",
		inputs: [product.name, bias.name],
		attributes: { T: float, data_format: nhwc },
	};
	if (isLinear) return [kernel, bias, product, sum];
	const active: GraphNode = { name, op: activationOps[activation], inputs: [sum.name], attributes: { T: float } };
	return [kernel, bias, product, sum, active];
}

function constant(name: string, shape: readonly number[], values: Float32Array | Int32Array): GraphNode {
	const dtype = values instanceof Float32Array ? float : int32;
	return { name, op: "Const", inputs: [], attributes: { dtype, value: { kind: "tensor", shape, values } } };
}
