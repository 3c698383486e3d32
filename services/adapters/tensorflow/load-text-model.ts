import { join } from "node:path";
import { z } from "zod";
import type { TextScorer } from "../../core/ports/text-scorer.ts";
import { calibrate } from "../../core/scoring/calibrate.ts";
import { findTextModel, type TextModel } from "../../core/scoring/model-registry.ts";
import { createLinearTextModel, type LinearTextWeights } from "../../core/text/linear-text-model.ts";
import { readCheckedFile, readRegistry } from "./load-model-files.ts";

const graphModel = z.object({
	weightsManifest: z
		.array(z.object({ weights: z.array(z.object({ name: z.string(), shape: z.array(z.int()), dtype: z.string() })) }))
		.length(1),
});

/** Bytes for each word of the vocabulary file: two halves of its hash and its rarity, little-endian. */
const wordBytes = 12;

/**
 * Opens a text model of the registry. Rejects where a file is not what the registry says. It runs in plain JavaScript, over the
 * words that a text has: on a dense layer of fifteen thousand inputs any TensorFlow.js backend takes longer to be called.
 */
export async function openTextScorer(modelsDir: string, id: string): Promise<TextScorer> {
	const model = findTextModel(await readRegistry(modelsDir), id);
	const contents: Uint8Array[] = [];
	for (const file of model.files) contents.push(await readCheckedFile(join(modelsDir, id), file, model));
	return textScorerOf(model, readTextWeights(contents));
}

/** Reads a model's output as a score under its registry entry. */
function textScorerOf(model: TextModel, weights: LinearTextWeights): TextScorer {
	const score = createLinearTextModel(weights);
	const { id, version, label, category, calibration, input } = model;
	return {
		info: { model: id, version, backend: "js", language: input.language },
		score(text) {
			const { probability, knownWords } = score(text);
			if (!Number.isFinite(probability)) return { kind: "unavailable", reason: "not-finite" };
			if (knownWords === 0) return { kind: "no-opinion" };
			return {
				kind: "scored",
				category,
				probability: calibrate(probability, calibration),
				labels: { [label]: probability },
			};
		},
	};
}

/** `contents`: model.json, its weight file and the vocabulary. Throws where they disagree. */
export function readTextWeights([topology, weights, vocabulary]: readonly Uint8Array[]): LinearTextWeights {
	const { weightsManifest } = graphModel.parse(JSON.parse(Buffer.from(topology ?? []).toString("utf8")));
	const values = new Map<string, Float32Array>();
	let offset = 0;
	for (const { name, shape } of weightsManifest[0]?.weights ?? []) {
		const length = shape.reduce((product, size) => product * size, 1);
		values.set(name, new Float32Array(new Uint8Array((weights ?? []).slice(offset, offset + length * 4)).buffer));
		offset += length * 4;
	}
	const kernel = values.get("words/kernel");
	const bias = values.get("words/bias");
	if (kernel === undefined || bias === undefined || offset !== weights?.length || vocabulary === undefined)
		throw new Error("the weights of the text model are not those of its model.json");
	return { ...readVocabulary(vocabulary), kernel, bias };
}

function readVocabulary(bytes: Uint8Array): Pick<LinearTextWeights, "hashes" | "rarity"> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const count = Math.floor(bytes.length / wordBytes);
	const hashes = new Uint32Array(count * 2);
	const rarity = new Float32Array(count);
	for (let index = 0; index < count; index++) {
		hashes[index * 2] = view.getUint32(index * wordBytes, true);
		hashes[index * 2 + 1] = view.getUint32(index * wordBytes + 4, true);
		rarity[index] = view.getFloat32(index * wordBytes + 8, true);
	}
	return { hashes, rarity };
}
