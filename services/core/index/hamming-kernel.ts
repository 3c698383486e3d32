import { type KernelMemory, loadKernel } from "../load-kernel.ts";
import { hammingKernelBytes } from "./hamming-kernel-bytes.ts";

/** What hamming-kernel.wat exports; the layouts are described there. */
export interface HammingKernel {
	readonly memory: KernelMemory;
	searchMain(
		slots: number,
		slotCount: number,
		radius: number,
		spans: number,
		notes: number,
		notesEnd: number,
		out: number,
		room: number,
		count: number,
	): number;
	searchRecent(
		heads: number,
		links: number,
		ids: number,
		isNear: number,
		radius: number,
		out: number,
		room: number,
		count: number,
	): number;
	insertRecent(heads: number, links: number, row: number, hash: number): void;
	countKeys(
		from: number,
		to: number,
		one: number,
		other: number,
		firstBit: number,
		keyBits: number,
		offsets: number,
	): void;
	sumCounts(offsets: number, from: number, to: number, sum: number): number;
	placePostings(
		from: number,
		to: number,
		one: number,
		other: number,
		firstBit: number,
		keyBits: number,
		offsets: number,
		tags: number,
		ids: number,
		idBytes: number,
	): void;
	fill(at: number, byte: number, bytes: number): void;
}

export function createHammingKernel(): HammingKernel {
	return loadKernel<HammingKernel>(hammingKernelBytes);
}
