// Which entries' parts stand close together in a row of numbers: an entry has a few parts of 32 bits each, and is found where most of
// them are. In flat arrays, 12 bytes a part, in shards that grow one by one, so that no growth takes long. It knows nothing of texts.
export interface PartIndex {
	/** Parts that an entry has twice count once. */
	add(entry: number, parts: Uint32Array): void;
	remove(entry: number, parts: Uint32Array): void;
	/** Entries of which at least `fewest` parts lie within `window` numbers of the row, with how many do. */
	find(row: Uint32Array, window: number, fewest: number): readonly FoundParts[];
	/** How many parts are in it. */
	readonly size: number;
}

interface FoundParts {
	readonly entry: number;
	readonly parts: number;
}

interface Shard {
	/** First slot of each list, plus 1; the capacity is a power of two. */
	heads: Int32Array;
	/** Next slot of the list, plus 1; of free slots, the next free one. */
	next: Int32Array;
	parts: Uint32Array;
	entries: Uint32Array;
	used: number;
	free: number;
}

const shardCount = 256;
const firstCapacity = 16;

export function createPartIndex(): PartIndex {
	const shards = Array.from({ length: shardCount }, () => newShard(0));
	const shardOf = (part: number): Shard => shards[part & 0xff] ?? newShard(0);
	let size = 0;
	return {
		add(entry, parts) {
			for (const part of new Set(parts)) insert(shardOf(part), part, entry);
			size += new Set(parts).size;
		},
		remove(entry, parts) {
			for (const part of new Set(parts)) if (take(shardOf(part), part, entry)) size -= 1;
		},
		find(row, window, fewest) {
			const places = new Map<number, Place[]>();
			const lastAt = new Map<number, number>();
			for (let at = 0; at < row.length; at += 1) {
				const part = row[at] ?? 0;
				const shard = shardOf(part);
				if (shard.used === 0) continue;
				let slot = (shard.heads[listOf(shard, part)] ?? 0) - 1;
				for (; slot >= 0; slot = (shard.next[slot] ?? 0) - 1) {
					if (shard.parts[slot] !== part) continue;
					// A row that says the same again and again is looked at once in a while: enough for whatever lies near.
					const last = lastAt.get(part);
					if (last !== undefined && last !== at && at - last < window / 4) break;
					lastAt.set(part, at);
					const entry = shard.entries[slot] ?? 0;
					const known = places.get(entry);
					if (known === undefined) places.set(entry, [{ at, part }]);
					else known.push({ at, part });
				}
			}
			return [...places].flatMap(([entry, all]) => {
				const parts = all.length < fewest ? 0 : mostWithin(all, window);
				return parts >= fewest ? [{ entry, parts }] : [];
			});
		},
		get size() {
			return size;
		},
	};
}

interface Place {
	readonly at: number;
	readonly part: number;
}

/** The most different parts in any window. */
function mostWithin(places: readonly Place[], window: number): number {
	const counts = new Map<number, number>();
	let most = 0;
	let from = 0;
	for (const { at, part } of places) {
		counts.set(part, (counts.get(part) ?? 0) + 1);
		for (let first = places[from]; first !== undefined && at - first.at >= window; first = places[from]) {
			const left = (counts.get(first.part) ?? 0) - 1;
			if (left > 0) counts.set(first.part, left);
			else counts.delete(first.part);
			from += 1;
		}
		most = Math.max(most, counts.size);
	}
	return most;
}

function newShard(capacity: number): Shard {
	return {
		heads: new Int32Array(capacity),
		next: new Int32Array(capacity),
		parts: new Uint32Array(capacity),
		entries: new Uint32Array(capacity),
		used: 0,
		free: 0,
	};
}

function listOf({ heads }: Shard, part: number): number {
	return (part >>> 8) & (heads.length - 1);
}

function insert(shard: Shard, part: number, entry: number): void {
	if (shard.free === 0 && shard.used === shard.heads.length) grow(shard);
	let slot = shard.used;
	if (shard.free > 0) {
		slot = shard.free - 1;
		shard.free = shard.next[slot] ?? 0;
	} else shard.used += 1;
	shard.parts[slot] = part;
	shard.entries[slot] = entry;
	link(shard, slot);
}

function link(shard: Shard, slot: number): void {
	const list = listOf(shard, shard.parts[slot] ?? 0);
	shard.next[slot] = shard.heads[list] ?? 0;
	shard.heads[list] = slot + 1;
}

function take(shard: Shard, part: number, entry: number): boolean {
	if (shard.heads.length === 0) return false;
	const list = listOf(shard, part);
	let before = -1;
	for (let slot = (shard.heads[list] ?? 0) - 1; slot >= 0; slot = (shard.next[slot] ?? 0) - 1) {
		if (shard.parts[slot] === part && shard.entries[slot] === entry) {
			if (before < 0) shard.heads[list] = shard.next[slot] ?? 0;
			else shard.next[before] = shard.next[slot] ?? 0;
			shard.next[slot] = shard.free;
			shard.free = slot + 1;
			return true;
		}
		before = slot;
	}
	return false;
}

/** Only a shard without free slots grows, so every slot holds a part. */
function grow(shard: Shard): void {
	const larger = newShard(Math.max(firstCapacity, shard.heads.length * 2));
	larger.parts.set(shard.parts);
	larger.entries.set(shard.entries);
	for (let slot = 0; slot < shard.used; slot += 1) link(larger, slot);
	shard.heads = larger.heads;
	shard.next = larger.next;
	shard.parts = larger.parts;
	shard.entries = larger.entries;
}
