// What lists and tools call the types of hash that banks hold, and some that they do not.
import type { Rejection } from "../core/banks/rejection.ts";
import { type HashType, hashTypes } from "../core/hashes/hash-type.ts";

/** In lower case and without what parts words. After Graph API signal types, IWF, NCMEC, StopNCII and Project VIC. */
const names = {
	sha256: ["sha256", "sha2256", "hashsha256", "sha256hash", "imagesha256", "videosha256"],
	sha1: ["sha1", "hashsha1", "sha1hash", "imagesha1", "videosha1"],
	md5: ["md5", "md5sum", "hashmd5", "md5hash", "hashvideomd5", "imagemd5", "videomd5"],
	pdq: ["pdq", "hashpdq", "pdqhash", "imagepdq"],
	text: ["text", "hashtextsha256", "textsha256"],
	"text-simhash": ["textsimhash", "hashtextsimhash"],
} as const satisfies Record<HashType, readonly string[]>;

const typeByName: ReadonlyMap<string, HashType> = new Map(
	hashTypes.flatMap((type) => names[type].map((name) => [name, type] as const)),
);

const notHere = new Set(
	[
		"PhotoDNA",
		"TMK",
		"TMKPDQF",
		"vPDQ",
		"VideoPDQ",
		"SSDEEP",
		"TLSH",
		"pHash",
		"dHash",
		"aHash",
		"NeuralHash",
		"SHA512",
		"SHA384",
		"SHA224",
	].map(plain),
);

export function hashTypeNamed(name: string): HashType | null {
	return typeByName.get(name) ?? typeByName.get(plain(name)) ?? null;
}

/** Why a name is none; it is repeated only where it is known to be one, for a column of hashes may stand in its place. */
export function unknownType(name: string): Rejection {
	return notHere.has(plain(name))
		? { code: "unread-type", named: name.trim(), known: hashTypes }
		: { code: "unknown-type", known: hashTypes };
}

export function plain(name: string): string {
	return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
