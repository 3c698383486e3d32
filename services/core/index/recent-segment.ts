// The entries added last: an index that is complete after every insertion, and small enough to be replaced by a merge soon.
import type { HammingKernel } from "./hamming-kernel.ts";
import { type EntryState, entryState, type HashPages } from "./hash-pages.ts";
import type { Hits } from "./hits.ts";
import type { KernelHeap } from "./kernel-heap.ts";

const slots = 16;
const buckets = 1 << 16;

export interface RecentSegment {
	readonly state: EntryState;
	readonly count: number;
	readonly isFull: boolean;
	insert(id: number, hashAt: number): void;
	search(radiusBits: number, hits: Hits): void;
	/** Hands entries from number `from` to `to` to the main segment, those that are still its own. */
	promote(pages: HashPages, from: number, to: number): void;
	free(): void;
}

export function createRecentSegment(
	kernel: HammingKernel,
	heap: KernelHeap,
	state: EntryState,
	capacity: number,
): RecentSegment {
	const heads = heap.allocate(slots * buckets * 4);
	const links = heap.allocate(capacity * slots * 4);
	const ids = heap.allocate(capacity * 4);
	kernel.fill(heads, 0, slots * buckets * 4);
	let count = 0;
	let idView = new Uint32Array(kernel.memory.buffer, ids, capacity);
	const idsNow = () => {
		if (idView.buffer !== kernel.memory.buffer) idView = new Uint32Array(kernel.memory.buffer, ids, capacity);
		return idView;
	};
	return {
		state,
		get count() {
			return count;
		},
		get isFull() {
			return count >= capacity;
		},
		insert(id, hashAt) {
			idsNow()[count] = id;
			kernel.insertRecent(heads, links, count, hashAt);
			count += 1;
		},
		search(radiusBits, hits) {
			if (count === 0) return;
			const isNear = radiusBits >= slots ? 1 : 0;
			hits.collect((out, room, found) => kernel.searchRecent(heads, links, ids, isNear, radiusBits, out, room, found));
		},
		promote(pages, from, to) {
			const view = idsNow();
			for (let at = from; at < Math.min(to, count); at += 1) {
				const id = view[at] ?? 0;
				if (pages.stateOf(id) === state) pages.setState(id, entryState.main);
			}
		},
		free() {
			for (const region of [heads, links, ids]) heap.free(region);
		},
	};
}
