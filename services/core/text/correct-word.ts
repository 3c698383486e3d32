// The word that a slip of the pen was meant to be: of the known words with one letter more, less, other or elsewhere, the most frequent (Norvig, "How to Write a
// Spelling Corrector", 2007).
import { costOfWord } from "./known-words.ts";

const english = [..."abcdefghijklmnopqrstuvwxyz"];
const vietnamese = [...english, ..."ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"];
const shortest = 3;
const longest = 16;

/** In lower case; null where no known word is near, or the word is too short to tell. */
export function correctWord(word: string): string | null {
	if (word.length < shortest || word.length > longest || !/^\p{L}+$/u.test(word)) return null;
	let best: { readonly word: string; readonly cost: number } | null = null;
	for (const one of editsOf(word, /^[a-z]+$/.test(word) ? english : vietnamese)) {
		const cost = costOfWord(one);
		if (cost !== undefined && (best === null || cost < best.cost)) best = { word: one, cost };
	}
	return best?.word ?? null;
}

function* editsOf(word: string, letters: readonly string[]): Generator<string> {
	for (let at = 0; at <= word.length; at += 1) {
		const [before, after] = [word.slice(0, at), word.slice(at)];
		if (after !== "") yield* movesOf(before + after.slice(1), after.charAt(0));
		for (const one of letters) {
			yield before + one + after;
			if (after !== "") yield before + one + after.slice(1);
		}
	}
}

/** Without the letter, and with it in any other place. */
function* movesOf(rest: string, letter: string): Generator<string> {
	yield rest;
	for (let at = 0; at <= rest.length; at += 1) yield rest.slice(0, at) + letter + rest.slice(at);
}
