import type { Model, ModelInput } from "../../core/scoring/model-registry.ts";
import { foldLayers } from "./conversion/fold-layers.ts";
import { readLayersModel } from "./conversion/layers-model.ts";
import type { Network } from "./conversion/network.ts";
import { scaleInput } from "./conversion/scale-input.ts";
import { toModelPixels } from "./to-model-pixels.ts";

/** True where the network itself can do all that its input needs, so that it takes bytes as they are. */
function takesBytes({ colorOrder, mean }: ModelInput): boolean {
	return colorOrder === "rgb" && mean.every((value) => value === 0);
}

/** The network that is run, from the files of the registry. */
export function readNetwork(model: Pick<Model, "input">, topology: string, weights: Uint8Array): Network {
	const network = foldLayers(readLayersModel(JSON.parse(topology), weights));
	return takesBytes(model.input) ? scaleInput(network, model.input.scale) : network;
}

/** RGB bytes of pictures laid end to end → what the network of {@link readNetwork} takes. */
export function toNetworkInput(rgb: Uint8Array, input: ModelInput): Float32Array {
	return takesBytes(input) ? new Float32Array(rgb) : toModelPixels(rgb, input);
}
