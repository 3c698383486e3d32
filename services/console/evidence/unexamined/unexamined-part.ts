import {
	type UnexaminedSignal,
	unexamined,
	type unexaminedReasonCodes,
} from "../../../core/signals/unexamined/unexamined.ts";
import type { EvidencePart, ReasonWords } from "../evidence-part.ts";
import { unexaminedWords } from "./unexamined-words.ts";

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

export function sentenceOf({ of, reason }: UnexaminedSignal, words: typeof unexaminedWords.en): string {
	return reason === "other-language" ? words.otherLanguage : words.of[of];
}

export const unexaminedPart: EvidencePart<UnexaminedSignal> = {
	kind: unexamined,
	sentence: ({ signal }, _words, language) => sentenceOf(signal, unexaminedWords[language]),
	rank: () => [4],
	reasons,
	words: unexaminedWords,
};
