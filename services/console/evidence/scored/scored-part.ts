// Scores over their threshold come behind what could not be examined, highest first; the others before what found nothing.
import { type ScoredSignal, scored, type scoredReasonCodes } from "../../../core/signals/scored/scored.ts";
import { formatProbability } from "../../format/number.ts";
import { type Dictionary, wordFor } from "../../language/dictionary.ts";
import type { LanguageCode } from "../../language/language-code.ts";
import type { EvidencePart, ReasonWords, Shown } from "../evidence-part.ts";
import { withinWords } from "../within-words.ts";
import { scoredWords } from "./scored-words.ts";

function sentence({ signal, ground }: Shown<ScoredSignal>, words: Dictionary, language: LanguageCode): string {
	const sentences = scoredWords[language];
	const category = wordFor(words.terms.category, signal.category);
	const probability = formatProbability(signal.probability, language);
	const threshold = ground?.limits.threshold;
	const said =
		threshold === undefined
			? sentences.said(category, probability)
			: sentences.saidAgainst(category, probability, formatProbability(threshold, language));
	return withinWords(said, signal.within ?? [], language);
}

const reasons: ReasonWords<(typeof scoredReasonCodes)[number]> = {
	en: {
		"under-threshold": () => "under the threshold",
		"without-threshold": () => "no threshold was set for it",
		"own-curve": () => "read by what people decided on this platform",
		"common-curve": () => "read by what people decided on all platforms",
	},
	vi: {
		"under-threshold": () => "dưới ngưỡng",
		"without-threshold": () => "chưa có ngưỡng nào được đặt",
		"own-curve": () => "đọc theo quyết định của con người trên nền tảng này",
		"common-curve": () => "đọc theo quyết định của con người trên mọi nền tảng",
	},
};

export const scoredPart: EvidencePart<ScoredSignal> = {
	kind: scored,
	sentence,
	rank: ({ signal, ground }) => [ground === null || ground.alone === "none" ? 4 : 1.5, -signal.probability],
	reasons,
	words: scoredWords,
};
