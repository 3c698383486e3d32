import type { EvidencePart } from "../../../../services/console/evidence/evidence-part.ts";
import { type LengthySignal, lengthy } from "./lengthy.ts";

export const lengthyWords = {
	en: { title: (words: number) => `A long text: ${words} words`, said: (words: number) => `${words} words long` },
	vi: { title: (words: number) => `Văn bản dài: ${words} từ`, said: (words: number) => `Dài ${words} từ` },
};

export const lengthyPart: EvidencePart<LengthySignal> = {
	kind: lengthy,
	sentence: ({ signal }, _words, language) => lengthyWords[language].said(signal.words),
	rank: ({ signal }) => [1, -signal.words],
	reasons: {
		en: { short: ({ words }) => `shorter than ${words} words` },
		vi: { short: ({ words }) => `ngắn hơn ${words} từ` },
	},
	words: lengthyWords,
};
