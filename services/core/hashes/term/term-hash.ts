// The hash of a term, and the terms that a text may hold: every run of a few words is hashed in passing, so that the time it takes grows
// with the text alone, however many terms there are and however they begin, and a list changes from one text to the next.
import { partsOf } from "../hash-forms.ts";
import { mix32 } from "../mix32.ts";
import { readWords, type Words } from "./read-words.ts";

export const termVersion = "terms-2";

/** Vietnamese writes each syllable as a word. */
const mostTermWords = 6;

export const termBytes = 16;

export type TermFault = "no-word" | "too-many-words";

/** 16 bytes: its plain letters, then its letters with their marks. */
export function hashTerm(text: string): Uint8Array | TermFault {
	const words = readWords(text);
	if (words.count === 0) return "no-word";
	if (words.count > mostTermWords) return "too-many-words";
	return bytesOf(lanesOf(words, 0, words.count));
}

/** A run of words in a text, by number: from `from` up to and without `to`. */
export interface WordRun {
	readonly from: number;
	readonly to: number;
	readonly hash: Uint8Array;
}

/** The runs of words of which the first number of the hash may be that of a term. */
export function termsHeld(words: Words, mayHold: (first: number) => boolean): readonly WordRun[] {
	const found: WordRun[] = [];
	/** What is said again has its bytes already: by their first number. */
	const made = new Map<number, Uint8Array>();
	const [plain] = words.plain;
	for (let from = 0; from < words.count; from += 1) {
		const last = Math.min(words.count, from + mostTermWords);
		let first = 0;
		for (let to = from; to < last; to += 1) {
			first = joinWord(first, plain[to] ?? 0);
			if (!mayHold(first)) continue;
			const lanes = lanesOf(words, from, to + 1);
			const before = made.get(first | 0);
			const hash = before !== undefined && isOf(before, lanes) ? before : bytesOf(lanes);
			if (hash !== before) made.set(first | 0, hash);
			found.push({ from, to: to + 1, hash });
		}
	}
	return found;
}

/** How a run of words is the term with the same plain letters: with its marks, or written without any; null where it has others. */
export function marksOf(run: Uint8Array, term: Uint8Array): "same" | "none" | null {
	const [plain, second, ...marked] = partsOf(run);
	const [, , ...wanted] = partsOf(term);
	if (marked[0] === wanted[0] && marked[1] === wanted[1]) return "same";
	return marked[0] === plain && marked[1] === second ? "none" : null;
}

/** One for all: read before the next is made. */
const lanes = new Uint32Array(4);

/** Four numbers: of plain letters twice, of letters with marks twice. Without marks both are the same. */
function lanesOf({ plain, marked }: Words, from: number, to: number): Uint32Array {
	let [first, second, third, fourth] = [0, 0, 0, 0];
	for (let at = from; at < to; at += 1) {
		first = joinWord(first, plain[0][at] ?? 0);
		second = joinWord(second, plain[1][at] ?? 0);
		third = joinWord(third, marked[0][at] ?? 0);
		fourth = joinWord(fourth, marked[1][at] ?? 0);
	}
	lanes[0] = first;
	lanes[1] = second;
	lanes[2] = third;
	lanes[3] = fourth;
	return lanes;
}

/** The highest byte of each number first. */
function bytesOf(numbers: Uint32Array): Uint8Array {
	const hash = new Uint8Array(termBytes);
	for (let byte = 0; byte < termBytes; byte += 1) hash[byte] = (numbers[byte >> 2] ?? 0) >>> (24 - 8 * (byte & 3));
	return hash;
}

function isOf(hash: Uint8Array, numbers: Uint32Array): boolean {
	for (let byte = 0; byte < termBytes; byte += 1)
		if (hash[byte] !== (((numbers[byte >> 2] ?? 0) >>> (24 - 8 * (byte & 3))) & 0xff)) return false;
	return true;
}

/** The first number of a run of words, one word on; from 0. */
export function joinWord(hash: number, word: number): number {
	return mix32(Math.imul(hash, 0x01000193) + word + 0x9e3779b9);
}
