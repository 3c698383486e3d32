import {
	type UnavailableSignal,
	unavailable,
	type unavailableReasonCodes,
} from "../../../core/signals/unavailable/unavailable.ts";
import type { EvidencePart, ReasonWords } from "../evidence-part.ts";
import { withinWords } from "../within-words.ts";
import { unavailableWords } from "./unavailable-words.ts";

const reasons: ReasonWords<(typeof unavailableReasonCodes)[number]> = {
	en: { "not-computed": () => "it could not be computed, so people look" },
	vi: { "not-computed": () => "không tính được nên cần con người xem" },
};

export const unavailablePart: EvidencePart<UnavailableSignal> = {
	kind: unavailable,
	sentence({ signal }, _words, language) {
		const { said, reasons: why } = unavailableWords[language];
		return withinWords(said(why[signal.reason]), signal.within ?? [], language);
	},
	rank: () => [1],
	reasons,
	words: unavailableWords,
};
