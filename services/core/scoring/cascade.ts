// Asks a slower model, or one of another family, where the first is unsure. It decides who is asked and whose answer counts;
// what an answer leads to is the policy's.
import type { ScoreRequest, ScoreResult, Scorer } from "../ports/scorer.ts";
import { fitTo } from "./resize-square.ts";

/** Calibrated probabilities for which the first model is not believed alone: from ≤ probability < to. */
interface UncertainBand {
	readonly from: number;
	readonly to: number;
}

export interface CascadeOptions {
	readonly first: Scorer;
	/** Asked together. Models of different families make different mistakes; versions of one make the same. */
	readonly further: readonly Scorer[];
	readonly band: UncertainBand;
}

/**
 * A scorer that speaks with the first model's voice outside the band. Inside it the highest answer of the further ones counts,
 * as a picture that one of them holds for what it may be belongs before people. Where one of them could not answer, the
 * picture has no score: the first was not sure enough to be believed alone.
 */
export function createCascade({ first, further, band }: CascadeOptions): Scorer {
	const askFurther = async (requests: readonly ScoreRequest[]): Promise<readonly (readonly ScoreResult[])[]> =>
		Promise.all(
			further.map((scorer) => scorer.score(requests.map((request) => fitTo(request, scorer.info.inputSize)))),
		);
	return {
		info: first.info,
		async score(requests) {
			const results = await first.score(requests);
			const unsure = results.flatMap((result, at) => (isUnsure(result, band) ? [at] : []));
			if (unsure.length === 0 || further.length === 0) return results;
			const asked = unsure.map((at) => requests[at]).filter((request) => request !== undefined);
			const opinions = await askFurther(asked);
			return results.map((result, at) => {
				const place = unsure.indexOf(at);
				if (place === -1) return result;
				const answers = opinions.flatMap((given) => given[place] ?? []);
				return answers.find(({ kind }) => kind === "unavailable") ?? highest(answers) ?? result;
			});
		},
		async [Symbol.asyncDispose]() {
			for (const scorer of [first, ...further]) await scorer[Symbol.asyncDispose]();
		},
	};
}

function isUnsure(result: ScoreResult, band: UncertainBand): boolean {
	return result.kind === "scored" && result.probability >= band.from && result.probability < band.to;
}

function highest(results: readonly ScoreResult[]): ScoreResult | undefined {
	return results.toSorted((a, b) => probabilityOf(b) - probabilityOf(a))[0];
}

function probabilityOf(result: ScoreResult): number {
	return result.kind === "scored" ? result.probability : Number.NEGATIVE_INFINITY;
}
