// Runs a second model beside the live one on a share of traffic. Nothing depends on its answers: they are compared, and
// where the two disagree about sending a picture to people, somebody is told.
import type { ScoredResult, ScoreRequest, ScoreResult, Scorer } from "../ports/scorer.ts";
import { fitTo } from "./resize-square.ts";

export type Comparison =
	| { readonly kind: "agreed" | "disagreed"; readonly live: ScoredResult; readonly shadow: ScoredResult }
	| { readonly kind: "not-compared" };

export interface Shadow {
	readonly scorer: Scorer;
	/** The share that it scores, too, of the pictures that the live model scores, 0–1. */
	readonly share: number;
}

export interface ShadowOptions {
	readonly live: Scorer;
	/** Asked at each call; null where nothing runs in the shadow. */
	readonly shadow: () => Shadow | null;
	/** Whether this score sends a picture to people: only a difference in that would have changed anything. */
	readonly isOver: (result: ScoredResult) => boolean;
	readonly onCompared: (comparison: Comparison, request: ScoreRequest) => void;
}

/** The live scorer, unchanged in answers and not kept waiting. */
export function createShadowed({ live, shadow, isOver, onCompared }: ShadowOptions): Scorer {
	let credit = 0;
	const isChosen = (share: number) => {
		credit += share;
		if (credit < 1) return false;
		credit -= 1;
		return true;
	};
	const compare = async ({ scorer }: Shadow, request: ScoreRequest, result: ScoreResult): Promise<Comparison> => {
		const [other] = await scorer.score([fitTo(request, scorer.info.inputSize)]);
		if (result.kind !== "scored" || other?.kind !== "scored") return { kind: "not-compared" };
		const kind = isOver(result) === isOver(other) ? "agreed" : "disagreed";
		return { kind, live: result, shadow: other };
	};
	return {
		get info() {
			return live.info;
		},
		async score(requests) {
			const results = await live.score(requests);
			const running = shadow();
			if (running === null) return results;
			results.forEach((result, at) => {
				const request = requests[at];
				if (request === undefined || !isChosen(running.share)) return;
				void compare(running, request, result)
					.catch((): Comparison => ({ kind: "not-compared" }))
					.then((comparison) => onCompared(comparison, request));
			});
			return results;
		},
		[Symbol.asyncDispose]: () => live[Symbol.asyncDispose](),
	};
}
