import type { Attribute, GraphNode } from "./graph.ts";
import { toGraph } from "./graph.ts";
import { inputName, type Network } from "./network.ts";

/** A TensorFlow.js graph model: what model.json and its one weight file hold. */
export interface GraphModel {
	readonly topology: { readonly node: readonly unknown[]; readonly versions: { readonly producer: number } };
	readonly weightSpecs: {
		readonly name: string;
		readonly shape: number[];
		readonly dtype: "float32" | "int32";
	}[];
	readonly weightData: ArrayBuffer;
	readonly signature: object;
}

/** TensorFlow's graph version that these operations belong to (2.15). */
const producer = 1645;

export function toGraphModel(network: Network): GraphModel {
	return writeGraphModel(toGraph(network, "fused"), [-1, ...network.inputShape]);
}

/** `nodes` from the one input to the output, the last of them; a size of −1 in `inputShape` is any. */
export function writeGraphModel(nodes: readonly GraphNode[], inputShape: readonly number[]): GraphModel {
	const tensors = nodes.flatMap(({ name, attributes }) =>
		attributes.value?.kind === "tensor" ? [{ name, ...attributes.value }] : [],
	);
	const weightData = new ArrayBuffer(tensors.reduce((sum, { values }) => sum + values.byteLength, 0));
	const bytes = new Uint8Array(weightData);
	let offset = 0;
	for (const { values } of tensors) {
		bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset);
		offset += values.byteLength;
	}
	const output = nodes.at(-1)?.name ?? "";
	return {
		topology: { node: nodes.map(toJson), versions: { producer } },
		weightSpecs: tensors.map(({ name, shape, values }) => ({
			name,
			shape: [...shape],
			dtype: values instanceof Float32Array ? "float32" : "int32",
		})),
		weightData,
		signature: {
			inputs: {
				[inputName]: { name: `${inputName}:0`, dtype: "DT_FLOAT", tensorShape: shapeJson(inputShape) },
			},
			outputs: { [output]: { name: `${output}:0`, dtype: "DT_FLOAT" } },
		},
	};
}

/** The content of a model.json whose weights lie beside it in `weightsFile`. */
export function graphModelJson(model: GraphModel, weightsFile: string): unknown {
	return {
		format: "graph-model",
		generatedBy: "breakwater",
		convertedBy: null,
		signature: model.signature,
		modelTopology: model.topology,
		weightsManifest: [{ paths: [weightsFile], weights: model.weightSpecs }],
	};
}

function toJson({ name, op, inputs, attributes }: GraphNode): unknown {
	const attr = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, attributeJson(value)]));
	return { name, op, input: inputs, attr };
}

/** Protobuf's JSON mapping: bytes as base64, 64-bit numbers as text. Tensor contents live in the weight file. */
function attributeJson(attribute: Attribute): unknown {
	switch (attribute.kind) {
		case "type":
			return { type: attribute.value === "float" ? "DT_FLOAT" : "DT_INT32" };
		case "text":
			return { s: base64(attribute.value) };
		case "texts":
			return { list: { s: attribute.value.map(base64) } };
		case "int":
			return { i: String(attribute.value) };
		case "ints":
			return { list: { i: attribute.value.map(String) } };
		case "float":
			return { f: attribute.value };
		case "flag":
			return { b: attribute.value };
		case "shape":
			return { shape: shapeJson(attribute.value) };
		case "tensor": {
			const dtype = attribute.values instanceof Float32Array ? "DT_FLOAT" : "DT_INT32";
			return { tensor: { dtype, tensorShape: shapeJson(attribute.shape) } };
		}
	}
}

function base64(text: string): string {
	return Buffer.from(text, "utf8").toString("base64");
}

function shapeJson(shape: readonly number[]): unknown {
	return { dim: shape.map((size) => ({ size: String(size) })) };
}
