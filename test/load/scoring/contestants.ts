// The programs that are compared. Each takes the same pictures: 224×224 RGB bytes, or JPEG files.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import sharp from "sharp";
import { createImageExaminer } from "../../../services/adapters/sharp/image-examiner.ts";
import { foldLayers } from "../../../services/adapters/tensorflow/conversion/fold-layers.ts";
import { readLayersModel } from "../../../services/adapters/tensorflow/conversion/layers-model.ts";
import { toOnnx } from "../../../services/adapters/tensorflow/conversion/onnx-writer.ts";
import { createTensorflowScorer } from "../../../services/adapters/tensorflow/tensorflow-scorer.ts";
import { toModelPixels } from "../../../services/adapters/tensorflow/to-model-pixels.ts";
import { findModel, type Model, modelRegistrySchema } from "../../../services/core/scoring/model-registry.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";

export interface Contestant extends AsyncDisposable {
	/** Answers the model's outputs, picture by picture. */
	scorePixels(pictures: readonly Uint8Array[]): Promise<readonly (readonly number[])[]>;
	/** From files to scores, as many at once as it likes. */
	scoreFiles(files: readonly Uint8Array[]): Promise<void>;
}

export const contestantNames = [
	"ours-node",
	"ours-node-without-onednn",
	"ours-onnx",
	"ours-wasm",
	"nsfwjs-node",
	"nsfwjs-wasm",
	"onnxruntime",
] as const;
export type ContestantName = (typeof contestantNames)[number];

export function openContestant(name: ContestantName, peersDir: string, dataDir: string): Promise<Contestant> {
	switch (name) {
		case "ours-node":
			return openOurs("node", dataDir);
		case "ours-node-without-onednn":
			process.env.TF_ENABLE_ONEDNN_OPTS = "0";
			return openOurs("node", dataDir);
		case "ours-onnx":
			return openOurs("onnx", dataDir);
		case "ours-wasm":
			return openOurs("wasm", dataDir);
		case "nsfwjs-node":
			return openNsfwjs("node", peersDir);
		case "nsfwjs-wasm":
			return openNsfwjs("wasm", peersDir);
		case "onnxruntime":
			return openOnnxruntime(peersDir);
	}
}

const modelId = "nsfwjs-mobilenet-v2";
const size = 224;

async function openOurs(backend: "node" | "onnx" | "wasm", dataDir: string): Promise<Contestant> {
	const scorer = await createTensorflowScorer({
		modelsDir: fromPackageRoot("models"),
		dataDir,
		model: modelId,
		backend,
		batchSize: 16,
		maxWaitMs: 5,
		deadlineMs: 60_000,
		maxQueued: 1_000,
	});
	const limits = { maxBytes: 50_000_000, maxPixels: 100_000_000, timeoutMs: 60_000, maxFrames: 1 };
	let examiner: ReturnType<typeof createImageExaminer> | null = null;
	const examine = async (file: Uint8Array): Promise<Uint8Array> => {
		examiner ??= createImageExaminer({ workers: 2, modelSize: size, limits, logger: silentLogger });
		const examined = await examiner.examine(file, AbortSignal.timeout(60_000));
		const raster = examined.kind === "examined" ? examined.rasters[0] : undefined;
		if (raster === undefined) throw new Error("a sample picture could not be examined");
		return raster;
	};
	const score = async (rgb: Uint8Array): Promise<readonly number[]> => {
		const [result] = await scorer.score([{ rgb, size }]);
		if (result?.kind !== "scored") throw new Error("a sample picture could not be scored");
		return Object.values(result.labels);
	};
	return {
		scorePixels: (pictures) => Promise.all(pictures.map(score)),
		// What the detector does: hashes and pixels in one go, then the score.
		async scoreFiles(files) {
			await Promise.all(files.map(async (file) => score(await examine(file))));
		},
		async [Symbol.asyncDispose]() {
			await examiner?.[Symbol.asyncDispose]();
			await scorer[Symbol.asyncDispose]();
		},
	};
}

/** What is used of TensorFlow.js as nsfwjs sees it. */
interface PeerTensorflow {
	setBackend(name: string): Promise<boolean>;
	enableProdMode(): void;
	tensor3d(values: Uint8Array, shape: readonly number[], dtype: "int32"): { dispose(): void };
}

/** The JPEG decoder of a peer that brings none is sharp, as ours. */
async function decodeToSquare(file: Uint8Array): Promise<Uint8Array> {
	return sharp(file)
		.resize({ width: size, height: size, fit: "fill", kernel: "linear" })
		.removeAlpha()
		.raw()
		.toBuffer();
}

async function openNsfwjs(backend: "node" | "wasm", peersDir: string): Promise<Contestant> {
	const require = createRequire(join(peersDir, "package.json"));
	require(backend === "node" ? "@tensorflow/tfjs-node" : "@tensorflow/tfjs-backend-wasm");
	const tf: PeerTensorflow = require("@tensorflow/tfjs");
	tf.enableProdMode();
	if (!(await tf.setBackend(backend === "node" ? "tensorflow" : "wasm"))) throw new Error("the backend did not start");
	const nsfwjs = require("nsfwjs");
	const { MobileNetV2Model } = require("nsfwjs/models/mobilenet_v2");
	const model = await nsfwjs.load("MobileNetV2", { modelDefinitions: [MobileNetV2Model] });
	const labels = modelEntry().labels;
	const classify = async (rgb: Uint8Array): Promise<readonly number[]> => {
		const picture = tf.tensor3d(rgb, [size, size, 3], "int32");
		const found: { className: string; probability: number }[] = await model.classify(picture);
		picture.dispose();
		return labels.map((label) => found.find(({ className }) => className === label)?.probability ?? Number.NaN);
	};
	const each = async (pictures: readonly Uint8Array[]) => {
		const outputs: (readonly number[])[] = [];
		for (const rgb of pictures) outputs.push(await classify(rgb));
		return outputs;
	};
	return {
		scorePixels: each,
		async scoreFiles(files) {
			await each(await Promise.all(files.map(decodeToSquare)));
		},
		async [Symbol.asyncDispose]() {},
	};
}

async function openOnnxruntime(peersDir: string): Promise<Contestant> {
	const require = createRequire(join(peersDir, "package.json"));
	const ort = await import(pathToFileURL(require.resolve("onnxruntime-node")).href);
	const session = await ort.default.InferenceSession.create(readFileSync(join(peersDir, "network.onnx")));
	const { input, labels } = modelEntry();
	const scorePixels = async (pictures: readonly Uint8Array[]) => {
		const pixels = toModelPixels(Buffer.concat(pictures), input);
		const tensor = new ort.default.Tensor("float32", pixels, [pictures.length, size, size, 3]);
		const outputs = await session.run({ [session.inputNames[0]]: tensor });
		const values: Float32Array = outputs[session.outputNames[0]].data;
		return pictures.map((_, at) => [...values.subarray(at * labels.length, (at + 1) * labels.length)]);
	};
	return {
		scorePixels,
		async scoreFiles(files) {
			await scorePixels(await Promise.all(files.map(decodeToSquare)));
		},
		async [Symbol.asyncDispose]() {},
	};
}

/** The registry's weights as ONNX. */
export function onnxBytes(): Uint8Array {
	const [topology, ...weights] = modelEntry().files.map(({ name }) =>
		readFileSync(fromPackageRoot("models", modelId, name)),
	);
	return toOnnx(foldLayers(readLayersModel(JSON.parse(String(topology)), new Uint8Array(Buffer.concat(weights)))));
}

function modelEntry(): Model {
	const registry = readFileSync(fromPackageRoot("models", "registry.json"), "utf8");
	return findModel(modelRegistrySchema.parse(JSON.parse(registry)), modelId);
}
