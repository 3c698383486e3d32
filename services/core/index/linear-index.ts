import { distanceWithin, type HammingIndex, hashWords, type Neighbor, toWords } from "./hamming-index.ts";

/** Compares with every hash: the reference that faster indexes are tested against. */
export function createLinearIndex(): HammingIndex {
	const hashes = new Map<number, Int32Array>();
	const query = new Int32Array(hashWords);
	const search = (hash: Uint8Array, radiusBits: number): readonly Neighbor[] => {
		toWords(hash, query, 0);
		const found: Neighbor[] = [];
		for (const [id, words] of hashes) {
			const distanceBits = distanceWithin(query, words, radiusBits);
			if (distanceBits <= radiusBits) found.push({ id, distanceBits });
		}
		return found;
	};
	return {
		add(id, hash) {
			const words = new Int32Array(hashWords);
			toWords(hash, words, 0);
			hashes.set(id, words);
		},
		remove(id) {
			hashes.delete(id);
		},
		search,
		searchBatch: (batch, radiusBits) => batch.map((hash) => search(hash, radiusBits)),
		get bytes() {
			return hashes.size * hashWords * 4;
		},
		get size() {
			return hashes.size;
		},
	};
}
