// Multi-index hashing (Norouzi, Punjani, Fleet: "Fast Search in Hamming Space with Multi-Index Hashing", CVPR 2012): a hash is cut
// into slots, and whatever is near in whole is near in some slot. Entries are in one main segment, laid out for search, and in a
// recent one, laid out for insertion. When that is full it is frozen and merged into the main one, a little with every insertion.
import type { HammingIndex, Neighbor } from "./hamming-index.ts";
import { createHammingKernel, type HammingKernel } from "./hamming-kernel.ts";
import { createHashPages, entryState, type HashPages, hashBytes, heapStart } from "./hash-pages.ts";
import { createHits } from "./hits.ts";
import { createKernelHeap, type KernelHeap } from "./kernel-heap.ts";
import { createMainSegment, type MainLayout, type MainSegment, mainLayout, stepUnits } from "./main-segment.ts";
import { createRecentSegment, type RecentSegment } from "./recent-segment.ts";
import { widestRadiusBits } from "./slot-geometry.ts";

export interface MultiIndex extends HammingIndex {
	/** Does up to `steps` steps (about 0.2 ms each) of a merge under way; answers whether there is more to do. For idle moments. */
	maintain(steps?: number): boolean;
	/** Merges all there is, at once: for loading, when nobody waits. A million entries take about a third of a second. */
	compact(): void;
	/** Adds many without an index over them until `compact`: entry i is `hashes[32 i …]` under `ids[i]`. */
	load(ids: Uint32Array, hashes: Uint8Array): void;
	/** A copy of the hash that was added under the id. */
	hashOf(id: number): Uint8Array;
}

/** Entries that the recent segment holds at least; beyond, a share of the main one. */
const smallestRecent = 16_384;
const recentShare = 32;

/** Options are for tests, which want merges without thousands of entries, and the layout of millions. */
export function createMultiIndex(
	options: { readonly smallestRecent?: number; readonly layout?: MainLayout } = {},
): MultiIndex {
	return new SegmentedIndex(options.smallestRecent ?? smallestRecent, options.layout ?? mainLayout);
}

class SegmentedIndex implements MultiIndex {
	readonly #smallestRecent: number;
	readonly #kernel: HammingKernel = createHammingKernel();
	readonly #heap: KernelHeap = createKernelHeap(this.#kernel.memory, heapStart);
	readonly #pages: HashPages = createHashPages(this.#kernel, this.#heap);
	readonly #hits = createHits(this.#kernel, this.#heap);
	readonly #main: MainSegment;
	#recent: RecentSegment | null = null;
	#frozen: RecentSegment | null = null;
	#merge: Generator<void, void, void> | null = null;
	/** Merge steps that every insertion owes, and those that are owed by now. */
	#stepsPerInsertion = 0;
	#stepsOwed = 0;
	#size = 0;
	/** Entries of the main segment that are no more: their postings go with the next merge. */
	#stale = 0;

	constructor(smallestRecent: number, layout: MainLayout) {
		this.#smallestRecent = smallestRecent;
		this.#main = createMainSegment(this.#kernel, this.#heap, layout);
	}

	get size(): number {
		return this.#size;
	}

	get bytes(): number {
		return this.#heap.bytes;
	}

	add(id: number, hash: Uint8Array): void {
		if (hash.length !== hashBytes) throw new RangeError(`a hash has ${hashBytes} bytes, not ${hash.length}`);
		this.remove(id);
		if (this.#recent?.isFull === true) this.#freeze();
		this.#recent ??= this.#newRecent();
		this.#recent.insert(id, this.#pages.put(id, hash, this.#recent.state));
		this.#size += 1;
		this.#payOwed();
	}

	remove(id: number): void {
		const state = this.#pages.stateOf(id);
		if (state === entryState.absent) return;
		this.#pages.setState(id, entryState.absent);
		this.#size -= 1;
		if (state === entryState.main) this.#stale += 1;
		if (this.#stale > this.#smallestRecent && this.#stale > this.#size / 4 && this.#merge === null) this.#freeze();
		this.#payOwed();
	}

	search(hash: Uint8Array, radiusBits: number): readonly Neighbor[] {
		if (!(radiusBits >= 0 && radiusBits <= widestRadiusBits))
			throw new RangeError(`a radius is 0 to ${widestRadiusBits} bits`);
		new Uint8Array(this.#kernel.memory.buffer, 0, hashBytes).set(hash);
		this.#hits.clear();
		this.#main.search(radiusBits, this.#hits);
		this.#frozen?.search(radiusBits, this.#hits);
		this.#recent?.search(radiusBits, this.#hits);
		return this.#hits.answer();
	}

	searchBatch(hashes: readonly Uint8Array[], radiusBits: number): readonly (readonly Neighbor[])[] {
		return hashes.map((hash) => this.search(hash, radiusBits));
	}

	maintain(steps = 16): boolean {
		for (let step = 0; step < steps && this.#merge !== null; step += 1) {
			if (this.#merge.next().done === true) this.#merge = null;
		}
		return this.#merge !== null;
	}

	compact(): void {
		this.maintain(Number.POSITIVE_INFINITY);
		this.#freeze();
		this.maintain(Number.POSITIVE_INFINITY);
	}

	load(ids: Uint32Array, hashes: Uint8Array): void {
		// A merge under way has counted the entries that it will place.
		this.maintain(Number.POSITIVE_INFINITY);
		for (const [at, id] of ids.entries()) {
			this.remove(id);
			this.#pages.put(id, hashes.subarray(at * hashBytes, (at + 1) * hashBytes), entryState.main);
			this.#size += 1;
		}
	}

	hashOf(id: number): Uint8Array {
		return this.#pages.hashOf(id);
	}

	/** Every addition and every removal moves a merge under way on by a little. */
	#payOwed(): void {
		this.#stepsOwed += this.#stepsPerInsertion;
		if (this.#stepsOwed < 1) return;
		this.maintain(Math.trunc(this.#stepsOwed));
		this.#stepsOwed %= 1;
	}

	/** Closes the recent segment and begins to merge it. An earlier merge is finished first; its pace leaves nothing to do here. */
	#freeze(): void {
		this.maintain(Number.POSITIVE_INFINITY);
		const frozen = this.#recent;
		this.#frozen = frozen;
		this.#recent = null;
		const steps = this.#main.rebuildUnits(this.#pages, this.#size) / stepUnits;
		this.#stepsPerInsertion = (3 * steps) / this.#recentCapacity();
		this.#stale = 0;
		this.#merge = this.#mergeSteps(frozen);
	}

	*#mergeSteps(frozen: RecentSegment | null): Generator<void, void, void> {
		const joining = frozen?.state ?? entryState.main;
		yield* this.#main.rebuild(this.#pages, this.#size, joining);
		for (let from = 0; from < (frozen?.count ?? 0); from += stepUnits) {
			frozen?.promote(this.#pages, from, from + stepUnits);
			yield;
		}
		this.#frozen = null;
		frozen?.free();
		this.#stepsPerInsertion = 0;
	}

	#newRecent(): RecentSegment {
		const state = this.#frozen?.state === entryState.evenRecent ? entryState.oddRecent : entryState.evenRecent;
		return createRecentSegment(this.#kernel, this.#heap, state, this.#recentCapacity());
	}

	#recentCapacity(): number {
		return Math.max(this.#smallestRecent, Math.trunc(this.#size / recentShare));
	}
}
