// One sentence per signal, and which of them says most: what a reviewer reads before anything is shown.
import { assertNever } from "../../core/assert-never.ts";
import { isNearText } from "../../core/banks/bank.ts";
import { isNear } from "../../core/hashes/hash-type.ts";
import type { WireSignal } from "../../core/wire/review-case.ts";
import { formatProbability } from "../format/number.ts";
import { type Dictionary, wordFor } from "../language/dictionary.ts";
import type { LanguageCode } from "../language/language-code.ts";

export function signalSentence(signal: WireSignal, words: Dictionary, language: LanguageCode): string | null {
	const sentences = words.stage.words;
	switch (signal.kind) {
		case "matched": {
			const { bankKind, bankName, distanceBits, hashType, wideRadiusBits } = signal.match;
			if (bankKind === "exempt") return sentences.exempt(bankName);
			if (hashType === "text" && isNearText(signal.match)) return sentences.rewordedText(bankName);
			if (hashType === "text") return sentences.exactText(bankName);
			if (hashType === "text-simhash") return sentences.nearText(bankName, distanceBits, wideRadiusBits);
			return isNear(hashType) && distanceBits > 0
				? sentences.near(bankName, distanceBits, wideRadiusBits)
				: sentences.exact(bankName);
		}
		case "scored": {
			const category = wordFor(words.terms.category, signal.category);
			const probability = formatProbability(signal.probability, language);
			return signal.threshold === null
				? sentences.score(category, probability)
				: sentences.scoreAgainst(category, probability, formatProbability(signal.threshold, language));
		}
		case "unavailable":
			return sentences.unavailable(words.evidence.unavailable.reasons[signal.reason]);
		case "clear":
			return null;
		default:
			return assertNever(signal);
	}
}

/** Matches first, nearest first; then what could not be examined; then scores, highest first; what found nothing last. */
export function byWeight(a: WireSignal, b: WireSignal): number {
	return rankOf(a) - rankOf(b) || tieOf(a) - tieOf(b);
}

function rankOf(signal: WireSignal): number {
	switch (signal.kind) {
		case "matched":
			return signal.match.shadow ? 3 : signal.match.bankKind === "exempt" ? 2 : 0;
		case "unavailable":
			return 1;
		case "scored":
			return isOver(signal) ? 1.5 : 4;
		case "clear":
			return 5;
		default:
			return assertNever(signal);
	}
}

function tieOf(signal: WireSignal): number {
	if (signal.kind === "matched") return signal.match.distanceBits;
	return signal.kind === "scored" ? -signal.probability : 0;
}

function isOver({ probability, threshold }: Extract<WireSignal, { kind: "scored" }>): boolean {
	return threshold !== null && probability >= threshold;
}
