// What people decided before comes right behind confirmed matches: it is what most of a copy's reviewers need to know.
import { type DecidedSignal, decided, type decidedReasonCodes } from "../../../core/signals/decided/decided.ts";
import type { EvidencePart, ReasonWords } from "../evidence-part.ts";
import { decidedWords } from "./decided-words.ts";

const reasons: ReasonWords<(typeof decidedReasonCodes)[number]> = {
	en: {
		"near-asks-people": () => "the policy leaves what is only near to people",
		"decisions-differ": () => "people decided differently about the same, so they are asked again",
		"let-be": () => "people let the same be, and nothing new is known",
		"something-new": () => "something is known now that was not when people let it be",
	},
	vi: {
		"near-asks-people": () => "chính sách giao những gì chỉ gần giống cho con người",
		"decisions-differ": () => "đã có những quyết định khác nhau về cùng nội dung nên cần hỏi lại",
		"let-be": () => "đã có người cho giữ lại nội dung này và chưa có thông tin gì mới",
		"something-new": () => "nay có thông tin mà khi cho giữ lại chưa biết",
	},
};

export const decidedPart: EvidencePart<DecidedSignal> = {
	kind: decided,
	sentence: ({ signal }, _words, language) => decidedWords[language].title[signal.decision][signal.resemblance],
	rank: () => [0.5],
	reasons,
	words: decidedWords,
};
