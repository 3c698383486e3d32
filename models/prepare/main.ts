// npm run models:prepare -- [MODEL …] [--write FOLDER] [--vectors FOLDER]
// Fetches what models are made of, places the files that are not committed, and proves every conversion: its artefacts are
// byte for byte those of the registry, and on fixed pictures they answer as the original does. `--write` keeps the artefacts
// (FOLDER/MODEL/graph-model, FOLDER/MODEL/saved-model); `--vectors` keeps the original's answers.
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { modelFilesOf, readRegistry } from "../../services/adapters/tensorflow/load-model-files.ts";
import { readNetwork } from "../../services/adapters/tensorflow/model-input.ts";
import { createTensorflowScorer } from "../../services/adapters/tensorflow/tensorflow-scorer.ts";
import type { Scorer } from "../../services/core/ports/scorer.ts";
import {
	findModel,
	findTextModel,
	type Model,
	type ModelBackend,
	type TextModel,
} from "../../services/core/scoring/model-registry.ts";
import { fromPackageRoot } from "../../services/runtime/package-root.ts";
import { checkTextFiles, prepareTextModel } from "./alt-profanity-check/prepare-text-model.ts";
import { largestDifference, type OutputsByPicture, originalOutputs } from "./compare-outputs.ts";
import { installOriginals } from "./install-originals.ts";
import { type Artefacts, checksumsOf, makeArtefacts } from "./make-artefacts.ts";
import { type PublishedFile, type Recipe, recipes } from "./recipe.ts";

const tolerance = 1e-3;
const textTolerance = 1e-4;

const { positionals, values } = parseArgs({
	allowPositionals: true,
	options: { vectors: { type: "string" }, write: { type: "string" } },
});

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Writes the files of a model that is not committed; for one that is, says where they differ. */
function placeFiles(model: Model, published: readonly PublishedFile[]): void {
	for (const [at, { name, bytes }] of published.entries()) {
		const promised = model.files[at];
		const actual = createHash("sha256").update(bytes).digest("hex");
		if (promised?.name !== name || promised.sha256 !== actual)
			throw new Error(`${model.id}: ${name} is not what the registry describes: it has ${actual}`);
		if (!model.committed) write(fromPackageRoot("models", model.id), [{ name, bytes }]);
	}
}

function write(folder: string, files: readonly PublishedFile[]): void {
	mkdirSync(folder, { recursive: true });
	for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes);
}

function keepArtefacts(folder: string, { id }: Model, { graphModel, savedModel }: Artefacts): void {
	write(join(folder, id, "graph-model"), graphModel);
	write(join(folder, id, "saved-model"), savedModel);
}

function keepVectors(folder: string, { id, labels }: Model, outputs: OutputsByPicture): void {
	const content = { model: id, pictures: "models/prepare/fixed-pictures.ts", labels, outputs };
	write(folder, [{ name: `${id}.json`, bytes: Buffer.from(`${JSON.stringify(content, null, "\t")}\n`) }]);
}

async function prepare(model: Model, { fetch, openOriginal }: Recipe): Promise<void> {
	const published = fetch(workFolder, originals);
	placeFiles(model, published);
	const { topology, weights } = modelFilesOf(
		model,
		published.map(({ bytes }) => bytes),
	);
	const artefacts = makeArtefacts(readNetwork(model, topology, weights));
	const derived = checksumsOf(artefacts);
	if (derived.graphModel !== model.derived.graphModel || derived.savedModel !== model.derived.savedModel)
		throw new Error(`${model.id}: the artefacts are not what the registry describes: ${JSON.stringify(derived)}`);
	if (values.write !== undefined) keepArtefacts(values.write, model, artefacts);

	const outputs = await originalOutputs(await openOriginal(published, model, originals), model.input);
	if (values.vectors !== undefined) keepVectors(values.vectors, model, outputs);
	await compare(model, outputs);
}

/** Its files are small and committed: they are made anew and must be the same. */
function prepareText(model: TextModel): void {
	const texts = fromPackageRoot("test", "fixtures", "scoring", "texts.json");
	const { files, probabilities, largestDifference } = prepareTextModel(workFolder, texts);
	if (values.write !== undefined) write(join(values.write, model.id), files);
	const answers = { model: model.id, texts: "texts.json", probabilities };
	if (values.vectors !== undefined)
		write(values.vectors, [
			{ name: `${model.id}.json`, bytes: Buffer.from(`${JSON.stringify(answers, null, "\t")}\n`) },
		]);
	checkTextFiles(model, files);
	say(`${model.id}: the largest difference from the original is ${largestDifference.toExponential(2)}`);
	if (!(largestDifference <= textTolerance)) process.exitCode = 1;
}

/** On WebAssembly, and on the native libraries where they are installed: as a process runs them. */
async function compare(model: Model, outputs: OutputsByPicture): Promise<void> {
	for (const backend of ["wasm", "onnx", "node"] as const) {
		const scorer = await openScorer(model, backend).catch((error: unknown) => {
			if (backend === "wasm") throw error;
			return null;
		});
		if (scorer === null) {
			say(`${model.id}: not compared on ${backend}, which does not start here`);
			continue;
		}
		const difference = await largestDifference(scorer, model, outputs);
		await scorer[Symbol.asyncDispose]();
		say(`${model.id}: on ${backend} the largest difference from the original is ${difference.toExponential(2)}`);
		if (!(difference <= tolerance)) process.exitCode = 1;
	}
}

function openScorer({ id }: Model, backend: ModelBackend): Promise<Scorer> {
	return createTensorflowScorer({
		modelsDir: fromPackageRoot("models"),
		dataDir: workFolder,
		model: id,
		backend,
		batchSize: 4,
		maxWaitMs: 5,
		deadlineMs: 120_000,
		maxQueued: 64,
		threads: 1,
	});
}

const registry = await readRegistry(fromPackageRoot("models"));
const all = [...registry.models, ...registry.textModels].map(({ id }) => id);
const chosen = positionals.length > 0 ? positionals : all;
const workFolder = fromPackageRoot(".cache", "models-prepare");
const originals = installOriginals(workFolder);
for (const id of chosen) {
	const recipe = recipes[id];
	if (recipe !== undefined) await prepare(findModel(registry, id), recipe);
	else prepareText(findTextModel(registry, id));
}
