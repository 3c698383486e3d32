// Decides which hashes must never enter a bank: those that a blank or flat picture, or an empty file, would match.
import type { BankEntry } from "./bank.ts";
import { isNear } from "./hash-type.ts";
import type { Rejection } from "./rejection.ts";

/** Hashes compared by distance aim at half of their 256 bits set; far from it there was no structure, and the hash matches too much. */
const fewestBits = 64;
const mostBits = 192;
const lowestQuality = 50;

const emptyFile = new Set([
	// SHA-256, SHA-1 and MD5 of zero bytes.
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	"da39a3ee5e6b4b0d3255bfef95601890afd80709",
	"d41d8cd98f00b204e9800998ecf8427e",
]);

/** Why the entry is refused; null where it may enter. */
export function entryRejection(entry: Pick<BankEntry, "hashType" | "hash" | "quality">): Rejection | null {
	if (entry.hash.every((byte) => byte === 0)) return { code: "all-zero", detail: "all-zero hash" };
	if (emptyFile.has(Buffer.from(entry.hash).toString("hex")))
		return { code: "empty-file", detail: "hash of an empty file" };
	if (!isNear(entry.hashType)) return null;
	let set = 0;
	for (const byte of entry.hash) set += bitsOf(byte);
	if (set < fewestBits || set > mostBits)
		return { code: "low-entropy", detail: `low entropy: ${set} of 256 bits are set` };
	if (entry.quality === null || entry.quality >= lowestQuality) return null;
	return { code: "low-quality", detail: `quality ${entry.quality} is below ${lowestQuality}` };
}

function bitsOf(byte: number): number {
	let count = 0;
	for (let rest = byte; rest !== 0; rest &= rest - 1) count += 1;
	return count;
}
