// The near-duplicate hash of a text: SimHash (Charikar, "Similarity Estimation Techniques from Rounding Algorithms", 2002; Manku,
// Jain, Das Sarma, "Detecting Near-Duplicates for Web Crawling", 2007) of 256 bits over the text's trigrams. Texts that share most of
// their wording have hashes few bits apart. It decides nothing about what a distance means.
import { mix32 } from "../mix32.ts";
import { normalizeText } from "../text/text-hash.ts";

export const textSimhashVersion = "text-simhash-1";

const hashWords = 8;
const bits = hashWords * 32;
/** Fewer different trigrams (about as many characters) say too little: another word in so short a text is another text. */
export const fewestTrigrams = 32;
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
	return normalizeText(text)
		.normalize("NFD")
		.replace(/[\u0300-\u036f]+/gu, "")
		.replaceAll("đ", "d")
		.normalize("NFC")
		.replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
		.trim()
		.replace(/[\u0131\u0370-\u052f]/gu, (letter) => lookalikes.get(letter) ?? letter);
}

const sums = new Int32Array(bits);

/** 32 bytes; null where the text is too short to tell it from others. */
export function simhashText(text: string): Uint8Array | null {
	const counts = countTrigrams(foldText(text).slice(0, mostCharacters));
	if (counts.size < fewestTrigrams) return null;
	sums.fill(0);
	let total = 0;
	for (const [trigram, count] of counts) {
		// Common trigrams are in every text of a language: their number counts, but by its root. In whole numbers, so that the order
		// of adding decides nothing.
		const weight = Math.round(64 * Math.sqrt(count));
		total += weight;
		for (let word = 0; word < hashWords; word += 1) {
			const hash = mix32(trigram + Math.imul(word, 0x9e3779b9));
			const at = word * 32;
			// No branch: which bits are set is as good as random, and a processor that guesses wrong half the time is slow.
			for (let bit = 0; bit < 32; bit += 1) sums[at + bit] = (sums[at + bit] ?? 0) + (-((hash >>> bit) & 1) & weight);
		}
	}
	const out = new Uint8Array(bits / 8);
	// A bit is set where the trigrams that have it outweigh those that do not.
	for (const [bit, sum] of sums.entries()) if (2 * sum > total) out[bit >> 3] = (out[bit >> 3] ?? 0) | (1 << (bit & 7));
	return out;
}

/** By FNV-1a of three UTF-16 code units, 32 bits. */
function countTrigrams(text: string): ReadonlyMap<number, number> {
	const counts = new Map<number, number>();
	for (let at = 0; at + 3 <= text.length; at += 1) {
		let hash = 0x811c9dc5;
		for (let unit = 0; unit < 3; unit += 1) hash = Math.imul(hash ^ text.charCodeAt(at + unit), 0x01000193);
		const trigram = hash >>> 0;
		counts.set(trigram, (counts.get(trigram) ?? 0) + 1);
	}
	return counts;
}
