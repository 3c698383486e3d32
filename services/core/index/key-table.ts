// Numbers by keys of a fixed length, in flat arrays: a million UUIDs take 40 MB where a Map of texts takes 150. One key may have
// several numbers. The table is cut into shards that grow one by one, so that no growth takes long.
export interface KeyTable {
	/** Answers a handle, by which the pair is removed. */
	add(key: Uint8Array, number: number): number;
	remove(handle: number): void;
	numbersOf(key: Uint8Array): readonly number[];
	keyOf(handle: number): Uint8Array;
}

const shardCount = 256;
const slotBits = 24;
const firstCapacity = 16;
/** Keys are random from here on, as far as hashes and UUIDs are: byte 11 chooses the shard, the next four the list. */
const randomAt = 11;

interface Shard {
	/** First slot of each list, plus 1; the capacity is a power of two. */
	heads: Int32Array;
	/** Next slot of the list, plus 1; of free slots, the next free one. */
	next: Int32Array;
	numbers: Int32Array;
	keys: Uint8Array;
	used: number;
	free: number;
}

export function createKeyTable(keyBytes: number): KeyTable {
	const shards = Array.from({ length: shardCount }, () => newShard(0, keyBytes));
	const shardOf = (at: number): Shard => shards[at] ?? newShard(0, keyBytes);
	const isAt = ({ keys }: Shard, slot: number, key: Uint8Array): boolean => {
		for (let byte = 0; byte < keyBytes; byte += 1) if (keys[slot * keyBytes + byte] !== key[byte]) return false;
		return true;
	};
	return {
		add(key, number) {
			const at = key[randomAt] ?? 0;
			const shard = shardOf(at);
			if (shard.free === 0 && shard.used === shard.heads.length) grow(shard, keyBytes);
			let slot = shard.used;
			if (shard.free > 0) {
				slot = shard.free - 1;
				shard.free = shard.next[slot] ?? 0;
			} else shard.used += 1;
			shard.keys.set(key.subarray(0, keyBytes), slot * keyBytes);
			shard.numbers[slot] = number;
			link(shard, slot, listOf(shard, key, 0));
			return at * 2 ** slotBits + slot;
		},
		remove(handle) {
			const shard = shardOf(Math.floor(handle / 2 ** slotBits));
			const slot = handle % 2 ** slotBits;
			const list = listOf(shard, shard.keys, slot * keyBytes);
			const following = shard.next[slot] ?? 0;
			if (shard.heads[list] === slot + 1) shard.heads[list] = following;
			else {
				let before = (shard.heads[list] ?? 0) - 1;
				while (before >= 0 && shard.next[before] !== slot + 1) before = (shard.next[before] ?? 0) - 1;
				if (before < 0) throw new Error("a key that is not in the table cannot be removed");
				shard.next[before] = following;
			}
			shard.next[slot] = shard.free;
			shard.free = slot + 1;
		},
		numbersOf(key) {
			const shard = shardOf(key[randomAt] ?? 0);
			const found: number[] = [];
			if (shard.heads.length === 0) return found;
			let slot = (shard.heads[listOf(shard, key, 0)] ?? 0) - 1;
			for (; slot >= 0; slot = (shard.next[slot] ?? 0) - 1)
				if (isAt(shard, slot, key)) found.push(shard.numbers[slot] ?? 0);
			return found;
		},
		keyOf(handle) {
			const slot = handle % 2 ** slotBits;
			return shardOf(Math.floor(handle / 2 ** slotBits)).keys.slice(slot * keyBytes, (slot + 1) * keyBytes);
		},
	};
}

function newShard(capacity: number, keyBytes: number): Shard {
	return {
		heads: new Int32Array(capacity),
		next: new Int32Array(capacity),
		numbers: new Int32Array(capacity),
		keys: new Uint8Array(capacity * keyBytes),
		used: 0,
		free: 0,
	};
}

function listOf({ heads }: Shard, keys: Uint8Array, from: number): number {
	const at = from + randomAt + 1;
	const word = (keys[at] ?? 0) | ((keys[at + 1] ?? 0) << 8) | ((keys[at + 2] ?? 0) << 16) | ((keys[at + 3] ?? 0) << 24);
	return word & (heads.length - 1);
}

function link(shard: Shard, slot: number, list: number): void {
	shard.next[slot] = shard.heads[list] ?? 0;
	shard.heads[list] = slot + 1;
}

/** Only a shard without free slots grows, so every slot holds a key. */
function grow(shard: Shard, keyBytes: number): void {
	const larger = newShard(Math.max(firstCapacity, shard.heads.length * 2), keyBytes);
	larger.keys.set(shard.keys);
	larger.numbers.set(shard.numbers);
	for (let slot = 0; slot < shard.used; slot += 1) link(larger, slot, listOf(larger, larger.keys, slot * keyBytes));
	shard.heads = larger.heads;
	shard.next = larger.next;
	shard.numbers = larger.numbers;
	shard.keys = larger.keys;
}
