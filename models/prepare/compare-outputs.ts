import { cropMiddles } from "../../services/adapters/tensorflow/crop-middles.ts";
import { toModelPixels } from "../../services/adapters/tensorflow/to-model-pixels.ts";
import type { Scorer } from "../../services/core/ports/scorer.ts";
import { givenSize, type Model, type ModelInput } from "../../services/core/scoring/model-registry.ts";
import { fixedPictures } from "./fixed-pictures.ts";
import type { RunOriginal } from "./recipe.ts";

export type OutputsByPicture = Readonly<Record<string, readonly number[]>>;

/** What the original says of the fixed pictures. */
export async function originalOutputs(run: RunOriginal, input: ModelInput): Promise<OutputsByPicture> {
	const outputs: Record<string, readonly number[]> = {};
	for (const { name, rgb } of fixedPictures(givenSize(input)))
		outputs[name] = await run(toModelPixels(cropMiddles(rgb, givenSize(input), input.size), input));
	return outputs;
}

/** The largest difference of any output of any fixed picture; not a number where one has no answer. */
export async function largestDifference(scorer: Scorer, model: Model, original: OutputsByPicture): Promise<number> {
	const size = scorer.info.inputSize;
	const pictures = fixedPictures(size);
	const results = await scorer.score(pictures.map(({ rgb }) => ({ rgb, size })));
	const differences = pictures.flatMap(({ name }, at) => {
		const result = results[at];
		const labels = result?.kind === "scored" ? result.labels : {};
		return model.labels.map((label, index) =>
			Math.abs((labels[label] ?? Number.NaN) - (original[name]?.[index] ?? Number.NaN)),
		);
	});
	return Math.max(...differences);
}
