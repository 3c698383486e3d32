// What a kind of signal must bring to be shown to people: a sentence, its place among others, words for its reasons in each language.
// Its card is apart (evidence-card.ts): what is said needs no page.
import type { Ground } from "../../core/policy/verdict.ts";
import type { Signal } from "../../core/signals/signal.ts";
import type { SignalKind } from "../../core/signals/signal-kind.ts";
import type { Dictionary } from "../language/dictionary.ts";
import type { LanguageCode } from "../language/language-code.ts";

/** A signal as its own kind has it, with what the verdict made of it; null where that is not known any more. */
export interface Shown<S extends Signal> {
	readonly signal: S;
	readonly ground: Ground | null;
}

/** By the codes of a kind: a sentence without a full stop, from the policy's figures that the signal was held against. */
export type ReasonWords<Code extends string = string> = Readonly<
	Record<LanguageCode, Readonly<Record<Code, (limits: Ground["limits"]) => string>>>
>;

export interface EvidencePart<S extends Signal> {
	readonly kind: SignalKind<S>;
	/** What a reviewer reads before anything is shown; null where there is nothing to say. */
	sentence(shown: Shown<S>, words: Dictionary, language: LanguageCode): string | null;
	/** The lower, the more it says; compared number by number. */
	rank(shown: Shown<S>): readonly number[];
	readonly reasons: ReasonWords;
	/** Whatever else is said of it, on its card, too: Vietnamese that lacks a word does not compile, and a test reads both. */
	readonly words: Readonly<Record<LanguageCode, object>>;
}
