// The hashes themselves, by id, and which segment of the index each belongs to. Pages of 65,536 so that growing moves nothing.
import type { HammingKernel } from "./hamming-kernel.ts";
import type { KernelHeap } from "./kernel-heap.ts";

export const hashBytes = 32;
const pageEntries = 65_536;
const pageTableAt = 64;
const mostPages = 2_048;
/** The first address behind the query and the page table. */
export const heapStart = pageTableAt + mostPages * 4;

/** `absent`, in the main segment, or in one of the two that take turns at being the recent one. */
export const entryState = { absent: 0, main: 1, evenRecent: 2, oddRecent: 3 } as const;
export type EntryState = (typeof entryState)[keyof typeof entryState];

export interface HashPages {
	/** The address of an id's hash; makes its page if there is none. */
	put(id: number, hash: Uint8Array, state: EntryState): number;
	stateOf(id: number): EntryState;
	/** A copy. */
	hashOf(id: number): Uint8Array;
	setState(id: number, state: EntryState): void;
	/** One more than the largest id ever put. */
	readonly limit: number;
}

export function createHashPages(kernel: HammingKernel, heap: KernelHeap): HashPages {
	const pages: number[] = [];
	let limit = 0;
	let bytes = new Uint8Array(kernel.memory.buffer);
	const view = () => {
		if (bytes.buffer !== kernel.memory.buffer) bytes = new Uint8Array(kernel.memory.buffer);
		return bytes;
	};
	const pageOf = (id: number): number => {
		const number = id >>> 16;
		while (pages.length <= number) {
			if (pages.length >= mostPages) throw new RangeError(`an index holds at most ${mostPages * pageEntries} entries`);
			const at = heap.allocate(pageEntries * (hashBytes + 1));
			kernel.fill(at, 0, pageEntries * (hashBytes + 1));
			new Uint32Array(kernel.memory.buffer, pageTableAt, mostPages)[pages.length] = at;
			pages.push(at);
		}
		return pages[number] ?? 0;
	};
	const stateAt = (id: number) => (pages[id >>> 16] ?? 0) + pageEntries * hashBytes + (id & 0xffff);
	return {
		put(id, hash, state) {
			const at = pageOf(id) + (id & 0xffff) * hashBytes;
			view().set(hash, at);
			view()[stateAt(id)] = state;
			limit = Math.max(limit, id + 1);
			return at;
		},
		stateOf: (id) => (id < limit ? ((view()[stateAt(id)] ?? 0) as EntryState) : entryState.absent),
		hashOf(id) {
			const at = (pages[id >>> 16] ?? 0) + (id & 0xffff) * hashBytes;
			return view().slice(at, at + hashBytes);
		},
		setState(id, state) {
			view()[stateAt(id)] = state;
		},
		get limit() {
			return limit;
		},
	};
}
