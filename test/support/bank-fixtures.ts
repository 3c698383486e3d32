// Banks and entries for tests. Hashes are arbitrary bytes; nothing stands for any real picture.
import { createHash } from "node:crypto";
import {
	type BankEntry,
	type BankSettings,
	type Match,
	type MediaHashes,
	newBankDefaults,
	newBankTrust,
	usualVideoShares,
} from "../../services/core/banks/bank.ts";
import { type BankId, bankId, entryId, uuidv7 } from "../../services/core/ids.ts";

export function newBank(settings: Partial<BankSettings> = {}): BankSettings {
	return {
		id: bankId.parse(uuidv7(Date.now())),
		name: "known",
		kind: "known",
		category: "test-category",
		...newBankDefaults,
		...newBankTrust,
		trusted: true,
		owner: null,
		expiresAt: null,
		videoShares: usualVideoShares,
		...settings,
	};
}

export function newEntry(bank: BankId, entry: Partial<BankEntry> & Pick<BankEntry, "hashType" | "hash">): BankEntry {
	return {
		id: entryId.parse(uuidv7(Date.now())),
		bankId: bank,
		quality: null,
		opinions: [{ source: "a", kind: "positive" }],
		isQuarantined: false,
		...entry,
	};
}

export function digest(text: string, algorithm: "sha256" | "sha1" | "md5" = "sha256"): Uint8Array {
	return createHash(algorithm).update(text).digest();
}

/** Hashes of an imaginary picture; its PDQ is the same in all turns unless given. */
export function hashesOf(name: string, pdq: Uint8Array | null = digest(`pdq of ${name}`), quality = 90): MediaHashes {
	return {
		sha256: digest(name),
		sha1: digest(name, "sha1"),
		md5: digest(name, "md5"),
		pdq:
			pdq === null
				? null
				: {
						hash: pdq,
						quality,
						dihedral: [pdq, ...Array.from({ length: 7 }, (_, turn) => digest(`turn ${turn} of ${name}`))],
					},
	};
}

export function withBitsFlipped(hash: Uint8Array, count: number): Uint8Array {
	const copy = Uint8Array.from(hash);
	for (let bit = 0; bit < count; bit += 1) copy[bit] = (copy[bit] ?? 0) ^ 1;
	return copy;
}

/** A near copy of a picture that a trusted bank holds, unless it is said otherwise. */
export function newMatch(match: Partial<Match> = {}): Match {
	return {
		bankId: bankId.parse(uuidv7(0)),
		bankName: "known",
		bankKind: "known",
		category: "test-category",
		trusted: true,
		shadow: false,
		entryId: entryId.parse(uuidv7(0)),
		hashType: "pdq",
		distanceBits: 10,
		tightRadiusBits: 20,
		wideRadiusBits: 31,
		transform: "none",
		queryQuality: 90,
		entryQuality: 90,
		standing: "confirmed",
		positiveSources: 2,
		isQuarantined: false,
		categories: [],
		severity: null,
		...match,
	};
}

/** What makes it one of a text. */
export const ofNearText = {
	hashType: "text-simhash",
	tightRadiusBits: 10,
	queryQuality: null,
	entryQuality: null,
} as const satisfies Partial<Match>;
