// Runs a second model beside the live one on a share of traffic. Nothing depends on its answers: they are compared, and
// where the two disagree about a threshold, somebody is told.
import type { ScoreRequest, ScoreResult, Scorer } from "../ports/scorer.ts";
import { resizeSquare } from "./resize-square.ts";

export type Comparison =
	| { readonly kind: "agreed" }
	| { readonly kind: "disagreed"; readonly live: number; readonly shadow: number }
	| { readonly kind: "not-compared" };

export interface ShadowOptions {
	readonly live: Scorer;
	readonly shadow: Scorer;
	/** 0–1. */
	readonly share: number;
	/** The policy's threshold: only a difference across it would have changed anything. */
	readonly threshold: number;
	/** `at` is the request's place among those of its call. */
	readonly onCompared: (comparison: Comparison, at: number) => void;
}

/** The live scorer, unchanged in answers and not kept waiting. */
export function createShadowed({ live, shadow, share, threshold, onCompared }: ShadowOptions): Scorer {
	let credit = 0;
	const isChosen = () => {
		credit += share;
		if (credit < 1) return false;
		credit -= 1;
		return true;
	};
	const compare = async ({ rgb, size }: ScoreRequest, at: number, result: ScoreResult): Promise<void> => {
		const wanted = shadow.info.inputSize;
		const [other] = await shadow.score([{ rgb: resizeSquare(rgb, size, wanted), size: wanted }]);
		onCompared(comparisonOf(result, other, threshold), at);
	};
	return {
		info: live.info,
		async score(requests) {
			const results = await live.score(requests);
			results.forEach((result, at) => {
				const request = requests[at];
				if (request !== undefined && isChosen())
					void compare(request, at, result).catch(() => onCompared({ kind: "not-compared" }, at));
			});
			return results;
		},
		async [Symbol.asyncDispose]() {
			await live[Symbol.asyncDispose]();
			await shadow[Symbol.asyncDispose]();
		},
	};
}

function comparisonOf(live: ScoreResult, shadow: ScoreResult | undefined, threshold: number): Comparison {
	if (live.kind !== "scored" || shadow?.kind !== "scored") return { kind: "not-compared" };
	if (live.probability >= threshold === shadow.probability >= threshold) return { kind: "agreed" };
	return { kind: "disagreed", live: live.probability, shadow: shadow.probability };
}
