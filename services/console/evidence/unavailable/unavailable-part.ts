import {
	type UnavailableSignal,
	unavailable,
	type unavailableReasonCodes,
} from "../../../core/signals/unavailable/unavailable.ts";
import type { EvidencePart, ReasonWords } from "../evidence-part.ts";
import { unavailableWords } from "./unavailable-words.ts";

const reasons: ReasonWords<(typeof unavailableReasonCodes)[number]> = {
	en: { "not-computed": () => "it could not be computed, so people look" },
	vi: { "not-computed": () => "không tính được nên cần con người xem" },
};

export const unavailablePart: EvidencePart<UnavailableSignal> = {
	kind: unavailable,
	sentence({ signal }, _words, language) {
		const { said, reasons: why } = unavailableWords[language];
		return said(why[signal.reason]);
	},
	rank: () => [1],
	reasons,
	words: unavailableWords,
};
