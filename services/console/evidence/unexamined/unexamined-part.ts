import {
	type UnexaminedSignal,
	unexamined,
	type unexaminedReasonCodes,
} from "../../../core/signals/unexamined/unexamined.ts";
import type { Dictionary } from "../../language/dictionary.ts";
import type { EvidencePart, ReasonWords } from "../evidence-part.ts";

const reasons: ReasonWords<(typeof unexaminedReasonCodes)[number]> = {
	en: {
		"no-legal-basis": () => "no law lets it look here, so nobody has",
		"other-language": () => "it does not know the language, so it has not looked",
	},
	vi: {
		"no-legal-basis": () => "không có căn cứ pháp lý để kiểm tra ở đây nên chưa ai xem",
		"other-language": () => "mô hình không biết ngôn ngữ này nên chưa xem",
	},
};

export function sentenceOf({ of, reason }: UnexaminedSignal, words: Dictionary["evidence"]["unexamined"]): string {
	return reason === "other-language" ? words.otherLanguage : words.of[of];
}

export const unexaminedPart: EvidencePart<UnexaminedSignal> = {
	kind: unexamined,
	sentence: ({ signal }, words) => sentenceOf(signal, words.evidence.unexamined),
	rank: () => [4],
	reasons,
};
