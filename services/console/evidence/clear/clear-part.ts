import { type ClearSignal, clear, type clearReasonCodes } from "../../../core/signals/clear/clear.ts";
import type { EvidencePart, ReasonWords } from "../evidence-part.ts";
import { clearWords } from "./clear-words.ts";

const reasons: ReasonWords<(typeof clearReasonCodes)[number]> = {
	en: { "found-nothing": () => "it found nothing" },
	vi: { "found-nothing": () => "không phát hiện gì" },
};

export const clearPart: EvidencePart<ClearSignal> = {
	kind: clear,
	sentence: () => null,
	rank: () => [5],
	reasons,
	words: clearWords,
};
