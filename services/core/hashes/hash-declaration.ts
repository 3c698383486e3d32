// What a type of hash says of itself, in data that may run anywhere, a browser too. How its hashes are made is apart from it (makers.ts).
import type { VideoFrame } from "./vpdq/video-frame.ts";

/** As a bank sets them: up to where a match is strong, and where there is one at all. */
export interface Radii {
	readonly tightRadiusBits: number;
	readonly wideRadiusBits: number;
}

export interface HashDeclaration extends HashForm {
	/** What it is made of: the bytes of a file, the pixels of a picture, the frames of a video, what is heard of a file, the words of a text, the address of a link, or a term. */
	readonly of: "file" | "picture" | "video" | "sound" | "text" | "link" | "term";
	/** Not of exact types. How far a match may be, whatever a bank says; where this is left out the bank's own radii hold. */
	readonly radii?: Radii;
	/** In hex: what an empty file gives, which would match every other one. */
	readonly ofNothing?: string;
	/** For people, in each language of the console. */
	readonly names: { readonly en: string; readonly vi: string };
	/** What people are told of a match by it; where this is left out, what is said of all types of its form (match-words.ts). */
	readonly said?: { readonly en: MatchWords; readonly vi: MatchWords };
	/** What lists and tools call it, besides; letter case and what parts words do not matter. After IWF, NCMEC, StopNCII and Project VIC. */
	readonly listNames: readonly string[];
	/** As files for ThreatExchange name it. */
	readonly threatExchangeName: string;
	readonly examples: HashExamples;
}

export interface SaidMatch {
	readonly bankName: string;
	readonly distanceBits: number;
	readonly wideRadiusBits: number;
	/** Whether a text matched, but not as it came or not wholly. */
	readonly isReworded: boolean;
	/** How many of a video's stills the entry has, 0 to 1. */
	readonly shareOfItem: number;
}

export interface MatchWords {
	/** Above everything else that is known of the match. */
	title(match: SaidMatch): string;
	/** Before anything is shown: in which bank, and how far away. */
	sentence(match: SaidMatch): string;
}

/** How its hashes are written, compared and indexed. */
interface HashForm {
	/** A multiple of 8, 256 at most: the banks in memory keep that many for each entry. */
	readonly bits: number;
	/**
	 * `exact`: equal or not, looked up in one step. `near`: by Hamming distance, of 256 bits, in the index that all near types share.
	 * `parts`: by the bits of those of its parts that an item does not hold close together. `frames`: by the distance at which enough of
	 * the frames that it names are among an item's.
	 */
	readonly comparison: "exact" | "near" | "parts" | "frames";
	/** Null where the text is no hash of this type. */
	read(text: string): Uint8Array | null;
	/** Which of the frames that a list has are kept; none where they say too little. Left out of all but `frames`. */
	readonly usable?: <F extends Pick<VideoFrame, "hash" | "quality">>(frames: readonly F[]) => readonly F[];
	/** Bits apart; null where two hashes that differ have nothing to do with each other. The reference for the index. */
	compare(left: Uint8Array, right: Uint8Array): number | null;
}

/** Tried by a test that goes over the catalogue. */
interface HashExamples {
	/** Contents, files as texts in UTF-8, links as addresses, terms as they are written, and what they give. Empty where it is made of pixels. */
	readonly made: readonly { readonly from: string; readonly hash: string }[];
	/** Pairs of hashes that match at the type's widest radius, and pairs that do not. */
	readonly alike: readonly (readonly [string, string])[];
	readonly apart: readonly (readonly [string, string])[];
}
