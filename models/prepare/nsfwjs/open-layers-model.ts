import type { Model } from "../../../services/core/scoring/model-registry.ts";
import type { PublishedFile, RunOriginal } from "../recipe.ts";

/** What is used of the original's own TensorFlow.js. */
interface Tensorflow {
	setBackend(name: string): Promise<boolean>;
	tensor(values: Float32Array, shape: readonly number[]): unknown;
	tidy<T>(run: () => T): T;
	loadLayersModel(handler: { load(): Promise<unknown> }): Promise<{
		predict(input: unknown): { dataSync(): Float32Array };
	}>;
}

/** The layers model as published, op by op in plain JavaScript. */
export async function openLayersModel(
	[topologyFile, ...weightFiles]: readonly PublishedFile[],
	{ input: { size } }: Model,
	require: NodeJS.Require,
): Promise<RunOriginal> {
	const tf: Tensorflow = require("@tensorflow/tfjs");
	await tf.setBackend("cpu");
	const topology = JSON.parse(Buffer.from(topologyFile?.bytes ?? []).toString("utf8"));
	const weightSpecs = topology.weightsManifest.flatMap((group: { weights: unknown[] }) => group.weights);
	const weightData = new Uint8Array(Buffer.concat(weightFiles.map(({ bytes }) => bytes))).buffer;
	const layers = await tf.loadLayersModel({
		load: async () => ({ modelTopology: topology.modelTopology, weightSpecs, weightData }),
	});
	return async (pixels) => [...tf.tidy(() => layers.predict(tf.tensor(pixels, [1, size, size, 3])).dataSync())];
}
