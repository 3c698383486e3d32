import { normalizeText } from "../../core/hashes/text/text-hash.ts";
import { isExempted, withholdingSignals } from "../../core/policy/decide-verdict.ts";
import type { Policy } from "../../core/policy/policy.ts";
import type { TextScorer } from "../../core/ports/text-scorer.ts";
import type { Signal } from "../../core/signals/signal.ts";
import { next, type Step } from "../step.ts";
import type { AdmittedPost } from "../values.ts";

export interface ScoreTextDeps {
	/** Null where the operator runs without a text model. */
	readonly textScorer: TextScorer | null;
	readonly policy: Policy;
}

type SignalledPost = AdmittedPost & { readonly signals: readonly Signal[] };

/**
 * Asks the text model, unless the text is known already. It is given the text as people read it: invisible characters and
 * wide letters are no way around it. Without an opinion it adds no signal, which leaves everything as it was.
 */
export function createScoreText({ textScorer, policy }: ScoreTextDeps): Step<SignalledPost, SignalledPost> {
	return async (item) => {
		const { signals } = item;
		if (textScorer === null || isExempted(signals, policy) || withholdingSignals(signals, policy).length > 0)
			return next(item);
		return next({ ...item, signals: [...signals, ...signalsOf(textScorer, item.text)] });
	};
}

function signalsOf({ info, score }: TextScorer, text: string): readonly Signal[] {
	const { model, version, backend } = info;
	const result = score(normalizeText(text));
	if (result.kind === "no-opinion") return [];
	if (result.kind === "unavailable")
		return [{ kind: "unavailable", detector: "text", version: `${model}@${version}`, reason: result.reason }];
	const { category, probability, labels } = result;
	return [{ kind: "scored", detector: "text", version, model, backend, category, probability, labels }];
}
