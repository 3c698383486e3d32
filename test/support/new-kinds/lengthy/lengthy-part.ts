import type { EvidencePart } from "../../../../services/console/evidence/evidence-part.ts";
import { type LengthySignal, lengthy } from "./lengthy.ts";

export const lengthyPart: EvidencePart<LengthySignal> = {
	kind: lengthy,
	sentence: ({ signal }, _words, language) =>
		language === "vi" ? `Dài ${signal.words} từ` : `${signal.words} words long`,
	rank: ({ signal }) => [1, -signal.words],
	reasons: {
		en: { short: ({ words }) => `shorter than ${words} words` },
		vi: { short: ({ words }) => `ngắn hơn ${words} từ` },
	},
};
