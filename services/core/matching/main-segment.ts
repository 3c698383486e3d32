// Most entries, in sorted slots: each slot's buckets lie one behind the other, so that nothing is wasted and a bucket is read in
// one go. It is rebuilt slot by slot in small steps, while the old slots go on answering.
import type { HammingKernel } from "./hamming-kernel.ts";
import { type EntryState, entryState, type HashPages } from "./hash-pages.ts";
import type { Hits } from "./hits.ts";
import type { KernelHeap } from "./kernel-heap.ts";
import { differences, geometryFor, type Slot, slotRadii } from "./slot-geometry.ts";

export interface MainSegment {
	search(radiusBits: number, hits: Hits): void;
	/**
	 * Builds all slots anew from the entries that are in it and those of the state named. Yields after every step of at most
	 * `stepUnits` entries; `entries` is how many there will be.
	 */
	rebuild(pages: HashPages, entries: number, joining: EntryState): Generator<void, void, void>;
	/** Steps' worth of work in a rebuild, in entries passed. */
	rebuildUnits(pages: HashPages, entries: number): number;
}

/** About 0.2 ms. */
export const stepUnits = 16_384;
const fillBytes = 1 << 20;
const mostSlots = 16;
const slotWords = 12;
const noteBytes = 8_192;

interface BuiltSlot {
	readonly slot: Slot;
	readonly offsets: number;
	readonly tags: number;
	readonly ids: number;
	readonly masks: number;
	/** How many masks there are up to each distance. */
	readonly maskCounts: readonly number[];
}

export function createMainSegment(kernel: HammingKernel, heap: KernelHeap): MainSegment {
	let built: readonly BuiltSlot[] = [];
	const table = heap.allocate(mostSlots * slotWords * 4);
	const notes = heap.allocate(noteBytes);
	/** The radius that the table of slots is written for. */
	let tableRadius = -1;
	const free = ({ offsets, tags, ids, masks }: BuiltSlot) => {
		for (const region of [offsets, tags, ids, masks]) heap.free(region);
	};
	return {
		search(radiusBits, hits) {
			if (built.length === 0) return;
			if (tableRadius !== radiusBits) writeTable(kernel, table, built, radiusBits);
			tableRadius = radiusBits;
			hits.collect((out, room, count) =>
				kernel.searchMain(table, built.length, radiusBits, notes, notes + noteBytes - 8, out, room, count),
			);
		},
		rebuildUnits: (pages, entries) => 2 * geometryFor(entries).length * pages.limit,
		*rebuild(pages, entries, joining) {
			const slots = geometryFor(entries);
			const isSameShape = built.length === slots.length && built.every(({ slot }, at) => isSame(slot, slots[at]));
			const fresh: BuiltSlot[] = [];
			for (const [index, slot] of slots.entries()) {
				const made = yield* buildSlot(kernel, heap, pages, slot, joining);
				const old = built[index];
				// A slot of the same shape takes over at once, so that only one slot is ever held twice.
				if (isSameShape && old !== undefined) {
					free(old);
					built = built.with(index, made);
					tableRadius = -1;
				} else fresh.push(made);
			}
			if (isSameShape) return;
			for (const old of built) free(old);
			built = fresh;
			tableRadius = -1;
		},
	};
}

function* buildSlot(
	kernel: HammingKernel,
	heap: KernelHeap,
	pages: HashPages,
	slot: Slot,
	joining: EntryState,
): Generator<void, BuiltSlot, void> {
	const { firstBit, keyBits, tagBits } = slot;
	const limit = pages.limit;
	const buckets = 1 << keyBits;
	const offsets = heap.allocate((buckets + 1) * 4);
	kernel.fill(offsets, 0, (buckets + 1) * 4);
	for (let from = 0; from < limit; from += stepUnits) {
		const to = Math.min(limit, from + stepUnits);
		kernel.countKeys(from, to, entryState.main, joining, firstBit, keyBits, offsets);
		yield;
	}
	const counts = new Uint32Array(kernel.memory.buffer, offsets + 4, buckets);
	const postings = counts.reduce((sum, count) => sum + count, 0);
	kernel.sumCounts(offsets, buckets);
	const room = roomFor(postings);
	const tags = heap.allocate(room);
	const ids = heap.allocate(room * 4);
	// An entry that is removed or replaced between counting and placing leaves a hole, which then names entry 0: compared in vain.
	for (let at = 0; at < postings * 4; at += fillBytes) {
		kernel.fill(ids + at, 0, Math.min(fillBytes, postings * 4 - at));
		yield;
	}
	for (let from = 0; from < limit; from += stepUnits) {
		const to = Math.min(limit, from + stepUnits);
		const tagMask = (1 << tagBits) - 1;
		kernel.placePostings(from, to, entryState.main, joining, firstBit, keyBits, tagMask, offsets, tags, ids);
		yield;
	}
	return { slot, offsets, tags, ids, ...writeMasks(kernel, heap, slot) };
}

/** Up to a sixteenth more than needed, in few different sizes: so what one merge frees fits the next one's slots. */
function roomFor(postings: number): number {
	const grain = Math.max(1_024, 2 ** (Math.floor(Math.log2(Math.max(1, postings))) - 4));
	return Math.ceil(postings / grain) * grain;
}

/** As searchMain reads it. */
function writeTable(kernel: HammingKernel, table: number, built: readonly BuiltSlot[], radiusBits: number): void {
	const words = new Int32Array(kernel.memory.buffer, table, built.length * slotWords);
	const radii = slotRadii(
		built.map(({ slot }) => slot),
		radiusBits,
	);
	for (const [index, { slot, offsets, tags, ids, masks, maskCounts }] of built.entries()) {
		const radius = radii[index] ?? -1;
		const { firstBit, keyBits, tagBits } = slot;
		const tagMask = (1 << tagBits) - 1;
		words.set(
			[offsets, tags, ids, masks, maskCounts[radius] ?? 0, radius, firstBit, keyBits, tagMask],
			index * slotWords,
		);
	}
}

function writeMasks(kernel: HammingKernel, heap: KernelHeap, { keyBits, radiusBits }: Slot) {
	const maskCounts = Array.from({ length: radiusBits + 1 }, (_, radius) => differences(keyBits, radius).length);
	const all = differences(keyBits, radiusBits);
	const masks = heap.allocate(all.length * 4);
	new Uint32Array(kernel.memory.buffer, masks, all.length).set(all);
	return { masks, maskCounts };
}

function isSame(a: Slot, b: Slot | undefined): boolean {
	const isSameBits = a.firstBit === b?.firstBit && a.keyBits === b.keyBits && a.tagBits === b.tagBits;
	return isSameBits && a.radiusBits === b.radiusBits;
}
