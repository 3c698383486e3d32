import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { findModel, type Model, type ModelRegistry, modelRegistrySchema } from "../../core/scoring/model-registry.ts";

export interface ModelFiles {
	readonly model: Model;
	/** Text of model.json; empty for an ONNX model, whose one file holds both. */
	readonly topology: string;
	/** The weight files, one after another; the ONNX file. */
	readonly weights: Uint8Array;
}

/**
 * Reads a model of the registry. Rejects, naming the file, where one is missing or is not what the registry says: a model
 * nobody vouched for must not speak.
 */
export async function loadModelFiles(modelsDir: string, id: string): Promise<ModelFiles> {
	const model = findModel(await readRegistry(modelsDir), id);
	const contents: Buffer[] = [];
	for (const file of model.files) contents.push(await readCheckedFile(join(modelsDir, id), file, model));
	return modelFilesOf(model, contents);
}

/** `contents` of the model's files, in the registry's order. */
export function modelFilesOf(model: Model, contents: readonly Uint8Array[]): ModelFiles {
	const [topology] = model.format === "onnx" ? [] : contents;
	const weights = topology === undefined ? contents : contents.slice(1);
	return {
		model,
		topology: Buffer.from(topology ?? []).toString("utf8"),
		weights: new Uint8Array(Buffer.concat(weights)),
	};
}

/** Rejects, with a line per mistake, where the registry does not follow its contract. */
export async function readRegistry(modelsDir: string): Promise<ModelRegistry> {
	const parsed = modelRegistrySchema.safeParse(JSON.parse(await readFile(join(modelsDir, "registry.json"), "utf8")));
	if (parsed.success) return parsed.data;
	const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
	throw new Error(`The model registry is wrong:\n${lines.join("\n")}`);
}

/** Rejects, naming the file, where it is not the one that the registry describes. */
export async function readCheckedFile(
	folder: string,
	{ name, sha256 }: Model["files"][number],
	model: Pick<Model, "id" | "committed">,
): Promise<Buffer> {
	const bytes = await readModelFile(join(folder, name), model);
	if (createHash("sha256").update(bytes).digest("hex") !== sha256)
		throw new Error(`${model.id}: ${name} is not the file that the registry describes (its SHA-256 differs)`);
	return bytes;
}

async function readModelFile(file: string, model: Pick<Model, "id" | "committed">): Promise<Buffer> {
	try {
		return await readFile(file);
	} catch (cause) {
		const advice = model.committed ? "" : `; make it with: npm run models:prepare -- ${model.id}`;
		throw new Error(`${model.id}: a file of the model cannot be read${advice}`, { cause });
	}
}
