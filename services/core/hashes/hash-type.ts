// The kinds of hash that banks hold, and how each is compared. What a match of either kind means is decided in policy/.
import { z } from "zod";

/** `text` is the SHA-256 of a normalized text (text/text-hash.ts), `text-simhash` its near-duplicate hash (simhash/text-simhash.ts). */
export const hashTypes = ["sha256", "sha1", "md5", "pdq", "text", "text-simhash"] as const;
export const hashType = z.enum(hashTypes);
export type HashType = z.infer<typeof hashType>;

/** As a bank sets them: up to where a match is strong, and where there is one at all. */
export interface Radii {
	readonly tightRadiusBits: number;
	readonly wideRadiusBits: number;
}

interface Comparison {
	readonly bits: number;
	/** `exact`: equal or not. `near`: by Hamming distance, within the bank's own radii or, where a bank's do not fit, within these. */
	readonly comparison: "exact" | "near";
	readonly radii?: Radii;
}

/** 256 bits for what is near: one index serves it all. */
const comparisons = {
	sha256: { bits: 256, comparison: "exact" },
	sha1: { bits: 160, comparison: "exact" },
	md5: { bits: 128, comparison: "exact" },
	pdq: { bits: 256, comparison: "near" },
	text: { bits: 256, comparison: "exact" },
	// Measured (npm run bench:texts): within 10 bits lie copies with a slip of the pen in a longer text, within 31 no text that says something else.
	"text-simhash": { bits: 256, comparison: "near", radii: { tightRadiusBits: 10, wideRadiusBits: 31 } },
} as const satisfies Record<HashType, Comparison>;

export function hashBitsOf(type: HashType): number {
	return comparisons[type].bits;
}

export type NearHashType = {
	[T in HashType]: (typeof comparisons)[T]["comparison"] extends "near" ? T : never;
}[HashType];

/** Whether hashes of the type are compared by distance. */
export function isNear(type: HashType): type is NearHashType {
	return comparisons[type].comparison === "near";
}

const exactly: Radii = { tightRadiusBits: 0, wideRadiusBits: 0 };

/** How far a match of the type may be in a bank: strong, and at all. */
export function radiiOf(type: HashType, bank: Radii): Radii {
	if (!isNear(type)) return exactly;
	const comparison: Comparison = comparisons[type];
	const { tightRadiusBits, wideRadiusBits } = comparison.radii ?? bank;
	return { tightRadiusBits, wideRadiusBits };
}
