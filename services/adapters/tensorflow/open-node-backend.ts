import type { Tensor } from "@tensorflow/tfjs-core";
import type { Backend } from "./backend.ts";

/** What is used of @tensorflow/tfjs-node. npm leaves the package out where its native library cannot be had, and its types with it. */
interface TensorflowNode {
	enableProdMode(): void;
	memory(): { readonly numTensors: number; readonly numBytes: number };
	tensor4d(values: Float32Array, shape: readonly number[]): Tensor;
	readonly node: {
		loadSavedModel(folder: string): Promise<{ predict(input: Tensor): Tensor }>;
	};
}

/** TensorFlow's native library, running the frozen SavedModel in `savedModelDir`. Rejects where the package is not installed. */
export async function openNodeBackend(
	inputShape: readonly [number, number, number],
	savedModelDir: string,
): Promise<Backend> {
	// libtensorflow writes its notices to standard error, among our logs, unless its environment says otherwise.
	// biome-ignore lint/style/noProcessEnv: it is TensorFlow's setting, not ours, and there is no other way to give it
	process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
	const tf = await importTensorflowNode();
	tf.enableProdMode();
	const model = await tf.node.loadSavedModel(savedModelDir);
	return {
		predict(pixels, count) {
			const input = tf.tensor4d(pixels, [count, ...inputShape]);
			const output = model.predict(input);
			const values = Float32Array.from(output.dataSync<"float32">());
			input.dispose();
			output.dispose();
			return values;
		},
		usage() {
			const { numTensors, numBytes } = tf.memory();
			return { tensors: numTensors, bytes: numBytes };
		},
	};
}

async function importTensorflowNode(): Promise<TensorflowNode> {
	// A variable keeps the compiler from asking for a package that may rightly be missing.
	const name = "@tensorflow/tfjs-node";
	const loaded: { readonly default: TensorflowNode } = await import(name);
	return loaded.default;
}
