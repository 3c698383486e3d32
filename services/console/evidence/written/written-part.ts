// Said as of a text, and where the text was read; behind what is known of the picture itself.
import { type readReasonCodes, type WrittenSignal, written } from "../../../core/signals/written/written.ts";
import type { EvidencePart, ReasonWords, Shown } from "../evidence-part.ts";
import { matchedPart } from "../matched/matched-part.ts";
import { scoredPart } from "../scored/scored-part.ts";
import { withinWords } from "../within-words.ts";
import { writtenWords } from "./written-words.ts";

const ofReading: ReasonWords<(typeof readReasonCodes)[number]> = {
	en: {
		"read-by-machine": () => "words that a machine read in a picture ask people, never more",
		"words-exempt-nothing": () => "words in a picture or a document make nothing harmless",
	},
	vi: {
		"read-by-machine": () => "chữ do máy đọc trong hình ảnh chỉ chuyển cho con người xem xét",
		"words-exempt-nothing": () => "chữ trong hình ảnh hay tài liệu không làm cho điều gì trở thành vô hại",
	},
};

/** As its own kind says it. */
function inner({ says }: WrittenSignal, ground: Shown<WrittenSignal>["ground"]) {
	return says.kind === "matched"
		? { kind: "matched" as const, shown: { signal: says, ground } }
		: { kind: "scored" as const, shown: { signal: says, ground } };
}

export const writtenPart: EvidencePart<WrittenSignal> = {
	kind: written,
	sentence({ signal, ground }, words, language) {
		const { kind, shown } = inner(signal, ground);
		const said =
			kind === "matched" ? matchedPart.sentence(shown, words, language) : scoredPart.sentence(shown, words, language);
		if (said === null) return null;
		const { typed, said: drawn } = writtenWords[language];
		return withinWords((signal.isTyped === true ? typed.said : drawn)(said), signal.within ?? [], language);
	},
	rank({ signal, ground }) {
		const { kind, shown } = inner(signal, ground);
		const [first = 0, ...rest] = kind === "matched" ? matchedPart.rank(shown) : scoredPart.rank(shown);
		return [first + 0.25, ...rest];
	},
	reasons: {
		en: { ...matchedPart.reasons.en, ...scoredPart.reasons.en, ...ofReading.en },
		vi: { ...matchedPart.reasons.vi, ...scoredPart.reasons.vi, ...ofReading.vi },
	},
	words: writtenWords,
};
