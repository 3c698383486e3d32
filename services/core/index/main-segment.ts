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
const fillBytes = 1 << 18;
const bucketsPerStep = 1 << 17;
const mostSlots = 16;
const slotWords = 12;
const noteBytes = 8_192;
/** The most masks that a slot has, with 8 bytes for each. */
const spanBytes = 8 * differences(20, 2).length;

export interface MainLayout {
	slotsFor(entries: number): readonly Slot[];
	/** Where all ids are below, they take three bytes instead of four. */
	readonly shortIds: number;
}

export const mainLayout: MainLayout = { slotsFor: geometryFor, shortIds: 1 << 24 };

interface BuiltSlot {
	readonly slot: Slot;
	readonly offsets: number;
	readonly tags: number;
	readonly ids: number;
	readonly idBytes: number;
	readonly masks: number;
	/** How many masks there are up to each distance. */
	readonly maskCounts: readonly number[];
}

export function createMainSegment(kernel: HammingKernel, heap: KernelHeap, layout: MainLayout): MainSegment {
	let built: readonly BuiltSlot[] = [];
	const table = heap.allocate(mostSlots * slotWords * 4);
	const notes = heap.allocate(noteBytes);
	const spans = heap.allocate(spanBytes);
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
				kernel.searchMain(table, built.length, radiusBits, spans, notes, notes + noteBytes - 8, out, room, count),
			);
		},
		rebuildUnits: (pages, entries) => 2 * layout.slotsFor(entries).length * pages.limit,
		*rebuild(pages, entries, joining) {
			const slots = layout.slotsFor(entries);
			const idBytes = pages.limit <= layout.shortIds ? 3 : 4;
			const isSameShape = built.length === slots.length && built.every(({ slot }, at) => isSame(slot, slots[at]));
			const fresh: BuiltSlot[] = [];
			for (const [index, slot] of slots.entries()) {
				const made = yield* buildSlot(kernel, heap, { pages, slot, joining, idBytes });
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

interface SlotPlan {
	readonly pages: HashPages;
	readonly slot: Slot;
	/** Entries in this state are taken in beside those that are in already. */
	readonly joining: EntryState;
	readonly idBytes: number;
}

function* buildSlot(
	kernel: HammingKernel,
	heap: KernelHeap,
	{ pages, slot, joining, idBytes }: SlotPlan,
): Generator<void, BuiltSlot, void> {
	const { firstBit, keyBits } = slot;
	const limit = pages.limit;
	const buckets = 1 << keyBits;
	const offsets = heap.allocate((buckets + 1) * 4);
	yield* fillInSteps(kernel, offsets, (buckets + 1) * 4);
	for (let from = 0; from < limit; from += stepUnits) {
		const to = Math.min(limit, from + stepUnits);
		kernel.countKeys(from, to, entryState.main, joining, firstBit, keyBits, offsets);
		yield;
	}
	let postings = 0;
	for (let from = 0; from < buckets; from += bucketsPerStep) {
		postings = kernel.sumCounts(offsets, from, Math.min(buckets, from + bucketsPerStep), postings);
		yield;
	}
	const room = roomFor(postings);
	const tags = heap.allocate(room * 2);
	const ids = heap.allocate(room * idBytes);
	// An entry that is removed or replaced between counting and placing leaves a hole, which then names entry 0: compared in vain.
	yield* fillInSteps(kernel, ids, postings * idBytes);
	for (let from = 0; from < limit; from += stepUnits) {
		const to = Math.min(limit, from + stepUnits);
		kernel.placePostings(from, to, entryState.main, joining, firstBit, keyBits, offsets, tags, ids, idBytes);
		yield;
	}
	return { slot, offsets, tags, ids, idBytes, ...writeMasks(kernel, heap, slot) };
}

function* fillInSteps(kernel: HammingKernel, at: number, bytes: number): Generator<void, void, void> {
	for (let done = 0; done < bytes; done += fillBytes) {
		kernel.fill(at + done, 0, Math.min(fillBytes, bytes - done));
		yield;
	}
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
	for (const [index, { slot, offsets, tags, ids, idBytes, masks, maskCounts }] of built.entries()) {
		const radius = radii[index] ?? -1;
		const nextRadius = radii[(index + 1) % radii.length] ?? -1;
		const { firstBit, keyBits, bits } = slot;
		const ownTag = (1 << Math.min(16, bits - keyBits)) - 1;
		words.set(
			[
				offsets,
				tags,
				ids,
				masks,
				maskCounts[radius] ?? 0,
				radius,
				firstBit,
				keyBits,
				ownTag,
				radius + nextRadius + 1,
				idBytes,
			],
			index * slotWords,
		);
	}
}

function writeMasks(kernel: HammingKernel, heap: KernelHeap, { keyBits, radiusBits }: Slot) {
	const maskCounts = Array.from({ length: radiusBits + 1 }, (_, radius) => differences(keyBits, radius).length);
	const all = differences(keyBits, radiusBits);
	if (all.length * 8 > spanBytes) throw new RangeError(`${all.length} masks are more than a search has room for`);
	const masks = heap.allocate(all.length * 4);
	new Uint32Array(kernel.memory.buffer, masks, all.length).set(all);
	return { masks, maskCounts };
}

function isSame(a: Slot, b: Slot | undefined): boolean {
	const isSameBits = a.firstBit === b?.firstBit && a.keyBits === b.keyBits && a.bits === b.bits;
	return isSameBits && a.radiusBits === b.radiusBits;
}
