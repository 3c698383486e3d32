import { normalizeText } from "../../core/hashes/text/text-hash.ts";
import { isDecidedWithoutModels } from "../../core/policy/decide-verdict.ts";
import { mayExamine } from "../../core/policy/legal-basis.ts";
import type { Policies } from "../../core/policy/policy.ts";
import type { TextScorer } from "../../core/ports/text-scorer.ts";
import type { SignalCatalogue } from "../../core/signals/catalogue.ts";
import { type ScoredSignal, scoredSignal } from "../../core/signals/scored/scored.ts";
import type { Signal } from "../../core/signals/signal.ts";
import { type UnavailableSignal, unavailableSignal } from "../../core/signals/unavailable/unavailable.ts";
import { type UnexaminedSignal, unexaminedSignal } from "../../core/signals/unexamined/unexamined.ts";
import { identifyLanguage, sentencesIn } from "../../core/text/identify-language.ts";
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
 * wide letters are no way around it. Of a text in a language that the model does not know it is asked about the sentences that it
 * does know; the rest is not examined by it, which a signal says.
 * Without an opinion it adds no signal, which leaves everything as it was.
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
		return next({ ...item, signals: [...item.signals, ...textModelSignals(textScorer, item)] });
	};
}

/** What the text model says of a text, wherever it was written. */
export function textModelSignals(
	{ info, score }: TextScorer,
	post: Pick<AdmittedPost, "text" | "language">,
): readonly (ScoredSignal | UnavailableSignal | UnexaminedSignal)[] {
	const { model, version, backend } = info;
	const text = normalizeText(post.text);
	const language = identifyLanguage(text) ?? primaryLanguage(post.language);
	const isOther = language !== null && language !== info.language;
	const read = isOther ? sentencesIn(info.language, post.text).map(normalizeText).join(". ") : text;
	const unread = isOther ? [unexaminedSignal("text", "scored", "other-language")] : [];
	if (read === "") return unread;
	return [...opinionOn(read), ...unread];

	function opinionOn(words: string) {
		const result = score(words);
		if (result.kind === "no-opinion") return [];
		if (result.kind === "unavailable") return [unavailableSignal("text", `${model}@${version}`, result.reason)];
		const { category, probability, labels } = result;
		return [scoredSignal({ detector: "text", version, model, backend, category, probability, labels })];
	}
}

/** What the platform says of a text that is too short to tell: `en` of `en-GB`. */
function primaryLanguage(tag: string | null): string | null {
	return tag === null ? null : (tag.split(/[-_]/, 1)[0]?.toLowerCase() ?? null);
}
