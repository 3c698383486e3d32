// The near-duplicate hash of a text: SimHash (Charikar, "Similarity Estimation Techniques from Rounding Algorithms", 2002; Manku,
// Jain, Das Sarma, "Detecting Near-Duplicates for Web Crawling", 2007) of 256 bits over the text's trigrams. Texts that share most of
// their wording have hashes few bits apart. It decides nothing about what a distance means.

import { withoutMarks } from "../../text/without-marks.ts";
import { mix32 } from "../mix32.ts";
import { normalizeText } from "../text/text-hash.ts";

export const textSimhashVersion = "text-simhash-1";

const hashWords = 8;
const bits = hashWords * 32;
/** Fewer different trigrams (about as many characters) say too little: another word in so short a text is another text. */
const fewestTrigrams = 32;
/** Folded characters that count: what differs only further on is the same here, and a long text holds nobody up. */
const mostCharacters = 10_000;

/** Letters of other scripts that pass for Latin ones, each before the one that it passes for (a part of Unicode's UTS 39). */
const lookalikes: ReadonlyMap<string, string> = new Map(
	[
		"аa",
		"еe",
		"оo",
		"рp",
		"сc",
		"хx",
		"уy",
		"іi",
		"јj",
		"ѕs",
		"ԁd",
		"һh",
		"ԛq",
		"ԝw",
		"οo",
		"αa",
		"νv",
		"ιi",
		"ρp",
		"κk",
		"τt",
		"ıi",
	].map(([from = "", to = ""]) => [from, to]),
);

/**
 * The text without what people change most easily: marks over Latin, Greek and Cyrillic letters (Vietnamese written without them is
 * the same), punctuation, letters that look like others. Marks of other scripts carry the vowels and stay.
 */
export function foldText(text: string): string {
	return withoutMarks(normalizeText(text))
		.replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
		.trim()
		.replace(/[\u0131\u0370-\u052f]/gu, (letter) => lookalikes.get(letter) ?? letter);
}

/** 32 bytes; null where the text is too short to tell it from others. */
export function simhashText(text: string): Uint8Array | null {
	return simhashTextWeighed(text)?.hash ?? null;
}

/** With how many different trigrams it is made of: the more there are, the more it says. */
export function simhashTextWeighed(text: string): { readonly hash: Uint8Array; readonly trigrams: number } | null {
	const weighed = weigh(foldStart(text));
	return weighed === null ? null : { hash: toHash(weighed), trigrams: weighed.counts.size };
}

/** The characters that count, without folding all of a long text for them. */
function foldStart(text: string): string {
	const start = foldText(text.slice(0, 3 * mostCharacters));
	return (start.length < mostCharacters && text.length > 3 * mostCharacters ? foldText(text) : start).slice(
		0,
		mostCharacters,
	);
}

/** Longer texts are near their copy with a slip of the pen as they are. */
const longestWithoutWord = 160;
const mostWordsLeftOut = 32;

/**
 * The hashes of a short text without each of its words in turn: where a slip has made another word of one, the others are as they were.
 * None for a long text, or one that has no hash.
 */
export function simhashesWithoutWord(text: string): readonly Uint8Array[] {
	if (text.length > 2 * longestWithoutWord) return [];
	const folded = foldText(text);
	const weighed = folded.length > longestWithoutWord ? null : weigh(folded);
	if (weighed === null) return [];
	return wordsOf(folded)
		.slice(0, mostWordsLeftOut)
		.map((word) => toHash(without(folded, weighed, word)));
}

interface Weighed {
	readonly counts: ReadonlyMap<number, number>;
	/** By bit, the weight of the trigrams that have it set. */
	readonly sums: Int32Array;
	readonly total: number;
}

interface Span {
	readonly from: number;
	readonly end: number;
}

const sums = new Int32Array(bits);
const sumsWithout = new Int32Array(bits);

function weigh(folded: string): Weighed | null {
	const counts = countTrigrams(folded, 0, folded.length);
	if (counts.size < fewestTrigrams) return null;
	sums.fill(0);
	planes.fill(0);
	let total = 0;
	let once = 0;
	for (const [trigram, count] of counts) {
		if (count > 1) total += add(sums, trigram, weightOf(count));
		else {
			countBits(trigram);
			once += 1;
		}
	}
	const weight = weightOf(1);
	for (let bit = 0; bit < bits; bit += 1) sums[bit] = (sums[bit] ?? 0) + weight * countedAt(bit);
	return { counts, sums, total: total + once * weight };
}

/** Enough to count to the most trigrams that a text may have. */
const levels = 14;
/** How often each bit is set among the trigrams that stand once, nearly all: bit i of the count in plane i, 32 bits of the hash at a time. */
const planes = new Int32Array(levels * hashWords);

function countBits(trigram: number): void {
	for (let word = 0; word < hashWords; word += 1) {
		let carry = mix32(trigram + Math.imul(word, 0x9e3779b9)) | 0;
		for (let at = word; carry !== 0; at += hashWords) {
			const plane = planes[at] ?? 0;
			planes[at] = plane ^ carry;
			carry &= plane;
		}
	}
}

function countedAt(bit: number): number {
	let count = 0;
	for (let level = 0, at = bit >> 5; level < levels; level += 1, at += hashWords)
		count += (((planes[at] ?? 0) >>> (bit & 31)) & 1) << level;
	return count;
}

function without(folded: string, { counts, sums, total }: Weighed, { from, end }: Span): Weighed {
	sumsWithout.set(sums);
	const changed = new Map<number, number>();
	// Of the trigrams that begin up to two characters before the word, all go; where the text closes over it, others come.
	const gone = countTrigrams(folded, Math.max(0, from - 2), Math.min(folded.length, end + 2));
	const closed = folded.slice(Math.max(0, from - 2), from) + folded.slice(end, end + 2);
	for (const [trigram, count] of gone) changed.set(trigram, -count);
	for (const [trigram, count] of countTrigrams(closed, 0, closed.length))
		changed.set(trigram, (changed.get(trigram) ?? 0) + count);
	let left = total;
	for (const [trigram, change] of changed) {
		const count = counts.get(trigram) ?? 0;
		left += add(sumsWithout, trigram, weightOf(count + change) - weightOf(count));
	}
	return { counts, sums: sumsWithout, total: left };
}

/** Each with the space after it, the last one with that before it. */
function wordsOf(folded: string): readonly Span[] {
	const spans: Span[] = [];
	for (let from = 0; from < folded.length; ) {
		const space = folded.indexOf(" ", from);
		if (space < 0) return [...spans, { from: Math.max(0, from - 1), end: folded.length }];
		spans.push({ from, end: space + 1 });
		from = space + 1;
	}
	return spans;
}

/**
 * Common trigrams are in every text of a language: their number counts, but by its root. In whole numbers, so that the order of adding
 * decides nothing.
 */
function weightOf(count: number): number {
	return Math.round(64 * Math.sqrt(count));
}

/** Answers the weight. */
function add(to: Int32Array, trigram: number, weight: number): number {
	for (let word = 0; word < hashWords; word += 1) {
		const hash = mix32(trigram + Math.imul(word, 0x9e3779b9));
		const at = word * 32;
		// No branch: which bits are set is as good as random, and a processor that guesses wrong half the time is slow.
		for (let bit = 0; bit < 32; bit += 1) to[at + bit] = (to[at + bit] ?? 0) + (-((hash >>> bit) & 1) & weight);
	}
	return weight;
}

/** A bit is set where the trigrams that have it outweigh those that do not. */
function toHash({ sums, total }: Weighed): Uint8Array {
	const out = new Uint8Array(bits / 8);
	for (let bit = 0; bit < bits; bit += 1)
		if (2 * (sums[bit] ?? 0) > total) out[bit >> 3] = (out[bit >> 3] ?? 0) | (1 << (bit & 7));
	return out;
}

/** By FNV-1a of three UTF-16 code units, 32 bits. */
function countTrigrams(text: string, from: number, end: number): Map<number, number> {
	const counts = new Map<number, number>();
	for (let at = from; at + 3 <= end; at += 1) {
		let hash = 0x811c9dc5;
		for (let unit = 0; unit < 3; unit += 1) hash = Math.imul(hash ^ text.charCodeAt(at + unit), 0x01000193);
		const trigram = hash >>> 0;
		counts.set(trigram, (counts.get(trigram) ?? 0) + 1);
	}
	return counts;
}
