import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { checksumsOf, makeArtefacts } from "../../../../models/prepare/make-artefacts.ts";
import { toGraphModel } from "../../../../services/adapters/tensorflow/conversion/graph-model.ts";
import { readLayersModel } from "../../../../services/adapters/tensorflow/conversion/layers-model.ts";
import { ProtobufWriter } from "../../../../services/adapters/tensorflow/conversion/protobuf-writer.ts";
import { readNetwork, toNetworkInput } from "../../../../services/adapters/tensorflow/model-input.ts";
import { toModelPixels } from "../../../../services/adapters/tensorflow/to-model-pixels.ts";
import { findModel, modelRegistrySchema } from "../../../../services/core/scoring/model-registry.ts";
import { fromPackageRoot } from "../../../../services/runtime/package-root.ts";

const registry = modelRegistrySchema.parse(
	JSON.parse(readFileSync(fromPackageRoot("models", "registry.json"), "utf8")),
);
const model = findModel(registry, "nsfwjs-mobilenet-v2");
const [topology, weights] = model.files.map(({ name }) => readFileSync(fromPackageRoot("models", model.id, name)));
const network = readNetwork(model, String(topology), new Uint8Array(weights ?? []));

describe("conversion", () => {
	test("gives the very artefacts that the registry promises, byte for byte", () => {
		expect(checksumsOf(makeArtefacts(network))).toEqual(model.derived);
	});

	test("leaves no batch norm and no activation of its own in the graph model", () => {
		const { topology: graph } = toGraphModel(network);
		const operations = new Set(graph.node.map((node) => Object(node).op));
		expect([...operations].toSorted()).toEqual([
			"AddV2",
			"AvgPool",
			"Const",
			"FusedDepthwiseConv2dNative",
			"Placeholder",
			"Reshape",
			"Softmax",
			"_FusedConv2D",
			"_FusedMatMul",
		]);
	});

	test("refuses a weight file longer than its manifest says", () => {
		const longer = new Uint8Array((weights?.length ?? 0) + 1);
		expect(() => readLayersModel(JSON.parse(String(topology)), longer)).toThrow(/longer/);
	});
});

describe("protobuf's wire format", () => {
	// The examples of protobuf.dev/programming-guides/encoding.
	test.each([
		["a number", new ProtobufWriter().int(1, 150), "089601"],
		["text", new ProtobufWriter().text(2, "testing"), "120774657374696e67"],
		["a message in a message", new ProtobufWriter().message(3, new ProtobufWriter().int(1, 150)), "1a03089601"],
		["packed numbers", new ProtobufWriter().ints(6, [3, 270, 86942]), "3206038e029ea705"],
		["minus two", new ProtobufWriter().int(1, -2), "08feffffffffffffffff01"],
		["a float", new ProtobufWriter().float(1, 1), "0d0000803f"],
	])("%s is written as the specification shows", (_, writer, hex) => {
		expect(Buffer.from(writer.finish()).toString("hex")).toBe(hex);
	});
});

describe("what goes into the network", () => {
	const rgb = Uint8Array.of(255, 0, 51);

	test("is the bytes themselves where the first kernel can scale them", () => {
		expect([...toNetworkInput(rgb, model.input)]).toEqual([255, 0, 51]);
	});

	test("is what the registry says where the model was trained on centered pixels", () => {
		const input = { ...model.input, mean: [5, 0, 1] as [number, number, number], scale: 1 };
		expect([...toNetworkInput(rgb, input)]).toEqual([250, 0, 50]);
	});
});

describe("a model that sees only the middle of a picture", () => {
	test("is given the middle of every picture of a batch", () => {
		// 4×4 pictures whose pixels say where they are: row, column, picture.
		const rgb = Uint8Array.from({ length: 2 * 16 * 3 }, (_, at) => {
			const pixel = Math.floor(at / 3);
			return [Math.floor(pixel / 4) % 4, pixel % 4, Math.floor(pixel / 16)][at % 3] ?? 0;
		});
		const middle = (picture: number) => [1, 1, picture, 1, 2, picture, 2, 1, picture, 2, 2, picture];
		expect([...toNetworkInput(rgb, { ...model.input, size: 2, cropFrom: 4 })]).toEqual([...middle(0), ...middle(1)]);
	});
});

describe("pixels for a model", () => {
	const rgb = Uint8Array.of(255, 0, 51);

	test("are scaled in the order of red, green, blue", () => {
		expect([...toModelPixels(rgb, { ...model.input, scale: 1 / 255 })]).toEqual([1, 0, Math.fround(0.2)]);
	});

	test("are turned round and centered where the model was trained so", () => {
		const input = { ...model.input, colorOrder: "bgr" as const, mean: [1, 2, 3] as [number, number, number], scale: 1 };
		expect([...toModelPixels(rgb, input)]).toEqual([50, -2, 252]);
	});
});
