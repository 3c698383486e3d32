// Decides which hashes must never enter a bank: those that a blank or flat picture, or an empty file, would match.
import { toHex } from "../hashes/hash-hex.ts";
import { declarationOf, isNear } from "../hashes/hash-type.ts";
import type { BankEntry } from "./bank.ts";
import type { Rejection } from "./rejection.ts";

/** Hashes compared by distance aim at half of their 256 bits set; far from it there was no structure, and the hash matches too much. */
const fewestBits = 64;
const mostBits = 192;
const lowestQuality = 50;

/** The bits set in every byte; a detector that starts asks it of each of a million entries. */
const bitsOf = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll("0", "").length);

/** Why the entry is refused; null where it may enter. */
export function entryRejection(entry: Pick<BankEntry, "hashType" | "hash" | "quality">): Rejection | null {
	let set = 0;
	for (const byte of entry.hash) set += bitsOf[byte] ?? 0;
	if (set === 0) return { code: "all-zero" };
	if (!isNear(entry.hashType)) return isOfNothing(entry) ? { code: "empty-file" } : null;
	if (set < fewestBits || set > mostBits) return { code: "low-entropy", bitsSet: set };
	if (entry.quality === null || entry.quality >= lowestQuality) return null;
	return { code: "low-quality", quality: entry.quality, lowest: lowestQuality };
}

function isOfNothing({ hashType, hash }: Pick<BankEntry, "hashType" | "hash">): boolean {
	const { ofNothing } = declarationOf(hashType);
	return ofNothing !== undefined && toHex(hash) === ofNothing;
}
