// What a text holds: its shingles, runs of a few letters (Broder, "On the Resemblance and Containment of Documents", 1997). Of a known
// text the eight shingles with the smallest hashes are kept; a text that has most of them close together holds it, whatever stands
// around it. Of a long text only the beginning is known so. It decides nothing about what that means.
import { bareLetters } from "../../text/bare-letters.ts";
import { readMarkup } from "../../text/read-markup.ts";
import { hashOfParts } from "../hash-forms.ts";
import { mix32 } from "../mix32.ts";

export const textShinglesVersion = "text-shingles-1";

export const partsOfHash = 8;
const shingleLetters = 8;
/** The number of bare letters of a known text that are looked for; its shingles may lie no further apart. */
export const windowShingles = 400;

/** 32 bytes, the parts in ascending order; null where the text is too short to tell it from others. */
export function shinglesOfText(text: string): Uint8Array | null {
	const smallest = new Set(
		shingles(bareLetters(readMarkup(text.slice(0, 8 * windowShingles))).subarray(0, windowShingles)),
	);
	if (smallest.size < partsOfHash) return null;
	return hashOfParts(Uint32Array.from(smallest).sort().subarray(0, partsOfHash));
}

/** All shingles of a text that is looked up, in their order. */
export function shinglesHeld(text: string): Uint8Array {
	return hashOfParts(shingles(bareLetters(readMarkup(text))));
}

const base = 0x01000193;
/** What the letter that leaves a shingle weighs in its hash. */
const leaving = Array.from({ length: shingleLetters }).reduce<number>((power) => Math.imul(power, base), 1);

/** A rolling hash (Rabin, Karp) of every run of letters, mixed. */
function shingles(letters: Uint16Array): Uint32Array {
	const rows = new Uint32Array(Math.max(0, letters.length - shingleLetters + 1));
	let hash = 0;
	for (let at = 0; at < letters.length; at += 1) {
		hash = (Math.imul(hash, base) + (letters[at] ?? 0)) | 0;
		if (at >= shingleLetters) hash = (hash - Math.imul(letters[at - shingleLetters] ?? 0, leaving)) | 0;
		if (at >= shingleLetters - 1) rows[at - shingleLetters + 1] = mix32(hash) >>> 0;
	}
	return rows;
}
