import { type Attribute, type GraphNode, toGraph } from "./graph.ts";
import { inputName, type Network } from "./network.ts";
import { ProtobufWriter } from "./protobuf-writer.ts";

/** Field numbers are those of tensorflow/core/protobuf/{saved_model,meta_graph}.proto and core/framework/*.proto. */
const dataTypes = { float: 1, int32: 3 } as const;
const graphProducer = 1645;

/** A frozen SavedModel (all weights are constants in the graph): the bytes of its saved_model.pb. Equal networks give equal bytes. */
export function toSavedModel(network: Network): Uint8Array {
	const nodes = toGraph(network, "plain");
	const output = nodes.at(-1)?.name ?? "";
	const graph = new ProtobufWriter();
	for (const node of nodes) graph.message(1, nodeMessage(node));
	graph.message(4, new ProtobufWriter().int(1, graphProducer));
	const metaInfo = new ProtobufWriter().text(4, "serve").text(5, "2.15.1");
	const signature = new ProtobufWriter()
		.entry(1, inputName, tensorInfo(inputName, [-1, ...network.inputShape]))
		.entry(2, "output", tensorInfo(output, null))
		.text(3, "tensorflow/serving/predict");
	const metaGraph = new ProtobufWriter().message(1, metaInfo).message(2, graph).entry(5, "serving_default", signature);
	return new ProtobufWriter().int(1, 1).message(2, metaGraph).finish();
}

function tensorInfo(node: string, shape: readonly number[] | null): ProtobufWriter {
	return new ProtobufWriter()
		.text(1, `${node}:0`)
		.int(2, dataTypes.float)
		.message(3, shape === null ? new ProtobufWriter().int(3, 1) : shapeMessage(shape));
}

function nodeMessage({ name, op, inputs, attributes }: GraphNode): ProtobufWriter {
	const message = new ProtobufWriter().text(1, name).text(2, op);
	for (const input of inputs) message.text(3, input);
	for (const [key, value] of Object.entries(attributes)) message.entry(5, key, attributeMessage(value));
	return message;
}

function attributeMessage(attribute: Attribute): ProtobufWriter {
	const message = new ProtobufWriter();
	switch (attribute.kind) {
		case "type":
			return message.int(6, dataTypes[attribute.value]);
		case "text":
			return message.text(2, attribute.value);
		case "texts": {
			const list = new ProtobufWriter();
			for (const text of attribute.value) list.text(2, text);
			return message.message(1, list);
		}
		case "int":
			return message.int(3, attribute.value);
		case "ints":
			return message.message(1, new ProtobufWriter().ints(3, attribute.value));
		case "float":
			return message.float(4, attribute.value);
		case "flag":
			return message.int(5, attribute.value ? 1 : 0);
		case "shape":
			return message.message(7, shapeMessage(attribute.value));
		case "tensor": {
			const { values, shape } = attribute;
			const content = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
			const tensor = new ProtobufWriter()
				.int(1, values instanceof Float32Array ? dataTypes.float : dataTypes.int32)
				.message(2, shapeMessage(shape))
				.bytes(4, content);
			return message.message(8, tensor);
		}
	}
}

function shapeMessage(shape: readonly number[]): ProtobufWriter {
	const message = new ProtobufWriter();
	for (const size of shape) message.message(2, new ProtobufWriter().int(1, size));
	return message;
}
