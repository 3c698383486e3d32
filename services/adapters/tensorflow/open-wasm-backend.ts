import { loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import { type Backend, usageOf } from "./backend.ts";
import { toGraphModel } from "./conversion/graph-model.ts";
import type { Network } from "./conversion/network.ts";

/** WebAssembly (SIMD where the machine has it, one thread: the package offers no threads in Node) or plain JavaScript. */
export async function openWasmBackend(network: Network, kind: "wasm" | "cpu"): Promise<Backend> {
	tf.enableProdMode();
	if (kind === "wasm") await import("@tensorflow/tfjs-backend-wasm");
	else await import("@tensorflow/tfjs-backend-cpu");
	if (!(await tf.setBackend(kind))) throw new Error(`the ${kind} backend did not start`);
	const { topology, weightSpecs, weightData, signature } = toGraphModel(network);
	const artifacts: tf.io.ModelArtifacts = { modelTopology: topology, weightSpecs, weightData, signature };
	const model = await loadGraphModel(tf.io.fromMemory(artifacts));
	const [height, width, channels] = network.inputShape;
	const length = height * width * channels;

	const predictOne = (pixels: Float32Array): Float32Array => {
		const output = tf.tidy(() => model.execute(tf.tensor4d(pixels, [1, height, width, channels])));
		if (!(output instanceof tf.Tensor)) throw new Error("the model has more than one output");
		const values = output.dataSync<"float32">();
		output.dispose();
		return Float32Array.from(values);
	};
	return {
		// One picture at a time: a larger batch outgrows the processor's caches and takes longer for each picture.
		async predict(pixels, count) {
			const rows = Array.from({ length: count }, (_, at) =>
				predictOne(pixels.subarray(at * length, (at + 1) * length)),
			);
			const rowLength = rows[0]?.length ?? 0;
			const all = new Float32Array(rowLength * count);
			rows.forEach((row, at) => {
				all.set(row, at * rowLength);
			});
			return all;
		},
		usage: () => usageOf(tf.memory()),
	};
}
