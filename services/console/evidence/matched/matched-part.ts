// Matches come first, nearest first; an exemption and a bank on trial come behind what people are asked about.
import { isNearText, type Match } from "../../../core/banks/bank.ts";
import type { SaidMatch } from "../../../core/hashes/hash-declaration.ts";
import { isOfSounds } from "../../../core/hashes/hash-type.ts";
import { matchWordsOf } from "../../../core/hashes/match-words.ts";
import type { Segment } from "../../../core/items/segment.ts";
import { shownMsOf } from "../../../core/items/segments.ts";
import type { matchedReasonCodes } from "../../../core/signals/matched/find-match.ts";
import { type MatchedSignal, matched } from "../../../core/signals/matched/matched.ts";
import { formatSeconds } from "../../format/number.ts";
import { formatPosition } from "../../format/time.ts";
import type { Dictionary } from "../../language/dictionary.ts";
import type { LanguageCode } from "../../language/language-code.ts";
import type { EvidencePart, ReasonWords, Shown } from "../evidence-part.ts";
import { withinWords } from "../within-words.ts";
import { matchedWords } from "./matched-words.ts";

function sentence({ signal: { match } }: Shown<MatchedSignal>, _words: Dictionary, language: LanguageCode): string {
	const texts = matchedWords[language];
	const said =
		match.bankKind === "exempt"
			? texts.exemptedBy(match.bankName)
			: matchWordsOf(match.hashType, language).sentence(asSaid(match));
	const { shown = [], within = [] } = match;
	const perceived = isOfSounds(match.hashType) ? texts.heard : texts.seen;
	const seen = shown.length === 0 ? said : `${said}: ${perceived(...seenAt(shown, language))}`;
	return withinWords(seen, within, language);
}

/** How long and from where on, and in how many segments. */
function seenAt(shown: readonly Segment[], language: LanguageCode): readonly [string, string, number] {
	return [formatSeconds(shownMsOf(shown), language), formatPosition(shown[0]?.fromMs ?? 0), shown.length];
}

/** What its type of hash says it by. */
export function asSaid(match: Match): SaidMatch {
	const { bankName, distanceBits, wideRadiusBits, frames } = match;
	return { bankName, distanceBits, wideRadiusBits, isReworded: isNearText(match), shareOfItem: frames?.ofItem ?? 1 };
}

function rank({ signal: { match } }: Shown<MatchedSignal>): readonly number[] {
	return [match.shadow ? 3 : match.bankKind === "exempt" ? 2 : 0, match.distanceBits];
}

const reasons: ReasonWords<(typeof matchedReasonCodes)[number]> = {
	en: {
		"in-shadow": () => "its bank is on trial",
		"entry-probable": () => "its sources do not confirm the entry",
		"entry-disputed": () => "its sources dispute the entry",
		"entry-in-quarantine": () => "the entry was in quarantine",
		"beyond-tight-radius": () => "farther than a strong match may be",
		"low-quality": ({ minimumQuality }) => `too little structure, quality under ${minimumQuality}`,
		"near-asks-people": () => "a resemblance of this sort asks people, never more",
		"shown-briefly": ({ shortestShownMs = 0 }) => `seen in the video for less than ${shortestShownMs / 1_000} s`,
		"in-harmless-stills": () => "only in stills, or sounds, that a list calls harmless",
		"in-harmless-members": () => "only in files within that a list calls harmless",
		"link-asks-people": () => "a link asks people, never more",
		"prefix-only": () => "only the beginning of its hash is listed, which others may share",
		"term-asks-people": () => "words alone ask people, never more",
		"term-light": () => "it weighs too little by itself",
		"names-a-place": () => "it names a place off the platform, which asks nobody by itself",
		"known-harmless": () => "it lists the item as harmless",
		"too-weak-to-exempt": () => "too weak to let anything pass",
		"exempts-its-stills": () => "it lists a part of the video as harmless, and says nothing of the others",
		"exempts-its-member": () => "it lists a file within as harmless, and says nothing of the others",
	},
	vi: {
		"in-shadow": () => "kho đang chạy thử",
		"entry-probable": () => "các nguồn chưa xác nhận bản ghi",
		"entry-disputed": () => "các nguồn còn tranh cãi về bản ghi",
		"entry-in-quarantine": () => "bản ghi đang bị cách ly",
		"beyond-tight-radius": () => "xa hơn mức của một kết quả mạnh",
		"low-quality": ({ minimumQuality }) => `ảnh quá ít chi tiết, chất lượng dưới ${minimumQuality}`,
		"near-asks-people": () => "kiểu gần giống này chỉ chuyển cho con người xem xét",
		"shown-briefly": ({ shortestShownMs = 0 }) => `hiện trong video chưa đủ ${shortestShownMs / 1_000} giây`,
		"in-harmless-stills": () => "chỉ có trong các khung hình hoặc âm thanh được xếp là vô hại",
		"in-harmless-members": () => "chỉ có trong các tệp bên trong được xếp là vô hại",
		"link-asks-people": () => "liên kết chỉ chuyển cho con người xem xét",
		"prefix-only": () => "danh sách chỉ có phần đầu mã băm, liên kết khác có thể trùng",
		"term-asks-people": () => "chỉ riêng từ ngữ thì chỉ chuyển cho con người xem xét",
		"term-light": () => "tự nó quá nhẹ",
		"names-a-place": () => "chỉ nêu một nơi ngoài nền tảng, tự nó không hỏi ai",
		"known-harmless": () => "xếp mục này là vô hại",
		"too-weak-to-exempt": () => "quá yếu để cho qua",
		"exempts-its-stills": () => "xếp một phần của video là vô hại, không nói gì về các phần khác",
		"exempts-its-member": () => "xếp một tệp bên trong là vô hại, không nói gì về các tệp khác",
	},
};

export const matchedPart: EvidencePart<MatchedSignal> = { kind: matched, sentence, rank, reasons, words: matchedWords };
