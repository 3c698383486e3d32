import { createHash } from "node:crypto";
import { graphModelJson, toGraphModel } from "../../services/adapters/tensorflow/conversion/graph-model.ts";
import type { Network } from "../../services/adapters/tensorflow/conversion/network.ts";
import { toSavedModel } from "../../services/adapters/tensorflow/conversion/saved-model.ts";
import type { Model } from "../../services/core/scoring/model-registry.ts";
import type { PublishedFile } from "./recipe.ts";

export interface Artefacts {
	/** For TensorFlow.js anywhere: model.json and its weights. */
	readonly graphModel: readonly PublishedFile[];
	/** For TensorFlow's native library: saved_model.pb. */
	readonly savedModel: readonly PublishedFile[];
}

export function makeArtefacts(network: Network): Artefacts {
	const graph = toGraphModel(network);
	const topology = `${JSON.stringify(graphModelJson(graph, "weights.bin"))}\n`;
	return {
		graphModel: [
			{ name: "model.json", bytes: Buffer.from(topology) },
			{ name: "weights.bin", bytes: new Uint8Array(graph.weightData) },
		],
		savedModel: [{ name: "saved_model.pb", bytes: toSavedModel(network) }],
	};
}

/** What the registry's `derived` holds: for each artefact the SHA-256 of its files, one after another. */
export function checksumsOf({ graphModel, savedModel }: Artefacts): Model["derived"] {
	return { graphModel: checksum(graphModel), savedModel: checksum(savedModel) };
}

function checksum(files: readonly PublishedFile[]): string {
	const hash = createHash("sha256");
	for (const { bytes } of files) hash.update(bytes);
	return hash.digest("hex");
}
