// What lists and tools call the types of hash that banks hold, and some that they do not.
import type { Rejection } from "../core/banks/rejection.ts";
import { declarationOf, type HashType, hashTypes } from "../core/hashes/hash-type.ts";
import { isPlainAscii } from "../core/text/shown-text.ts";
import { withoutMarks } from "../core/text/without-marks.ts";

/** By the names that were asked for: a list has the same few in millions of rows. */
const typeByName = new Map<string, HashType>();

const notHere = new Set(
	[
		"PhotoDNA",
		"TMK",
		"TMKPDQF",
		"SSDEEP",
		"TLSH",
		"pHash",
		"dHash",
		"aHash",
		"NeuralHash",
		"SHA512",
		"SHA384",
		"SHA224",
		"CRC32",
		"CRC32C",
		"Adler32",
		"BLAKE2b",
		"BLAKE3",
	].map(plain),
);

export function hashTypeNamed(name: string): HashType | null {
	// Exchanges of indicators call them FileHash-SHA256 and file.hash.sha256.
	const named = plain(name).replace(/^filehash(?=.)/, "");
	const type = typeByName.get(named) ?? hashTypes.find((one) => namesOf(one).includes(named));
	if (type === undefined) return null;
	typeByName.set(named, type);
	return type;
}

function namesOf(type: HashType): readonly string[] {
	const { listNames, threatExchangeName } = declarationOf(type);
	return [type, threatExchangeName, ...listNames].map(plain);
}

/** Why a name is none; it is repeated only where it is known to be one, for a column of hashes may stand in its place. */
export function unknownType(name: string): Rejection {
	return notHere.has(plain(name))
		? { code: "unread-type", named: name.trim(), known: hashTypes }
		: { code: "unknown-type", known: hashTypes };
}

/** Its Latin letters and digits, without marks. */
export function plain(name: string): string {
	const letters = isPlainAscii(name) ? name : withoutMarks(name.normalize("NFC"));
	return letters.toLowerCase().replace(/[^a-z0-9]/g, "");
}
