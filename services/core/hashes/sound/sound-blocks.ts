// The words of a sound, eight by eight: what is compared of sounds, and what says too little to be compared.

/** A block is 256 bits, 0.37 s. */
export const blockWords = 8;
export const blockBits = blockWords * 32;

/** Where most words are alike nothing happens that other sounds do not have. */
const fewestDistinct = 6;
const fewestBits = 48;
const mostBits = blockBits - fewestBits;

function bitsSet(word: number): number {
	const pairs = word - ((word >>> 1) & 0x55555555);
	const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
	return (((fours + (fours >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Whether the block that begins there says something that few others do: a hum, a tone and silence do not change, and have few bits. */
export function isTelling(words: Uint32Array, from: number): boolean {
	let bits = 0;
	const distinct = new Set<number>();
	for (let at = from; at < from + blockWords; at += 1) {
		const word = words[at] ?? 0;
		if (word !== 0) distinct.add(word);
		bits += bitsSet(word);
	}
	return distinct.size >= fewestDistinct && bits >= fewestBits && bits <= mostBits;
}

/** In how many bits two blocks differ, each from a word on. */
export function blocksApart(
	left: { readonly words: Uint32Array; readonly from: number },
	right: { readonly words: Uint32Array; readonly from: number },
): number {
	let bits = 0;
	for (let at = 0; at < blockWords; at += 1)
		bits += bitsSet((left.words[left.from + at] ?? 0) ^ (right.words[right.from + at] ?? 0));
	return bits;
}
