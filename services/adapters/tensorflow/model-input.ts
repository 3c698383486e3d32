import { givenSize, type Model, type ModelInput } from "../../core/scoring/model-registry.ts";
import { foldLayers } from "./conversion/fold-layers.ts";
import { foldOnnx } from "./conversion/fold-onnx.ts";
import { readLayersModel } from "./conversion/layers-model.ts";
import type { Network } from "./conversion/network.ts";
import { readOnnxModel } from "./conversion/onnx-model.ts";
import { scaleInput } from "./conversion/scale-input.ts";
import { cropMiddles } from "./crop-middles.ts";
import { toModelPixels } from "./to-model-pixels.ts";

/** True where the network itself can do all that its input needs, so that it takes bytes as they are. */
function takesBytes({ colorOrder, mean }: ModelInput): boolean {
	return colorOrder === "rgb" && mean.every((value) => value === 0);
}

/** The network that is run, from the files of the registry (see ModelFiles). */
export function readNetwork(
	{ format, input }: Pick<Model, "format" | "input">,
	topology: string,
	weights: Uint8Array,
): Network {
	const network =
		format === "onnx" ? foldOnnx(readOnnxModel(weights)) : foldLayers(readLayersModel(JSON.parse(topology), weights));
	return takesBytes(input) ? scaleInput(network, input.scale) : network;
}

/** RGB bytes of pictures laid end to end, as the caller gives them → what the network of {@link readNetwork} takes. */
export function toNetworkInput(rgb: Uint8Array, input: ModelInput): Float32Array {
	const seen = cropMiddles(rgb, givenSize(input), input.size);
	return takesBytes(input) ? new Float32Array(seen) : toModelPixels(seen, input);
}
