// Entries by the first half of a hash of 16 bytes, behind a row of bits that most of what is asked does not get past: a text has as many
// runs of words as letters, and hardly one is a term. It knows no banks and no words.
import { createKeyTable } from "./key-table.ts";
import { createNumberColumn } from "./number-column.ts";

export interface TermIndex {
	add(entry: number, hash: Uint8Array): void;
	remove(entry: number): void;
	/** Asked of the hash's first four bytes: false is sure. */
	mayHold(first: number): boolean;
	find(hash: Uint8Array): readonly number[];
}

/** 2 MB; with a million terms one in sixteen runs of words gets past it. Bits of terms that were removed stay. */
const filterBits = 24;

export function createTermIndex(): TermIndex {
	const numbers = createKeyTable(16);
	const handles = createNumberColumn();
	let filter: Uint32Array | null = null;
	return {
		add(entry, hash) {
			filter ??= new Uint32Array(2 ** (filterBits - 5));
			const bit = firstOf(hash) >>> (32 - filterBits);
			filter[bit >>> 5] = (filter[bit >>> 5] ?? 0) | (1 << (bit & 31));
			handles.set(entry, numbers.add(keyOf(hash), entry));
		},
		remove: (entry) => numbers.remove(handles.get(entry)),
		mayHold(first) {
			const bit = first >>> (32 - filterBits);
			return filter !== null && ((filter[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
		},
		find: (hash) => numbers.numbersOf(keyOf(hash)),
	};
}

function firstOf(hash: Uint8Array): number {
	return (((hash[0] ?? 0) << 24) | ((hash[1] ?? 0) << 16) | ((hash[2] ?? 0) << 8) | (hash[3] ?? 0)) >>> 0;
}

/** The half by which it is found, twice: as long as keys are. */
function keyOf(hash: Uint8Array): Uint8Array {
	const key = new Uint8Array(16);
	key.set(hash.subarray(0, 8), 0);
	key.set(hash.subarray(0, 8), 8);
	return key;
}
