// By what an item is one thing with others: its near hash, in all framings that say enough, and the hash that only the very same has. Where
// either says too little there is none: flat pictures, greetings and common phrases are near to too many strangers. What a post says beside a link
// is its own: two that share a link alone are no copies of each other.

import { isOfHalf, type PictureHashes } from "../banks/bank.ts";
import { type HashType, isOfLinks } from "../hashes/hash-type.ts";
import { hashBareLink } from "../hashes/link/link-hash.ts";
import { simhashTextWeighed } from "../hashes/simhash/text-simhash.ts";
import { hashText } from "../hashes/text/text-hash.ts";
import type { ClusteredType } from "./cluster-type.ts";

export interface Likeness {
	readonly type: ClusteredType;
	/** The one around which it founds a cluster. */
	readonly hash: Uint8Array;
	/** Its hashes in all turns and framings, with its own; of a video all frames of each, one after the other. */
	readonly framings: readonly Uint8Array[];
	/** Those that the hash names, where it is of a video. */
	readonly frames?: Uint8Array;
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
	const others = reframed
		.filter((one) => one.quality >= fewestQuality && !isOfHalf(one.transform))
		.map((one) => one.hash);
	return { type: "pdq", hash, framings: [hash, ...dihedral, ...others] };
}

/** By what a post is one thing with others: by the link that is all of it, else by its text. */
export function likenessOfPost(text: string): Likeness | null {
	const hash = hashBareLink(text);
	return hash === null ? likenessOfText(text) : { type: "link", hash, framings: [hash] };
}

export function likenessOfText(text: string): Likeness | null {
	if (text.length < fewestTrigrams) return null;
	const { hash, trigrams } = simhashTextWeighed(text) ?? { hash: null, trigrams: 0 };
	return hash === null || trigrams < fewestTrigrams ? null : { type: "text-simhash", hash, framings: [hash] };
}

/** The same link and nothing else, or the same wording, where a text of it says enough to be one thing with others at all. */
export function samePost(text: string, likeness: Likeness | null): SameHash | null {
	if (likeness === null) return null;
	if (isOfLinks(likeness.type)) return { type: likeness.type, hash: likeness.hash };
	const hash = hashText(text);
	return hash === null ? null : { type: "text", hash };
}
