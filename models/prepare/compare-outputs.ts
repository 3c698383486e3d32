import { readNetwork, toNetworkInput } from "../../services/adapters/tensorflow/model-input.ts";
import { openWasmBackend } from "../../services/adapters/tensorflow/open-wasm-backend.ts";
import { toModelPixels } from "../../services/adapters/tensorflow/to-model-pixels.ts";
import type { ModelInput } from "../../services/core/scoring/model-registry.ts";
import { fixedPictures } from "./fixed-pictures.ts";
import type { PublishedModel } from "./read-nsfwjs.ts";

/** What is used of the original's own TensorFlow.js. */
interface Tensorflow {
	setBackend(name: string): Promise<boolean>;
	tensor(values: Float32Array, shape: readonly number[]): unknown;
	tidy<T>(run: () => T): T;
	loadLayersModel(handler: { load(): Promise<unknown> }): Promise<{
		predict(input: unknown): { dataSync(): Float32Array };
	}>;
}

export interface Comparison {
	readonly largestDifference: number;
	/** The original's output by picture. */
	readonly original: Readonly<Record<string, readonly number[]>>;
}

/** Runs the original, op by op on the original's own TensorFlow.js, and the converted model on the same pictures. */
export async function compareOutputs(
	require: NodeJS.Require,
	published: PublishedModel,
	input: ModelInput,
): Promise<Comparison> {
	const tf: Tensorflow = require("@tensorflow/tfjs");
	await tf.setBackend("cpu");
	const topology = JSON.parse(published.topology);
	const weights = Buffer.concat(published.weightFiles.map(({ bytes }) => bytes));
	const weightSpecs = topology.weightsManifest.flatMap((group: { weights: unknown[] }) => group.weights);
	const weightData = new Uint8Array(weights).buffer;
	const layers = await tf.loadLayersModel({
		load: async () => ({ modelTopology: topology.modelTopology, weightSpecs, weightData }),
	});
	const converted = await openWasmBackend(readNetwork({ input }, published.topology, weights), "wasm");
	const original: Record<string, readonly number[]> = {};
	let largestDifference = 0;
	for (const { name, rgb } of fixedPictures(input.size)) {
		const pixels = toModelPixels(rgb, input);
		const expected = tf.tidy(() => layers.predict(tf.tensor(pixels, [1, input.size, input.size, 3])).dataSync());
		const actual = converted.predict(toNetworkInput(rgb, input), 1);
		original[name] = [...expected];
		expected.forEach((value, at) => {
			largestDifference = Math.max(largestDifference, Math.abs(value - (actual[at] ?? Number.NaN)));
		});
	}
	return { largestDifference, original };
}
