// Entries by the first half of a hash of 16 bytes, behind a row of bits that most of what is asked does not get past: a text has as many
// runs of words as letters, and hardly one is a term. It knows no banks and no words.
import { createKeyTable } from "./key-table.ts";
import { createNumberColumn } from "./number-column.ts";

export interface TermIndex {
	add(entry: number, hash: Uint8Array): void;
	remove(entry: number): void;
	/** Asked of the hash's first four bytes, or of the next four as well, where they are known: false is sure. */
	mayHold(first: number, second?: number): boolean;
	find(hash: Uint8Array): readonly number[];
}

/** 2 MB; with a million terms one in sixteen runs of words gets past it. Bits of terms that were removed stay. */
const filterBits = 24;
/** 128 kB, asked before: that much lies near the processor, where 2 MB do not. With 100 000 terms one in ten gets past it. */
const nearBits = 20;

export function createTermIndex(): TermIndex {
	const numbers = createKeyTable(16);
	const handles = createNumberColumn();
	const near = new Uint32Array(2 ** (nearBits - 5));
	let filter: Uint32Array | null = null;
	return {
		add(entry, hash) {
			filter ??= new Uint32Array(2 ** (filterBits - 5));
			setBit(filter, firstOf(hash) >>> (32 - filterBits));
			setBit(near, firstOf(hash) >>> (32 - nearBits));
			handles.set(entry, numbers.add(keyOf(hash), entry));
		},
		remove: (entry) => numbers.remove(handles.get(entry)),
		mayHold(first, second) {
			const mayBe =
				hasBit(near, first >>> (32 - nearBits)) && filter !== null && hasBit(filter, first >>> (32 - filterBits));
			return mayBe && (second === undefined || numbers.numbersOf(keyOfNumbers(first, second)).length > 0);
		},
		find: (hash) => numbers.numbersOf(keyOf(hash)),
	};
}

function setBit(bits: Uint32Array, bit: number): void {
	bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) | (1 << (bit & 31));
}

function hasBit(bits: Uint32Array, bit: number): boolean {
	return ((bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
}

function firstOf(hash: Uint8Array): number {
	return numberAt(hash, 0);
}

function numberAt(hash: Uint8Array, at: number): number {
	const byte = (further: number) => hash[at + further] ?? 0;
	return ((byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3)) >>> 0;
}

/** One for all: who is given it keeps a copy. */
const key = new Uint8Array(16);

/** The half by which a hash is found, twice: as long as keys are. */
function keyOfNumbers(first: number, second: number): Uint8Array {
	for (let at = 0; at < 8; at += 1) {
		key[at] = (at < 4 ? first : second) >>> (24 - 8 * (at & 3));
		key[8 + at] = key[at] ?? 0;
	}
	return key;
}

function keyOf(hash: Uint8Array): Uint8Array {
	return keyOfNumbers(firstOf(hash), numberAt(hash, 4));
}
