// Finds among past hashes those in reach of entries that changed. It only says which items are worth judging again; who answers for them is
// banks/who-answers.ts. A few entries are held against every hash in turn, many are put into an index and each hash is looked up there. Of types
// that are compared exactly those are found that are equal.
import { type HashType, hashBitsOf, isNear } from "../hashes/hash-type.ts";
import { distanceWithin, hashWords } from "../index/hamming-index.ts";
import { createMultiIndex } from "../index/multi-index.ts";
import { reachOf } from "./judge-again.ts";

/** Up to so many entries a comparison of each with each is quicker (bench:sweeps). */
const mostCompared = 256;
const hashBytes = hashWords * 4;

/** Entries of one type, and the past hashes near them. */
export interface NewEntries {
	/** A little at a time, before anything is asked: the whole may take longer than others can wait. */
	add(entries: readonly Uint8Array[]): void;
	/**
	 * The places (0, 1, 2 …) of those hashes, of the ones from the first place up to the second, that an entry is in reach of. The hashes
	 * lie one behind the other.
	 */
	placesNear(hashes: Uint8Array, from: number, to: number): readonly number[];
}

/** `count`: how many will be added, which says how they are best held. Types that are compared by distance have 256 bits. */
export function createNewEntries(type: HashType, count: number): NewEntries {
	if (!isNear(type)) return equal(hashBitsOf(type) / 8);
	const reachBits = reachOf(type);
	return count <= mostCompared ? comparing(reachBits) : looking(reachBits);
}

function equal(bytes: number): NewEntries {
	const known = new Set<string>();
	const keyOf = (hash: Uint8Array) => Buffer.from(hash.buffer, hash.byteOffset, hash.length).toString("latin1");
	return {
		add(entries) {
			for (const entry of entries) known.add(keyOf(entry));
		},
		placesNear(hashes, from, to) {
			const places: number[] = [];
			for (let place = from; place < to; place += 1)
				if (known.has(keyOf(hashes.subarray(place * bytes, (place + 1) * bytes)))) places.push(place);
			return places;
		},
	};
}

function comparing(reachBits: number): NewEntries {
	const words: Int32Array[] = [];
	return {
		add: (entries) => void words.push(...entries.map(wordsOf)),
		placesNear(hashes, from, to) {
			const all = wordsOf(hashes);
			if (words.length === 1) return placesNearOne(all, words[0] ?? new Int32Array(), { from, to, reachBits });
			const found = words.flatMap((entry) => placesNearOne(all, entry, { from, to, reachBits }));
			return [...new Set(found)].toSorted((a, b) => a - b);
		},
	};
}

/** Unrelated hashes are told apart by their first words: of 96 bits about half differ. */
function placesNearOne(
	all: Int32Array,
	entry: Int32Array,
	{ from, to, reachBits }: { readonly from: number; readonly to: number; readonly reachBits: number },
): readonly number[] {
	const [first = 0, second = 0, third = 0] = entry;
	const places: number[] = [];
	for (let place = from, at = from * hashWords; place < to; place += 1, at += hashWords) {
		const begun =
			bitsOf((all[at] ?? 0) ^ first) + bitsOf((all[at + 1] ?? 0) ^ second) + bitsOf((all[at + 2] ?? 0) ^ third);
		if (begun > reachBits) continue;
		if (distanceWithin(all.subarray(at, at + hashWords), entry, reachBits) <= reachBits) places.push(place);
	}
	return places;
}

/** Bits set in a word. */
function bitsOf(word: number): number {
	let bits = word - ((word >>> 1) & 0x55555555);
	bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
	return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

function looking(reachBits: number): NewEntries {
	const index = createMultiIndex();
	let added = 0;
	return {
		// One by one: each pays for a little of the merging, so that nobody ever waits for all of it.
		add(entries) {
			for (const entry of entries) index.add(added++, entry);
		},
		placesNear(hashes, from, to) {
			const places: number[] = [];
			for (let place = from; place < to; place += 1) {
				const hash = hashes.subarray(place * hashBytes, (place + 1) * hashBytes);
				if (index.search(hash, reachBits).length > 0) places.push(place);
			}
			return places;
		},
	};
}

/** The order of bytes in a word does not matter to a comparison, as long as it is the same on both sides. */
function wordsOf(hashes: Uint8Array): Int32Array {
	const isAligned = hashes.byteOffset % 4 === 0;
	const bytes = isAligned ? hashes : Uint8Array.from(hashes);
	return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}
