// Finds among past hashes those in reach of entries that changed. It only says which items are worth judging again; who answers for them is
// banks/who-answers.ts. A few entries are held against every hash in turn, many are put into an index and each hash is looked up there.
import { type HashType, isNear } from "../hashes/hash-type.ts";
import { distanceWithin, hashWords } from "../index/hamming-index.ts";
import { createMultiIndex } from "../index/multi-index.ts";
import { reachOf } from "./judge-again.ts";

/** Up to so many entries a comparison of each with each is quicker (bench:sweeps). */
const mostCompared = 256;
const hashBytes = hashWords * 4;

/** Hashes of 32 bytes, one behind the other. */
export interface NewEntries {
	/** The places (0, 1, 2 …) of those hashes, of the ones from the first place up to the second, that an entry is in reach of. */
	placesNear(hashes: Uint8Array, from: number, to: number): readonly number[];
}

/** Entries of one type; only types that are compared by distance and have 256 bits. */
export function createNewEntries(type: HashType, entries: readonly Uint8Array[]): NewEntries {
	if (!isNear(type)) throw new Error(`${type} is not compared by distance`);
	const reachBits = reachOf(type);
	return entries.length <= mostCompared ? comparing(entries, reachBits) : looking(entries, reachBits);
}

function comparing(entries: readonly Uint8Array[], reachBits: number): NewEntries {
	const words = entries.map((entry) => wordsOf(entry));
	return {
		placesNear(hashes, from, to) {
			const all = wordsOf(hashes);
			const places: number[] = [];
			const hash = new Int32Array(hashWords);
			for (let place = from; place < to; place += 1) {
				for (let word = 0; word < hashWords; word += 1) hash[word] = all[place * hashWords + word] ?? 0;
				if (words.some((entry) => distanceWithin(hash, entry, reachBits) <= reachBits)) places.push(place);
			}
			return places;
		},
	};
}

function looking(entries: readonly Uint8Array[], reachBits: number): NewEntries {
	const index = createMultiIndex();
	const all = new Uint8Array(entries.length * hashBytes);
	for (const [at, entry] of entries.entries()) all.set(entry, at * hashBytes);
	index.load(Uint32Array.from(entries.keys()), all);
	index.compact();
	return {
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
