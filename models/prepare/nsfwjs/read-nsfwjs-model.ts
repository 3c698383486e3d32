import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PublishedFile } from "../recipe.ts";

/** nsfwjs ships its models as CommonJS bundles: one exports the topology, the others their weights in base64. */
export function readNsfwjsModel(
	require: NodeJS.Require,
	name: "mobilenet_v2" | "inception_v3",
): readonly PublishedFile[] {
	const folder = join(dirname(require.resolve("nsfwjs")), "..", "models", name);
	const topology: unknown = require(join(folder, "model.min.js"));
	const shards = readdirSync(folder)
		.filter((file) => file.startsWith("group1-shard"))
		.toSorted();
	const weights = shards.map((file) => {
		const base64: unknown = require(join(folder, file));
		if (typeof base64 !== "string") throw new Error(`${file} does not hold weights`);
		return { name: file.replace(".min.js", ".bin"), bytes: Buffer.from(base64, "base64") };
	});
	return [{ name: "model.json", bytes: Buffer.from(`${JSON.stringify(topology)}\n`) }, ...weights];
}
