import type { Weights } from "./network.ts";
import { readPackedInts, readProtobuf } from "./protobuf-reader.ts";

/** An ONNX model as its file has it: field numbers are those of onnx/onnx.proto (IR version 4). */
export interface OnnxModel {
	readonly operations: readonly OnnxOperation[];
	/** Constants by name: weights, and shapes as whole numbers. */
	readonly constants: ReadonlyMap<string, Weights>;
	readonly input: { readonly name: string; readonly shape: readonly number[] };
	readonly output: string;
}

export interface OnnxOperation {
	readonly kind: string;
	readonly inputs: readonly string[];
	readonly output: string;
	readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

interface OnnxAttribute {
	readonly int: number | null;
	readonly ints: readonly number[];
	readonly text: string;
}

const dataTypes = { float: 1, int64: 7 } as const;

/** Throws where the file is cut short or holds tensors other than float32 and int64. */
export function readOnnxModel(bytes: Uint8Array): OnnxModel {
	const [graph] = messages(bytes, 7);
	if (graph === undefined) throw new Error("the file holds no ONNX graph");
	const constants = new Map(messages(graph, 5).map(readTensor));
	const inputs = messages(graph, 11).map(readInput);
	const [input] = inputs.filter(({ name }) => !constants.has(name));
	const [output] = messages(graph, 12).map((value) => textOf(value, 1));
	if (input === undefined || output === undefined) throw new Error("the ONNX graph has no input or no output");
	return { operations: messages(graph, 1).map(readOperation), constants, input, output };
}

function readOperation(message: Uint8Array): OnnxOperation {
	const [output = ""] = texts(message, 2);
	const attributes = new Map(messages(message, 5).map((each) => [textOf(each, 1), readAttribute(each)]));
	return { kind: textOf(message, 4), inputs: texts(message, 1), output, attributes };
}

function readAttribute(message: Uint8Array): OnnxAttribute {
	return { int: ints(message, 3)[0] ?? null, ints: ints(message, 8), text: textOf(message, 4) };
}

function readTensor(message: Uint8Array): [string, Weights] {
	const name = textOf(message, 8);
	const shape = ints(message, 1);
	const [type] = ints(message, 2);
	const [raw] = messages(message, 9);
	const length = shape.reduce((product, size) => product * size, 1);
	const bytesPerValue = type === dataTypes.int64 ? 8 : 4;
	if ((type !== dataTypes.float && type !== dataTypes.int64) || raw?.length !== length * bytesPerValue)
		throw new Error(`the constant ${name} is not one of float32 or int64 in raw form`);
	const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
	const valueAt = (at: number) =>
		type === dataTypes.float ? view.getFloat32(at * 4, true) : Number(view.getBigInt64(at * 8, true));
	return [name, { shape, values: Float32Array.from({ length }, (_, at) => valueAt(at)) }];
}

/** ValueInfoProto ▸ TypeProto ▸ Tensor ▸ TensorShapeProto. A size that is not fixed is read as −1. */
function readInput(message: Uint8Array): OnnxModel["input"] {
	const [shape] = [2, 1, 2].reduce<readonly Uint8Array[]>(
		(path, field) => messages(path[0] ?? new Uint8Array(), field),
		[message],
	);
	const sizes = messages(shape ?? new Uint8Array(), 1).map((size) => ints(size, 1)[0] ?? -1);
	return { name: textOf(message, 1), shape: sizes };
}

function messages(message: Uint8Array, wanted: number): readonly Uint8Array[] {
	const found: Uint8Array[] = [];
	for (const each of readProtobuf(message)) if (each.field === wanted && each.kind === "bytes") found.push(each.value);
	return found;
}

function texts(message: Uint8Array, wanted: number): readonly string[] {
	return messages(message, wanted).map((bytes) => Buffer.from(bytes).toString("utf8"));
}

function textOf(message: Uint8Array, wanted: number): string {
	return texts(message, wanted)[0] ?? "";
}

function ints(message: Uint8Array, wanted: number): readonly number[] {
	const found: number[] = [];
	for (const each of readProtobuf(message)) {
		if (each.field !== wanted) continue;
		if (each.kind === "int") found.push(each.value);
		else if (each.kind === "bytes") found.push(...readPackedInts(each.value));
	}
	return found;
}
