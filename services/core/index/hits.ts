// What a search has found so far. An entry turns up once for every slot in which it is near; answers name it once.
import type { Neighbor } from "./hamming-index.ts";
import type { HammingKernel } from "./hamming-kernel.ts";
import type { KernelHeap } from "./kernel-heap.ts";

export interface Hits {
	clear(): void;
	/** `search` appends at `out`, of which `room` hits may be written, and answers how many there are; it is asked again with more room. */
	collect(search: (out: number, room: number, count: number) => number): void;
	answer(): readonly Neighbor[];
}

const hitBytes = 8;
/** Up to so many hits are told apart by looking at each, without a table. */
const few = 32;

export function createHits(kernel: HammingKernel, heap: KernelHeap): Hits {
	let room = 1_024;
	let out = heap.allocate(room * hitBytes);
	let count = 0;
	const makeRoom = (wanted: number) => {
		const larger = heap.allocate(wanted * hitBytes);
		new Uint8Array(kernel.memory.buffer).copyWithin(larger, out, out + count * hitBytes);
		heap.free(out);
		out = larger;
		room = wanted;
	};
	return {
		clear() {
			count = 0;
		},
		collect(search) {
			let found = search(out, room, count);
			if (found > room) {
				makeRoom(found * 2);
				found = search(out, room, count);
			}
			count = found;
		},
		answer() {
			if (count === 0) return [];
			const words = new Uint32Array(kernel.memory.buffer, out, count * 2);
			return count <= few ? distinctOfFew(words) : distinctOfMany(words);
		},
	};
}

function distinctOfFew(words: Uint32Array): readonly Neighbor[] {
	const found: Neighbor[] = [];
	for (let at = 0; at < words.length; at += 2) {
		const id = words[at] ?? 0;
		if (!found.some((one) => one.id === id)) found.push({ id, distanceBits: words[at + 1] ?? 0 });
	}
	return found;
}

function distinctOfMany(words: Uint32Array): readonly Neighbor[] {
	const distances = new Map<number, number>();
	for (let at = 0; at < words.length; at += 2) distances.set(words[at] ?? 0, words[at + 1] ?? 0);
	return Array.from(distances, ([id, distanceBits]) => ({ id, distanceBits }));
}
