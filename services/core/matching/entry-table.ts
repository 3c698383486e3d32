// Entries by id, by exact hash, and by distance. It knows nothing of banks' settings.
import { toHex } from "../hashing/hash-hex.ts";
import type { BankId, EntryId } from "../ids.ts";
import type { BankEntry, HashType } from "./bank.ts";
import { createMultiIndex } from "./multi-index.ts";

export interface EntryTable {
	put(entry: BankEntry): void;
	remove(id: EntryId): void;
	removeBank(id: BankId): void;
	findExact(type: HashType, hash: Uint8Array): readonly BankEntry[];
	/** One answer per hash, in their order. */
	findNear(pdqs: readonly Uint8Array[], radiusBits: number): readonly (readonly NearEntry[])[];
	readonly size: number;
}

export interface NearEntry {
	readonly entry: BankEntry;
	readonly distanceBits: number;
}

export function createEntryTable(): EntryTable {
	const numbers = new Map<EntryId, number>();
	const entries: (BankEntry | undefined)[] = [];
	const free: number[] = [];
	const exact = new Map<string, number[]>();
	const near = createMultiIndex();

	const keyOf = ({ hashType, hash }: Pick<BankEntry, "hashType" | "hash">) => `${hashType}:${toHex(hash)}`;
	const remove = (id: EntryId) => {
		const number = numbers.get(id);
		const entry = number === undefined ? undefined : entries[number];
		if (number === undefined || entry === undefined) return;
		numbers.delete(id);
		entries[number] = undefined;
		free.push(number);
		if (entry.hashType === "pdq") return near.remove(number);
		const rest = (exact.get(keyOf(entry)) ?? []).filter((one) => one !== number);
		if (rest.length === 0) exact.delete(keyOf(entry));
		else exact.set(keyOf(entry), rest);
	};
	return {
		put(entry) {
			remove(entry.id);
			const number = free.pop() ?? entries.length;
			numbers.set(entry.id, number);
			entries[number] = entry;
			if (entry.hashType === "pdq") return near.add(number, entry.hash);
			exact.set(keyOf(entry), [...(exact.get(keyOf(entry)) ?? []), number]);
		},
		remove,
		removeBank(id) {
			for (const entry of entries) if (entry?.bankId === id) remove(entry.id);
		},
		findExact(hashType, hash) {
			return (exact.get(keyOf({ hashType, hash })) ?? []).flatMap((number) => entries[number] ?? []);
		},
		findNear(pdqs, radiusBits) {
			return near.searchBatch(pdqs, radiusBits).map((found) =>
				found.flatMap(({ id, distanceBits }) => {
					const entry = entries[id];
					return entry === undefined ? [] : [{ entry, distanceBits }];
				}),
			);
		},
		get size() {
			return numbers.size;
		},
	};
}
