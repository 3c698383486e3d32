// Terms of two and three words in letters that were written without spaces. Where words end nobody knows who does not know the words: all
// cuts are tried in which at most one word is unknown, and hashed in passing. How many letters of a text are looked at is bounded.
import { isKnownWord } from "../../text/known-words.ts";
import { readingOfUnit } from "../../text/text-channels.ts";
import { addToPlain, type Words } from "./read-words.ts";
import { hashTerm, joinWord, type WordRun } from "./term-hash.ts";

/** Shorter ones are words, as a rule, if not of English. */
const fewestLetters = 20;
const mostLetters = 400;
/** A term of fewer letters stands side by side by chance. */
const fewestOfTerm = 9;
const longestWord = 18;

/** How many letters of one text, in all its forms, may still be looked at, and what was. */
export interface TogetherLeft {
	letters: number;
	readonly seen: Set<string>;
}

export function newTogetherLeft(): TogetherLeft {
	return { letters: 1_000, seen: new Set() };
}

/** Each as the run of the one word in which it stands. */
export function termsRunTogether(
	text: string,
	words: Words,
	mayHold: (first: number) => boolean,
	left: TogetherLeft,
): readonly WordRun[] {
	const found: WordRun[] = [];
	for (let word = 0; word < words.count && left.letters > 0; word += 1) {
		const [from = 0, to = 0] = [words.from[word], words.to[word]];
		if (to - from < fewestLetters || to - from > mostLetters) continue;
		const letters = text.slice(from, to).normalize("NFC").toLowerCase();
		if (left.seen.has(letters)) continue;
		left.seen.add(letters);
		const plain = plainOf(letters);
		if (plain === null || isKnownWord(letters)) continue;
		left.letters -= letters.length;
		for (const hash of termsIn(letters, plain, mayHold)) found.push({ from: word, to: word + 1, hash });
	}
	return found;
}

/** The letters without marks, one for each; null where it is more than letters. */
function plainOf(letters: string): Uint16Array | null {
	const plain = new Uint16Array(letters.length);
	for (let at = 0; at < letters.length; at += 1) {
		const code = letters.charCodeAt(at);
		if (code >= 0x30 && code <= 0x39) return null;
		const reading = readingOfUnit(code);
		if (reading.plain.length !== 1 || reading.marked.length !== 1) return null;
		plain[at] = reading.plain.charCodeAt(0);
	}
	return plain;
}

interface Cuts {
	/** By place and length of a word that begins there: its hash, and whether it is known. */
	readonly hashes: Int32Array;
	readonly isKnown: Uint8Array;
}

function cutsOf(letters: string, plain: Uint16Array): Cuts {
	const size = (letters.length + 1) * (longestWord + 1);
	const cuts = { hashes: new Int32Array(size), isKnown: new Uint8Array(size) };
	for (let from = 0; from < letters.length; from += 1) {
		let hash = 0;
		for (let length = 1; length <= longestWord && from + length <= letters.length; length += 1) {
			hash = addToPlain(hash, plain[from + length - 1] ?? 0);
			const at = from * (longestWord + 1) + length;
			cuts.hashes[at] = hash;
			cuts.isKnown[at] = isKnownWord(letters.slice(from, from + length)) ? 1 : 0;
		}
	}
	return cuts;
}

function* termsIn(letters: string, plain: Uint16Array, mayHold: (first: number) => boolean): Generator<Uint8Array> {
	const { hashes, isKnown } = cutsOf(letters, plain);
	const placeOf = (from: number, length: number) => from * (longestWord + 1) + length;
	const most = (from: number) => Math.min(longestWord, letters.length - from);
	for (let first = 0; first < letters.length; first += 1)
		for (let one = 1; one <= most(first); one += 1) {
			const second = first + one;
			const known = isKnown[placeOf(first, one)] ?? 0;
			const begun = joinWord(0, hashes[placeOf(first, one)] ?? 0);
			for (let two = 1; two <= most(second); two += 1) {
				const third = second + two;
				const knownOfTwo = known + (isKnown[placeOf(second, two)] ?? 0);
				if (knownOfTwo === 0) continue;
				const joined = joinWord(begun, hashes[placeOf(second, two)] ?? 0);
				if (third - first >= fewestOfTerm && mayHold(joined)) yield* hashOf(letters, [first, second, third]);
				for (let three = 1; three <= most(third); three += 1) {
					if (third + three - first < fewestOfTerm) continue;
					if (knownOfTwo + (isKnown[placeOf(third, three)] ?? 0) < 2) continue;
					if (mayHold(joinWord(joined, hashes[placeOf(third, three)] ?? 0)))
						yield* hashOf(letters, [first, second, third, third + three]);
				}
			}
		}
}

/** With both channels, as of a term that is written with spaces. */
function* hashOf(letters: string, cuts: readonly number[]): Generator<Uint8Array> {
	const words = cuts.slice(1).map((end, at) => letters.slice(cuts[at], end));
	const hash = hashTerm(words.join(" "));
	if (typeof hash !== "string") yield hash;
}
