// Looks 256-bit hashes up by Hamming distance. Every implementation is exact: it answers what the linear one answers.

export interface Neighbor {
	/** The number under which the hash was added. */
	readonly id: number;
	readonly distanceBits: number;
}

export interface HammingIndex {
	/** Ids are small non-negative integers, chosen by the caller and reused by it at will; adding one again replaces its hash. */
	add(id: number, hash: Uint8Array): void;
	remove(id: number): void;
	/** All hashes within the radius (0–31 bits), in no particular order. */
	search(hash: Uint8Array, radiusBits: number): readonly Neighbor[];
	/** One answer per hash, in their order. */
	searchBatch(hashes: readonly Uint8Array[], radiusBits: number): readonly (readonly Neighbor[])[];
	readonly size: number;
	/** Memory that the entries take, in bytes. */
	readonly bytes: number;
}

export const hashWords = 8;

/** The hash as eight 32-bit words, for quick comparison. */
export function toWords(hash: Uint8Array, into: Int32Array, at: number): void {
	for (let word = 0; word < hashWords; word += 1) {
		const from = word * 4;
		into[at + word] =
			((hash[from] ?? 0) << 24) | ((hash[from + 1] ?? 0) << 16) | ((hash[from + 2] ?? 0) << 8) | (hash[from + 3] ?? 0);
	}
}

/** Bits that differ; counting stops once more than `limitBits` do. */
export function distanceWithin(a: Int32Array, b: Int32Array, limitBits: number): number {
	let distance = 0;
	for (let word = 0; word < hashWords && distance <= limitBits; word += 1) {
		let bits = (a[word] ?? 0) ^ (b[word] ?? 0);
		bits -= (bits >>> 1) & 0x55555555;
		bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
		distance += (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
	}
	return distance;
}
