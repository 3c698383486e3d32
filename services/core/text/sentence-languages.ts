// In which language a place of a text may be: its sentence tells, where that can be told, and else the whole text, unless it is in several.
import { identifyLanguage, type Language, sentenceEnds } from "./identify-language.ts";

/** So many sentences of a text are asked; in those behind them anything may stand. */
const mostAsked = 64;

export interface SentenceLanguages {
	/** False where the language of the place is told, and is another one. */
	mayBeIn(language: Language, from: number): boolean;
}

export function createSentenceLanguages(text: string): SentenceLanguages {
	/** Where each sentence ends, in their order. */
	let ends: readonly number[] | null = null;
	const told = new Map<number, Language | null>();
	const languageOf = (sentence: number, all: readonly number[]): Language | null => {
		const known = told.get(sentence);
		if (known !== undefined) return known;
		if (told.size === mostAsked) return null;
		const language = identifyLanguage(text.slice(all[sentence - 1] ?? 0, all[sentence]));
		told.set(sentence, language);
		return language;
	};
	/** Null where it cannot be told, or there are several. */
	let whole: Language | null | undefined;
	const ofAll = (all: readonly number[]): Language | null => {
		const language = identifyLanguage(text);
		const isTold = all.length <= mostAsked;
		const others = all.map((_, sentence) => languageOf(sentence, all)).filter((one) => one !== null);
		return isTold && others.every((one) => one === language) ? language : null;
	};
	return {
		mayBeIn(language, from) {
			ends ??= endsOf(text);
			const own = languageOf(sentenceAt(ends, from), ends);
			if (own !== null) return own === language;
			if (whole === undefined) whole = ofAll(ends);
			return whole === null || whole === language;
		},
	};
}

function endsOf(text: string): readonly number[] {
	const ends = Array.from(text.matchAll(sentenceEnds), ({ index, 0: end }) => index + end.length);
	return ends.at(-1) === text.length ? ends : [...ends, text.length];
}

/** The first that ends behind the place. */
function sentenceAt(ends: readonly number[], from: number): number {
	let [low, high] = [0, ends.length - 1];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((ends[middle] ?? 0) > from) high = middle;
		else low = middle + 1;
	}
	return low;
}
