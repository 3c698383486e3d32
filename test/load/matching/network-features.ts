// What the scorer's network makes of a picture before it says what it shows.
import { toModelRaster } from "../../../services/adapters/sharp/model-raster.ts";
import type { Network, NetworkNode } from "../../../services/adapters/tensorflow/conversion/network.ts";
import { loadModelFiles } from "../../../services/adapters/tensorflow/load-model-files.ts";
import { readNetwork, toNetworkInput } from "../../../services/adapters/tensorflow/model-input.ts";
import { openWasmBackend } from "../../../services/adapters/tensorflow/open-wasm-backend.ts";
import type { Raster } from "../../../services/core/hashes/pdq/hashed-size.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";

export interface Features {
	/** 128 values: the layer of which the last one makes its five scores. */
	readonly lastButOne: Float32Array;
	/** 1 280 values: what the convolutions see, averaged over the picture. */
	readonly pooled: Float32Array;
}

type DenseNode = Extract<NetworkNode, { readonly kind: "dense" }>;

export async function openFeatures(): Promise<(raster: Raster) => Promise<Features>> {
	const { model, topology, weights } = await loadModelFiles(fromPackageRoot("models"), "nsfwjs-mobilenet-v2");
	const network = readNetwork(model, topology, weights);
	const dense = network.nodes.filter((node): node is DenseNode => node.kind === "dense");
	const backend = await openWasmBackend(beforeDense(network), "wasm");
	return async (raster) => {
		const seen = await toModelRaster(raster, 1, model.input.size);
		const pooled = await backend.predict(toNetworkInput(seen, model.input), 1);
		const lastButOne = dense.slice(0, -1).reduce(applyDense, pooled);
		return { pooled, lastButOne };
	};
}

function beforeDense({ inputShape, nodes }: Network): Network {
	return {
		inputShape,
		nodes: nodes.slice(
			0,
			nodes.findIndex(({ kind }) => kind === "dense"),
		),
	};
}

/** With its activation, of which the network has but one. */
function applyDense(values: Float32Array, { kernel, bias, activation }: DenseNode): Float32Array {
	if (activation !== "relu") throw new Error(`a dense layer with the activation ${activation}`);
	const out = Float32Array.from(bias.values);
	for (const [row, value] of values.entries())
		for (let column = 0; column < out.length; column += 1)
			out[column] = (out[column] ?? 0) + value * (kernel.values[row * out.length + column] ?? 0);
	return out.map((value) => Math.max(0, value));
}
