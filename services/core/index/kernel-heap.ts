// Gives out regions of a kernel's memory and takes them back: first fit, neighbors joined. Regions are aligned to 16 bytes and have
// 32 spare bytes behind them, which vector loads may read.
import { ensureBytes, type KernelMemory } from "../load-kernel.ts";

export interface KernelHeap {
	allocate(bytes: number): number;
	free(at: number): void;
	/** Bytes given out and not taken back. */
	readonly bytes: number;
}

/** The memory grows by at least this much, because every growth makes new views. */
const smallestGrowth = 1 << 20;

export function createKernelHeap(memory: KernelMemory, start: number): KernelHeap {
	const holes: { at: number; bytes: number }[] = [];
	const taken = new Map<number, number>();
	let end = start;
	let total = 0;
	const carve = (bytes: number): number => {
		const index = holes.findIndex((hole) => hole.bytes >= bytes);
		const hole = holes[index];
		if (hole !== undefined) {
			const { at } = hole;
			hole.at += bytes;
			hole.bytes -= bytes;
			if (hole.bytes === 0) holes.splice(index, 1);
			return at;
		}
		const at = end;
		end += bytes;
		if (end > memory.buffer.byteLength) ensureBytes(memory, Math.max(end, memory.buffer.byteLength + smallestGrowth));
		return at;
	};
	return {
		allocate(wanted) {
			const bytes = ((wanted + 15) & ~15) + 32;
			const at = carve(bytes);
			taken.set(at, bytes);
			total += bytes;
			return at;
		},
		free(at) {
			const bytes = taken.get(at);
			if (bytes === undefined) throw new Error("a region that was not given out cannot be taken back");
			taken.delete(at);
			total -= bytes;
			const next = holes.findIndex((hole) => hole.at > at);
			const index = next === -1 ? holes.length : next;
			holes.splice(index, 0, { at, bytes });
			join(holes, index);
			join(holes, index - 1);
			const last = holes.at(-1);
			if (last !== undefined && last.at + last.bytes === end) {
				end = last.at;
				holes.pop();
			}
		},
		get bytes() {
			return total;
		},
	};
}

function join(holes: { at: number; bytes: number }[], index: number): void {
	const hole = holes[index];
	const next = holes[index + 1];
	if (hole === undefined || next === undefined || hole.at + hole.bytes !== next.at) return;
	hole.bytes += next.bytes;
	holes.splice(index + 1, 1);
}
