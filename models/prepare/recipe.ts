import type { Model } from "../../services/core/scoring/model-registry.ts";
import { openLayersModel } from "./nsfwjs/open-layers-model.ts";
import { readNsfwjsModel } from "./nsfwjs/read-nsfwjs-model.ts";
import { fetchOpenNsfw } from "./open-nsfw/fetch-open-nsfw.ts";
import { openOnnxModel } from "./open-nsfw/open-onnx-model.ts";

/** A file as its author published it. */
export interface PublishedFile {
	readonly name: string;
	readonly bytes: Uint8Array;
}

/** The original, on its own runtime: one picture's numbers, as the model takes them → its output. */
export type RunOriginal = (pixels: Float32Array) => Promise<readonly number[]>;

/** How a model is had, and what its conversion is compared with. */
export interface Recipe {
	/** The files of the registry, in its order. */
	fetch(workFolder: string, originals: NodeJS.Require): readonly PublishedFile[];
	openOriginal(files: readonly PublishedFile[], model: Model, originals: NodeJS.Require): Promise<RunOriginal>;
}

export const recipes: Readonly<Record<string, Recipe>> = {
	"nsfwjs-mobilenet-v2": {
		fetch: (_, originals) => readNsfwjsModel(originals, "mobilenet_v2"),
		openOriginal: openLayersModel,
	},
	"nsfwjs-inception-v3": {
		fetch: (_, originals) => readNsfwjsModel(originals, "inception_v3"),
		openOriginal: openLayersModel,
	},
	"open-nsfw": { fetch: fetchOpenNsfw, openOriginal: openOnnxModel },
};
