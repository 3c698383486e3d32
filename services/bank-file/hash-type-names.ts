// What lists and tools call the types of hash that banks hold, and some that they do not.
import type { Rejection } from "../core/banks/rejection.ts";
import { declarationOf, type HashType, hashTypes } from "../core/hashes/hash-type.ts";

const typeByName: ReadonlyMap<string, HashType> = new Map(
	hashTypes.flatMap((type) => {
		const { listNames, threatExchangeName } = declarationOf(type);
		return [type, threatExchangeName, ...listNames].map((name) => [plain(name), type] as const);
	}),
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
	return typeByName.get(plain(name)) ?? null;
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
