// Terms of two and three words in letters that were written without spaces. Where words end nobody knows who does not know the words: all
// cuts are tried in which at most one word is unknown, or two of a long one, and hashed in passing. How many letters of a text are looked at is bounded.
import { isKnownWord } from "../../text/known-words.ts";
import { readingOfUnit } from "../../text/text-channels.ts";
import { addToPlain, addToSecond, type Words } from "./read-words.ts";
import { hashTerm, joinWord, type WordRun } from "./term-hash.ts";

/** Shorter ones are words, as a rule, if not of English. */
const fewestLetters = 20;
const mostLetters = 400;
/** A term of fewer letters stands side by side by chance. */
const fewestOfTerm = 9;
/** So many letters are a term's even where one word of three is all that is known of it. */
const fewestHardlyKnown = 12;
const [fewestUnknown, mostUnknown] = [3, 14];
const longestWord = 18;

/** How many letters of one text, in all its forms, may still be looked at, and what was. */
export interface TogetherLeft {
	letters: number;
	readonly seen: Set<string>;
}

export function newTogetherLeft(): TogetherLeft {
	return { letters: 800, seen: new Set() };
}

/** Asks by the first number of a term's hash, or by the second as well: false is sure. */
type MayHold = (first: number, second?: number) => boolean;

/** Each as the run of the one word in which it stands. */
export function termsRunTogether(text: string, words: Words, mayHold: MayHold, left: TogetherLeft): readonly WordRun[] {
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

function* termsIn(letters: string, plain: Uint16Array, mayHold: MayHold): Generator<Uint8Array> {
	const { hashes, isKnown } = cutsOf(letters, plain);
	const placeOf = (from: number, length: number) => from * (longestWord + 1) + length;
	// Of a hundred that pass the first question, one is a term as a rule; to hash each of them costs more than all the rest.
	const isHeld = (first: number, cuts: readonly number[]) => mayHold(first, secondOf(plain, cuts));
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
				if (third - first >= fewestOfTerm && mayHold(joined) && isHeld(joined, [first, second, third]))
					yield* hashOf(letters, [first, second, third]);
				const lettersBefore = third - first;
				for (let three = Math.max(1, fewestOfTerm - lettersBefore); three <= most(third); three += 1) {
					const place = placeOf(third, three);
					if (knownOfTwo + (isKnown[place] ?? 0) < 2 && !mayBeUnknown(lettersBefore, three)) continue;
					const whole = joinWord(joined, hashes[place] ?? 0);
					if (mayHold(whole) && isHeld(whole, [first, second, third, third + three]))
						yield* hashOf(letters, [first, second, third, third + three]);
				}
			}
		}
}

/** The second number of the run of words between these places. */
function secondOf(plain: Uint16Array, cuts: readonly number[]): number {
	let joined = 0;
	for (const [at, end] of cuts.slice(1).entries()) {
		let hash = 0;
		for (let place = cuts[at] ?? 0; place < end; place += 1) hash = addToSecond(hash, plain[place] ?? 0);
		joined = joinWord(joined, hash);
	}
	return joined;
}

/** Whether a third word that nobody knows, beside one of which that is so, may be a term's. */
function mayBeUnknown(lettersBefore: number, letters: number): boolean {
	return letters >= fewestUnknown && letters <= mostUnknown && lettersBefore + letters >= fewestHardlyKnown;
}

/** With both channels, as of a term that is written with spaces. */
function* hashOf(letters: string, cuts: readonly number[]): Generator<Uint8Array> {
	const words = cuts.slice(1).map((end, at) => letters.slice(cuts[at], end));
	const hash = hashTerm(words.join(" "));
	if (typeof hash !== "string") yield hash;
}
