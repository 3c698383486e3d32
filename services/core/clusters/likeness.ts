// By what an item is one thing with others: its near hash, in all framings that say enough, and the hash that only the very same has. Where
// either says too little there is none: flat pictures, greetings and common phrases are near to too many strangers.
import type { PictureHashes } from "../banks/bank.ts";
import type { HashType, NearHashType } from "../hashes/hash-type.ts";
import { simhashTextWeighed } from "../hashes/simhash/text-simhash.ts";
import { hashText } from "../hashes/text/text-hash.ts";

export interface Likeness {
	readonly type: NearHashType;
	/** The one around which it founds a cluster. */
	readonly hash: Uint8Array;
	/** Its hashes in all turns and framings, with its own. */
	readonly framings: readonly Uint8Array[];
}

/** A hash that the very same has. */
export interface SameHash {
	readonly type: HashType;
	readonly hash: Uint8Array;
}

/** Below it a hash says too little to tell a picture from others: flat ones are all near to one another (Davis and Rosen, "PDQ & TMK + PDQF", 2019). */
const fewestQuality = 50;
/** Different ones, about as many characters. A near-text hash says enough with half of them; what people greet and wish each other with has no more. */
const fewestTrigrams = 64;

export function likenessOfPicture({ hash, quality, dihedral, reframed = [] }: PictureHashes): Likeness | null {
	if (quality < fewestQuality) return null;
	const others = reframed.filter((one) => one.quality >= fewestQuality).map((one) => one.hash);
	return { type: "pdq", hash, framings: [hash, ...dihedral, ...others] };
}

export function likenessOfText(text: string): Likeness | null {
	if (text.length < fewestTrigrams) return null;
	const { hash, trigrams } = simhashTextWeighed(text) ?? { hash: null, trigrams: 0 };
	return hash === null || trigrams < fewestTrigrams ? null : { type: "text-simhash", hash, framings: [hash] };
}

/** The same wording, where a text of it says enough to be one thing with others at all. */
export function sameWording(text: string, likeness: Likeness | null): SameHash | null {
	const hash = likeness === null ? null : hashText(text);
	return hash === null ? null : { type: "text", hash };
}
