// The word that a slip of the pen was meant to be: of the known words with one letter more, less, other or elsewhere, the most frequent (Norvig, "How to Write a
// Spelling Corrector", 2007).
import { costOfHashed, noLetters, withLetter } from "./known-words.ts";

const english = codesOf("abcdefghijklmnopqrstuvwxyz");
const vietnamese = codesOf(
	"abcdefghijklmnopqrstuvwxyzăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ",
);
const shortest = 3;
const longest = 16;

const corrected = new Map<string, string | null>();
/** Names and slang come again and again; what does not must not fill the memory. */
const mostRemembered = 5_000;

/** In lower case; null where no known word is near, or the word is too short to tell. */
export function correctWord(word: string): string | null {
	if (word.length < shortest || word.length > longest || !/^\p{L}+$/u.test(word)) return null;
	const before = corrected.get(word);
	if (before !== undefined) return before;
	if (corrected.size >= mostRemembered) corrected.clear();
	const best = nearestKnown(word);
	corrected.set(word, best);
	return best;
}

function nearestKnown(word: string): string | null {
	const search: Search = { best: null, cost: Number.POSITIVE_INFINITY };
	const letters = /^[a-z]+$/.test(word) ? english : vietnamese;
	const codes = codesOf(word);
	// Most of the hundreds of words that it might have been are never written out: their hashes say that nobody knows them.
	let before = noLetters;
	for (let at = 0; at <= codes.length; at += 1) {
		const moved = codes[at];
		if (moved !== undefined) consider(search, codes, { before, from: at, skip: 1, letter: null });
		if (moved !== undefined) considerMoves(search, codes, at);
		for (const letter of letters) {
			consider(search, codes, { before, from: at, skip: 0, letter });
			if (moved !== undefined) consider(search, codes, { before, from: at, skip: 1, letter });
		}
		if (moved !== undefined) before = withLetter(before, moved);
	}
	return search.best;
}

interface Search {
	best: string | null;
	cost: number;
}

/** The letters up to `from` stay, whose hash is `before`; then `letter`, where there is one, stands for the next `skip`. */
interface Edit {
	readonly before: number;
	readonly from: number;
	readonly skip: number;
	readonly letter: number | null;
}

function consider(search: Search, codes: readonly number[], { before, from, skip, letter }: Edit): void {
	let hash = letter === null ? before : withLetter(before, letter);
	for (let at = from + skip; at < codes.length; at += 1) hash = withLetter(hash, codes[at] ?? 0);
	keepBetter(search, hash, () => [
		...codes.slice(0, from),
		...(letter === null ? [] : [letter]),
		...codes.slice(from + skip),
	]);
}

/** The letter in any other place. */
function considerMoves(search: Search, codes: readonly number[], from: number): void {
	const letter = codes[from] ?? 0;
	const rest = [...codes.slice(0, from), ...codes.slice(from + 1)];
	let before = noLetters;
	for (let at = 0; at <= rest.length; at += 1) {
		consider(search, rest, { before, from: at, skip: 0, letter });
		before = withLetter(before, rest[at] ?? 0);
	}
}

/** Keeps the better of two words; of two that are as frequent, the first. */
function keepBetter(search: Search, hash: number, codes: () => readonly number[]): void {
	const word = () => String.fromCharCode(...codes());
	const cost = costOfHashed(hash, word);
	if (cost === undefined || cost >= search.cost) return;
	search.cost = cost;
	search.best = word();
}

function codesOf(letters: string): readonly number[] {
	return Array.from({ length: letters.length }, (_, at) => letters.charCodeAt(at));
}
