import type { Tensor } from "@tensorflow/tfjs-core";
import type { Model } from "../../core/scoring/model-registry.ts";
import { type Backend, usageOf } from "./backend.ts";
import type { Network } from "./conversion/network.ts";
import { ensureSavedModel } from "./write-saved-model.ts";

/** What is used of @tensorflow/tfjs-node. npm leaves the package out where its native library cannot be had, and its types with it. */
interface TensorflowNode {
	enableProdMode(): void;
	memory(): { readonly numTensors: number; readonly numBytes: number };
	tensor4d(values: Float32Array, shape: readonly number[]): Tensor;
	readonly node: {
		loadSavedModel(folder: string): Promise<{ predict(input: Tensor): Tensor }>;
	};
}

/**
 * TensorFlow's native library, running the model's frozen SavedModel, which is made under `savedModelsDir` on first use.
 * Rejects where the package is not installed.
 */
export async function openNodeBackend(model: Model, savedModelsDir: string, network: () => Network): Promise<Backend> {
	// libtensorflow writes its notices to standard error, among our logs, unless its environment says otherwise.
	// biome-ignore lint/style/noProcessEnv: it is TensorFlow's setting, not ours, and there is no other way to give it
	process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
	// One core for each picture, and a thread of ours for each core: handing one picture's small layers round between cores costs
	// half as much again as computing them.
	// biome-ignore lint/style/noProcessEnv: as above
	process.env.TF_NUM_INTRAOP_THREADS ??= "1";
	// oneDNN's kernels, which TensorFlow leaves off on processors without AVX-512: a third to a half less work for the same answer.
	// biome-ignore lint/style/noProcessEnv: as above
	process.env.TF_ENABLE_ONEDNN_OPTS ??= "1";
	const tf = await importTensorflowNode();
	tf.enableProdMode();
	const loaded = await tf.node.loadSavedModel(ensureSavedModel(savedModelsDir, model, network));
	const { size } = model.input;
	return {
		async predict(pixels, count) {
			const input = tf.tensor4d(pixels, [count, size, size, 3]);
			const output = loaded.predict(input);
			const values = Float32Array.from(output.dataSync<"float32">());
			input.dispose();
			output.dispose();
			return values;
		},
		usage: () => usageOf(tf.memory()),
	};
}

async function importTensorflowNode(): Promise<TensorflowNode> {
	// A variable keeps the compiler from asking for a package that may rightly be missing.
	const name = "@tensorflow/tfjs-node";
	const loaded: { readonly default: TensorflowNode } = await import(name);
	return loaded.default;
}
