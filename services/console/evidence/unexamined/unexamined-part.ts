import {
	type UnexaminedSignal,
	unexamined,
	type unexaminedReasonCodes,
} from "../../../core/signals/unexamined/unexamined.ts";
import type { EvidencePart, ReasonWords } from "../evidence-part.ts";

const reasons: ReasonWords<(typeof unexaminedReasonCodes)[number]> = {
	en: { "no-legal-basis": () => "no law lets it look here, so nobody has" },
	vi: { "no-legal-basis": () => "không có căn cứ pháp lý để kiểm tra ở đây nên chưa ai xem" },
};

export const unexaminedPart: EvidencePart<UnexaminedSignal> = {
	kind: unexamined,
	sentence: ({ signal }, words) => words.evidence.unexamined.of[signal.of],
	rank: () => [4],
	reasons,
};
