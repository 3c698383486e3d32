import type { Scorer } from "../ports/scorer.ts";
import { fitTo } from "./resize-square.ts";

/** A scorer that takes squares of `size`, whatever its model's own: one decoding serves every model. */
export function createFitted(scorer: Scorer, size: number): Scorer {
	if (scorer.info.inputSize === size) return scorer;
	return {
		info: { ...scorer.info, inputSize: size },
		score: (requests) => scorer.score(requests.map((request) => fitTo(request, scorer.info.inputSize))),
		[Symbol.asyncDispose]: () => scorer[Symbol.asyncDispose](),
	};
}
