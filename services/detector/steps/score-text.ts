import { normalizeText } from "../../core/hashes/text/text-hash.ts";
import { isDecidedWithoutModels } from "../../core/policy/decide-verdict.ts";
import { mayExamine } from "../../core/policy/legal-basis.ts";
import type { Policies } from "../../core/policy/policy.ts";
import type { TextScorer } from "../../core/ports/text-scorer.ts";
import type { SignalCatalogue } from "../../core/signals/catalogue.ts";
import { scoredSignal } from "../../core/signals/scored/scored.ts";
import type { Signal } from "../../core/signals/signal.ts";
import { unavailableSignal } from "../../core/signals/unavailable/unavailable.ts";
import { unexaminedSignal } from "../../core/signals/unexamined/unexamined.ts";
import { next, type Step } from "../step.ts";
import type { AdmittedPost } from "../values.ts";

export interface ScoreTextDeps {
	/** Null where the operator runs without a text model. */
	readonly textScorer: TextScorer | null;
	readonly policies: Pick<Policies, "of">;
	readonly signalCatalogue: SignalCatalogue;
}

type SignalledPost = AdmittedPost & { readonly signals: readonly Signal[] };

/**
 * Asks the text model, unless the text is known already. It is given the text as people read it: invisible characters and
 * wide letters are no way around it. Without an opinion it adds no signal, which leaves everything as it was.
 */
export function createScoreText({
	textScorer,
	policies,
	signalCatalogue,
}: ScoreTextDeps): Step<SignalledPost, SignalledPost> {
	return async (item) => {
		if (textScorer === null) return next(item);
		const policy = policies.of(item.platform.id, item.surface, item.country);
		if (!mayExamine(policy, "scored"))
			return next({ ...item, signals: [...item.signals, unexaminedSignal("text", "scored")] });
		if (isDecidedWithoutModels(item.signals, policy, signalCatalogue)) return next(item);
		return next({ ...item, signals: [...item.signals, ...signalsOf(textScorer, item.text)] });
	};
}

function signalsOf({ info, score }: TextScorer, text: string): readonly Signal[] {
	const { model, version, backend } = info;
	const result = score(normalizeText(text));
	if (result.kind === "no-opinion") return [];
	if (result.kind === "unavailable") return [unavailableSignal("text", `${model}@${version}`, result.reason)];
	const { category, probability, labels } = result;
	return [scoredSignal({ detector: "text", version, model, backend, category, probability, labels })];
}
