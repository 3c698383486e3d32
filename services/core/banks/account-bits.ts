// Counts distinct accounts without keeping which: each sets one bit, and the number of bits set tells about how many there were.
import { createHash } from "node:crypto";

/** The bits of one entry within minutes: good to about 1,000 accounts. */
export const entryAccountBits = 256;
/** The bits of a bank in shadow, however long: good to about 20,000 accounts. */
export const bankAccountBits = 4_096;

/** The bit, of so many (a power of two up to 65,536), that stands for an account, and for others. */
export function accountBit(platformId: string, authorId: string, bits: number): number {
	return createHash("sha256").update(`${platformId}\n${authorId}`).digest().readUInt16BE(0) % bits;
}

/**
 * Linear counting (Whang et al., 1990): how many accounts set `bitsSet` of `bits`. With all bits set there were at least that many.
 */
export function estimateAccounts(bitsSet: number, bits: number): number {
	const zeros = Math.max(bits - bitsSet, 0.5);
	return Math.round(bits * Math.log(bits / zeros));
}
