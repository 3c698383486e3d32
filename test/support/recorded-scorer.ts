import type { ScoreRequest, ScoreResult, Scorer } from "../../services/core/ports/scorer.ts";

export interface RecordedScorer extends Scorer {
	/** Every picture that was asked about, in order. */
	readonly asked: ScoreRequest[];
}

export function scored(model: string, probability: number): ScoreResult {
	const labels = { A: probability, B: 1 - probability };
	return { kind: "scored", model, version: "1.0.0", backend: "cpu", label: "adult", probability, labels };
}

export function failed(model: string): ScoreResult {
	return { kind: "unavailable", model, version: "1.0.0", reason: "backend-failed" };
}

/** A scorer whose answer is a function of the picture, and that remembers what it was asked. */
export function createRecordedScorer(
	model: string,
	answer: (request: ScoreRequest) => ScoreResult,
	inputSize = 2,
): RecordedScorer {
	const asked: ScoreRequest[] = [];
	return {
		asked,
		info: { model, version: "1.0.0", backend: "cpu", inputSize },
		async score(requests) {
			asked.push(...requests);
			return requests.map(answer);
		},
		async [Symbol.asyncDispose]() {},
	};
}
