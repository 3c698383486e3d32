// npm run models:prepare -- [MODEL …]: fetches what models are made of, writes what is not committed, and compares every
// conversion with its original on fixed pictures.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { toSavedModel } from "../../services/adapters/tensorflow/conversion/saved-model.ts";
import { readNetwork } from "../../services/adapters/tensorflow/model-input.ts";
import { findModel, type Model, modelRegistrySchema } from "../../services/core/scoring/model-registry.ts";
import { fromPackageRoot } from "../../services/runtime/package-root.ts";
import { compareOutputs } from "./compare-outputs.ts";
import { installOriginals } from "./install-originals.ts";
import { type PublishedModel, readNsfwjsModel } from "./read-nsfwjs.ts";

const publishedAs = { "nsfwjs-mobilenet-v2": "mobilenet_v2", "nsfwjs-inception-v3": "inception_v3" } as const;
type Known = keyof typeof publishedAs;
const tolerance = 1e-3;

const { positionals, values } = parseArgs({
	allowPositionals: true,
	options: { vectors: { type: "string" } },
});

function isKnown(id: string): id is Known {
	return id in publishedAs;
}

/** Writes the files of a model that is not committed; for one that is, says where they differ. */
function placeFiles(model: Model, published: PublishedModel): void {
	const files = [{ name: "model.json", bytes: Buffer.from(published.topology) }, ...published.weightFiles];
	for (const { name, bytes } of files) {
		const promised = model.files.find((file) => file.name === name)?.sha256;
		const actual = createHash("sha256").update(bytes).digest("hex");
		if (promised !== actual)
			throw new Error(`${model.id}: ${name} is not what the registry describes: it has ${actual}`);
		if (model.committed) continue;
		mkdirSync(fromPackageRoot("models", model.id), { recursive: true });
		writeFileSync(fromPackageRoot("models", model.id, name), bytes);
	}
}

/** The native library's form is made on first use; here it is only proved to be what the registry promises. */
function checkDerived(model: Model, { topology, weightFiles }: PublishedModel): void {
	const weights = new Uint8Array(Buffer.concat(weightFiles.map(({ bytes }) => bytes)));
	const actual = createHash("sha256")
		.update(toSavedModel(readNetwork(model, topology, weights)))
		.digest("hex");
	if (actual !== model.derived.savedModel)
		throw new Error(`${model.id}: the SavedModel is not what the registry describes: it has ${actual}`);
}

const registry = modelRegistrySchema.parse(
	JSON.parse(readFileSync(fromPackageRoot("models", "registry.json"), "utf8")),
);
const chosen = positionals.length > 0 ? positionals : registry.models.map(({ id }) => id).filter(isKnown);
const originals = installOriginals(fromPackageRoot(".cache", "models-prepare"));
for (const id of chosen) {
	const model = findModel(registry, id);
	if (!isKnown(id)) throw new Error(`there is no recipe for ${id}`);
	const published = readNsfwjsModel(originals, publishedAs[id]);
	placeFiles(model, published);
	checkDerived(model, published);
	const { largestDifference, original } = await compareOutputs(originals, published, model.input);
	const isEqual = largestDifference <= tolerance;
	process.stdout.write(`${id}: largest difference from the original ${largestDifference.toExponential(2)}\n`);
	if (!isEqual) process.exitCode = 1;
	if (values.vectors !== undefined) {
		const content = {
			model: id,
			pictures: "models/prepare/fixed-pictures.ts",
			labels: model.labels,
			outputs: original,
		};
		writeFileSync(`${values.vectors}/${id}.json`, `${JSON.stringify(content, null, "\t")}\n`);
	}
}
