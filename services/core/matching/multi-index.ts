// Multi-index hashing (Norouzi, Punjani, Fleet: "Fast Search in Hamming Space with Multi-Index Hashing", CVPR 2012). A hash is
// cut into 16 slots of 16 bits. Two hashes within r bits agree in some slot up to ⌊r/16⌋ bits, so looking in every slot's
// bucket, and for r over 15 in the buckets one bit away, finds them all.
import { distanceWithin, type HammingIndex, hashWords, type Neighbor, toWords } from "./hamming-index.ts";

const slots = 16;
const slotBits = 16;
const buckets = 1 << slotBits;
export const maxRadiusBits = 2 * slots - 1;
const none = -1;

/** Live: an add or a removal is visible to the next search. Memory is about 100 bytes an entry and 4 MiB of bucket heads. */
export function createMultiIndex(): HammingIndex {
	return new MultiIndex();
}

class MultiIndex implements HammingIndex {
	#capacity = 1_024;
	#words = new Int32Array(this.#capacity * hashWords);
	/** Each slot's bucket is a list through these: `links[id * slots + slot]` is the next id. */
	#links = new Int32Array(this.#capacity * slots);
	/** The search that last looked at an id, so that it is compared once though several slots agree. */
	#seen = new Uint32Array(this.#capacity);
	#present = new Uint8Array(this.#capacity);
	readonly #heads = new Int32Array(slots * buckets).fill(none);
	readonly #query = new Int32Array(hashWords);
	#round = 0;
	#size = 0;

	get size(): number {
		return this.#size;
	}

	add(id: number, hash: Uint8Array): void {
		if (id >= this.#capacity) this.#grow(id + 1);
		this.remove(id);
		toWords(hash, this.#words, id * hashWords);
		for (let slot = 0; slot < slots; slot += 1) {
			const head = slot * buckets + slotOf(this.#words, id * hashWords, slot);
			this.#links[id * slots + slot] = this.#heads[head] ?? none;
			this.#heads[head] = id;
		}
		this.#present[id] = 1;
		this.#size += 1;
	}

	remove(id: number): void {
		if (id >= this.#capacity || this.#present[id] !== 1) return;
		for (let slot = 0; slot < slots; slot += 1) this.#unlink(id, slot);
		this.#present[id] = 0;
		this.#size -= 1;
	}

	search(hash: Uint8Array, radiusBits: number): readonly Neighbor[] {
		if (radiusBits < 0 || radiusBits > maxRadiusBits) throw new RangeError(`a radius is 0 to ${maxRadiusBits} bits`);
		toWords(hash, this.#query, 0);
		this.#startRound();
		const found: Neighbor[] = [];
		for (let slot = 0; slot < slots; slot += 1) {
			const value = slotOf(this.#query, 0, slot);
			this.#visit(slot, value, radiusBits, found);
			if (radiusBits < slots) continue;
			for (let bit = 0; bit < slotBits; bit += 1) this.#visit(slot, value ^ (1 << bit), radiusBits, found);
		}
		return found;
	}

	#visit(slot: number, value: number, radiusBits: number, found: Neighbor[]): void {
		for (
			let id = this.#heads[slot * buckets + value] ?? none;
			id !== none;
			id = this.#links[id * slots + slot] ?? none
		) {
			if (this.#seen[id] === this.#round) continue;
			this.#seen[id] = this.#round;
			const distanceBits = distanceWithin(this.#query, 0, this.#words, id * hashWords, radiusBits);
			if (distanceBits <= radiusBits) found.push({ id, distanceBits });
		}
	}

	#unlink(id: number, slot: number): void {
		const head = slot * buckets + slotOf(this.#words, id * hashWords, slot);
		const next = this.#links[id * slots + slot] ?? none;
		let before = this.#heads[head] ?? none;
		if (before === id) {
			this.#heads[head] = next;
			return;
		}
		while (before !== none && this.#links[before * slots + slot] !== id)
			before = this.#links[before * slots + slot] ?? none;
		if (before !== none) this.#links[before * slots + slot] = next;
	}

	#startRound(): void {
		this.#round = (this.#round + 1) >>> 0;
		if (this.#round !== 0) return;
		this.#seen.fill(0);
		this.#round = 1;
	}

	#grow(atLeast: number): void {
		while (this.#capacity < atLeast) this.#capacity *= 2;
		this.#words = extended(this.#words, this.#capacity * hashWords);
		this.#links = extended(this.#links, this.#capacity * slots);
		this.#seen = extended(this.#seen, this.#capacity);
		this.#present = extended(this.#present, this.#capacity);
	}
}

function slotOf(words: Int32Array, at: number, slot: number): number {
	const word = words[at + (slot >> 1)] ?? 0;
	return slot % 2 === 0 ? word >>> 16 : word & 0xffff;
}

function extended<A extends Int32Array | Uint32Array | Uint8Array>(array: A, length: number): A {
	const longer = new (array.constructor as new (length: number) => A)(length);
	longer.set(array);
	return longer;
}
