// Decides which hashes must never enter a bank: those that a blank or flat picture, or an empty file, would match.
import { toHex } from "../hashes/hash-hex.ts";
import { declarationOf, isNear } from "../hashes/hash-type.ts";
import { bitsSet, fewestBits, lowestQuality, mostBits } from "../hashes/pdq/structure.ts";
import type { BankEntry } from "./bank.ts";
import type { Rejection } from "./rejection.ts";

/** Why the entry is refused; null where it may enter. */
export function entryRejection(entry: Pick<BankEntry, "hashType" | "hash" | "quality">): Rejection | null {
	const set = bitsSet(entry.hash);
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
