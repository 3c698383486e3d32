// Whether a PDQ says enough of its picture to be compared by: a blank or flat one is near to many others.

/** Hashes compared by distance aim at half of their 256 bits set; far from it there was no structure, and the hash matches too much. */
export const fewestBits = 64;
export const mostBits = 192;
export const lowestQuality = 50;

/** The bits set in every byte; a detector that starts asks it of each of a million entries. */
const bitsOf = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll("0", "").length);

export function bitsSet(hash: Uint8Array): number {
	let set = 0;
	for (const byte of hash) set += bitsOf[byte] ?? 0;
	return set;
}

export function hasStructure({ hash, quality }: { readonly hash: Uint8Array; readonly quality: number }): boolean {
	const set = bitsSet(hash);
	return quality >= lowestQuality && set >= fewestBits && set <= mostBits;
}
