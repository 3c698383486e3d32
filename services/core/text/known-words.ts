// Which words are known, and where words end in letters that were written without spaces. English words by their frequency, Vietnamese
// syllables by their build: enough to undo what was done to a text, not a dictionary.
import englishWords from "./english-words.json" with { type: "json" };
import { isSyllable, longestSyllable } from "./vietnamese-syllable.ts";
import vietnameseSyllables from "./vietnamese-syllables.json" with { type: "json" };
import { withoutMarks } from "./without-marks.ts";

const longestWord = 18;
const offset = 0x811c9dc5;
const prime = 0x01000193;

/** By FNV-1a, so that a word can be looked up letter by letter: what it costs as a part of a split, less for frequent ones. */
let costs: ReadonlyMap<number, number> | null = null;

function englishCosts(): ReadonlyMap<number, number> {
	if (costs !== null) return costs;
	costs = new Map(englishWords.map((word, rank) => [hashOf(word), costOf(rank, englishWords.length)]));
	return costs;
}

/** Zipf: the word of rank n has about 1/n of what the first one has. */
function costOf(rank: number, count: number): number {
	return Math.log((rank + 2) * Math.log(count));
}

function hashOf(word: string): number {
	let hash = noLetters;
	for (let at = 0; at < word.length; at += 1) hash = withLetter(hash, word.charCodeAt(at));
	return hash >>> 0;
}

/** A word's hash, letter by letter, for who makes many words of one (`costOfHashed`). */
export const noLetters = offset;
export function withLetter(hash: number, code: number): number {
	return Math.imul(hash ^ code, prime);
}

/** In lower case. A known word with an `s` is known. */
export function isKnownWord(word: string): boolean {
	return isEnglish(word) || isSyllable(word);
}

export function isEnglish(word: string): boolean {
	if (word.length > longestWord) return false;
	const known = englishCosts();
	return known.has(hashOf(word)) || (word.length > 3 && word.endsWith("s") && known.has(hashOf(word.slice(0, -1))));
}

/** The less, the more frequent; undefined for a word that is not listed. In lower case; `word` is asked for where the hash does not tell. */
export function costOfHashed(hash: number, word: () => string): number | undefined {
	listed ??= listedBits();
	const bit = (hash >>> 0) % listedCount;
	if (((listed[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) return undefined;
	return englishCosts().get(hash >>> 0) ?? vietnameseCosts().get(word());
}

/** One bit for each of the listed words, by its hash: 19 of 20 that are not listed are known by it. */
const listedCount = 1 << 19;
let listed: Uint8Array | null = null;

function listedBits(): Uint8Array {
	const bits = new Uint8Array(listedCount / 8);
	for (const hash of [...englishCosts().keys(), ...Array.from(vietnameseCosts().keys(), hashOf)]) {
		const bit = hash % listedCount;
		bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (1 << (bit & 7));
	}
	return bits;
}

const marked = /[\u00c0-\u024f\u1ea0-\u1eff]/u;
const unknownLetter = 14;
/** More than this is not split: it says nothing that people would read. */
const mostLetters = 2_000;

/** The words of letters without spaces, in lower case; null where they are not made of known ones. */
export function splitWords(letters: string): readonly string[] | null {
	if (letters.length > mostLetters) return null;
	if (marked.test(letters)) return cut(letters, longestSyllable, syllableCost);
	return cut(letters, longestWord, englishCost) ?? cut(letters, longestSyllable, syllableCost);
}

/** What the letters cost as one part, by their end; undefined where they are none. */
type CostFrom = (letters: string, from: number) => (end: number) => number | undefined;

const englishCost: CostFrom = (letters, from) => {
	const known = englishCosts();
	let hash = noLetters;
	let last = from;
	let before = noLetters;
	return (end) => {
		for (; last < end; last += 1) {
			before = hash;
			hash = withLetter(hash, letters.charCodeAt(last));
		}
		return (
			known.get(hash >>> 0) ??
			(letters.charAt(end - 1) === "s" && end - from > 3 ? plural(known.get(before >>> 0)) : undefined)
		);
	};
};

/** A form that is rarer than its word. */
function plural(cost: number | undefined): number | undefined {
	return cost === undefined ? undefined : cost + 2;
}

let syllableCosts: ReadonlyMap<string, number> | null = null;
/** For one that could be and is rare. */
const rareSyllable = 13;

/** With marks and without; what is written without them is the most frequent of those that it may stand for. */
function vietnameseCosts(): ReadonlyMap<string, number> {
	if (syllableCosts !== null) return syllableCosts;
	const byForm = new Map<string, number>();
	for (const [rank, syllable] of vietnameseSyllables.entries())
		for (const form of [syllable, withoutMarks(syllable)])
			if (!byForm.has(form)) byForm.set(form, costOf(rank, vietnameseSyllables.length));
	syllableCosts = byForm;
	return byForm;
}

const syllableCost: CostFrom = (letters, from) => (end) => {
	const syllable = letters.slice(from, end);
	return vietnameseCosts().get(syllable) ?? (isSyllable(syllable) ? rareSyllable : undefined);
};

/** The cheapest cut (Viterbi). A few letters that fit nowhere are kept with what surrounds them. */
function cut(letters: string, longest: number, costFrom: CostFrom): readonly string[] | null {
	const best = new Float64Array(letters.length + 1).fill(Number.POSITIVE_INFINITY);
	const cameFrom = new Int32Array(letters.length + 1);
	best[0] = 0;
	for (let from = 0; from < letters.length; from += 1) {
		const so = best[from] ?? 0;
		const costTo = costFrom(letters, from);
		offer(best, cameFrom, { from, end: from + 1, cost: so + unknownLetter });
		for (let end = from + 1; end <= Math.min(letters.length, from + longest); end += 1) {
			const cost = costTo(end);
			if (cost !== undefined) offer(best, cameFrom, { from, end, cost: so + cost });
		}
	}
	return read(letters, cameFrom, costFrom);
}

function offer(
	best: Float64Array,
	cameFrom: Int32Array,
	{ from, end, cost }: { readonly from: number; readonly end: number; readonly cost: number },
): void {
	if (cost >= (best[end] ?? 0)) return;
	best[end] = cost;
	cameFrom[end] = from;
}

function read(letters: string, cameFrom: Int32Array, costFrom: CostFrom): readonly string[] | null {
	const words: string[] = [];
	let unknown = 0;
	let isLoose = false;
	for (let end = letters.length; end > 0; end = cameFrom[end] ?? 0) {
		const from = cameFrom[end] ?? 0;
		const word = letters.slice(from, end);
		const isUnknown = end - from === 1 && costFrom(letters, from)(end) === undefined;
		if (isUnknown) unknown += 1;
		if (isUnknown && isLoose) words.push(`${word}${words.pop() ?? ""}`);
		else words.push(word);
		isLoose = isUnknown;
	}
	return unknown * 4 > letters.length || words.length < 2 ? null : words.reverse();
}
