// Names words by 64 bits, so that a vocabulary can be kept and looked up without the words themselves: a list of insults has
// no place in a repository. It hides them from the eye, not from somebody who tries words out.
import { mix32 } from "../hashes/mix32.ts";

/** FNV-1a over UTF-16 code units with Murmur3's finalizer, 32 bits; two offsets give two independent halves. */
function half(word: string, offset: number): number {
	let h = offset;
	for (let at = 0; at < word.length; at++) h = Math.imul(h ^ word.charCodeAt(at), 0x01000193);
	return mix32(h);
}

export const hashWordLow = (word: string): number => half(word, 0x811c9dc5);
export const hashWordHigh = (word: string): number => half(word, 0x2f0b4c47);
