// Which language a text is in, as far as models and lists care: English, Vietnamese (with its marks or without), another one, or not to be
// told. By the words that core knows anyway; it names no third language.
import { isEnglish } from "./known-words.ts";
import { isSyllable } from "./vietnamese-syllable.ts";

export type Language = "en" | "vi" | "other";

/** So many words tell; what is said further on is in the same language, or the text is in several. */
const mostCharacters = 1_000;
const mostWords = 100;
const fewestWords = 3;
/** So few words of neither language may be names. */
const fewestOfOther = 4;
const fewestLetters = 8;
const shares = {
	known: 0.6,
	marked: 0.3,
	unmarked: 0.8,
	strange: 0.2,
	strangeSyllables: 0.4,
	otherScript: 0.5,
} as const;

/** Words with digits or signs in them tell nothing: somebody may have disguised them. */
const tokens = /[^\s\p{P}]+(?:['’][^\s\p{P}]+)?/gu;
const isWord = /^[\p{L}\p{M}]+(?:['’]\p{L}+)?$/u;

/** Null where the text is too short, or in no language for the most part. */
export function identifyLanguage(text: string): Language | null {
	const head = text.slice(0, mostCharacters).normalize("NFC").toLowerCase();
	if (isOfOtherScript(head)) return "other";
	const words = (head.match(tokens) ?? []).filter((token) => isWord.test(token)).slice(0, mostWords);
	if (words.length < fewestWords) return null;
	const english = words.filter((word) => isEnglish(word.split(/['’]/)[0] ?? word)).length / words.length;
	const syllables = words.filter(isSyllable);
	const vietnamese = syllables.length / words.length;
	const marked = syllables.filter((word) => /[^a-z]/.test(word)).length / words.length;
	if (vietnamese >= shares.known && marked >= shares.marked) return "vi";
	if (english >= shares.known && english >= vietnamese) return "en";
	if (vietnamese >= shares.unmarked) return "vi";
	const isStrange = english < shares.strange && vietnamese < shares.strangeSyllables;
	return isStrange && words.length >= fewestOfOther ? "other" : null;
}

export const sentenceEnds = /[.!?…。！？\r\n]+/gu;

/** The sentences that are in this language by themselves: a text in another one may hold some. */
export function sentencesIn(language: string, text: string): readonly string[] {
	return text.split(sentenceEnds).filter((sentence) => identifyLanguage(sentence) === language);
}

function isOfOtherScript(text: string): boolean {
	const letters = text.match(/\p{L}/gu)?.length ?? 0;
	if (letters < fewestLetters) return false;
	const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
	return letters - latin > shares.otherScript * letters;
}
