// Rules come behind scores over their threshold: they say how a thing looks, and not what it is.
import { type RuleSignal, rule, type ruleReasonCodes } from "../../../core/signals/rule/rule-signal.ts";
import type { Dictionary } from "../../language/dictionary.ts";
import type { LanguageCode } from "../../language/language-code.ts";
import type { EvidencePart, ReasonWords, Shown } from "../evidence-part.ts";
import { ruleWords } from "./rule-words.ts";

const reasons: ReasonWords<(typeof ruleReasonCodes)[number]> = {
	en: {
		"in-shadow": () => "the rule is on trial and changes nothing yet",
		"rule-snoozed": () => "somebody wants to hear nothing of the rule about this for a while",
		"rule-answered": () => "people let this account be, and the rule has counted nothing new of it since",
		"rule-failed": () => "it could not be worked out, so people look",
		"asks-nobody": () => "it asks nobody by itself",
		"no-known-match": () => "there is no strong known match beside it, so people decide",
		"policy-asks-people": () => "the policy leaves such a match to people",
	},
	vi: {
		"in-shadow": () => "quy tắc đang chạy thử, chưa có tác dụng",
		"rule-snoozed": () => "có người tạm ngưng quy tắc với đối tượng này một thời gian",
		"rule-answered": () => "con người đã để yên tài khoản này, và từ đó quy tắc chưa đếm được điều gì mới",
		"rule-failed": () => "không tính được nên cần con người xem",
		"asks-nobody": () => "tự nó không chuyển cho ai",
		"no-known-match": () => "không có trùng khớp mạnh nào kèm theo nên con người quyết định",
		"policy-asks-people": () => "chính sách giao trùng khớp như vậy cho con người",
	},
};

function sentence({ signal }: Shown<RuleSignal>, _words: Dictionary, language: LanguageCode): string | null {
	const { name, failed } = ruleWords[language];
	if (signal.stage === "shadow" || signal.snoozed !== undefined || signal.answered !== undefined) return null;
	return signal.outcome === "failed" ? failed(signal.rule) : name(signal.rule);
}

export const rulePart: EvidencePart<RuleSignal> = {
	kind: rule,
	sentence,
	rank: ({ signal, ground }) => [
		signal.outcome === "failed" ? 1 : ground === null || ground.alone === "none" ? 4 : 1.7,
	],
	reasons,
	words: ruleWords,
};
