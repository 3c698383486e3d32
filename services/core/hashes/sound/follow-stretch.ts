// From a place where two sounds are alike, how far they stay so, both ways. A copy may be a little faster or slower: the place is looked for anew with
// every block. What a stretch comes to is for banks and policy to say.
import { blockBits, blocksApart, blockWords } from "./sound-blocks.ts";

/** Where in each sound, in words, and in how many of a block's 256 bits they differ there in the mean. */
export interface Stretch {
	readonly item: { readonly from: number; readonly to: number };
	readonly entry: { readonly from: number; readonly to: number };
	readonly distanceBits: number;
}

/** A block further apart than this is none of it: unrelated ones are half of all bits apart. */
const alikeBits = blockBits * 0.4;
/** Blocks in a row that may be further apart, where something else is louder for a second. */
const mostGap = 3;
/** Seconds that a copy runs away by within a block: a word in eight. */
const drift = [0, -1, 1] as const;

export interface Place {
	readonly item: number;
	readonly entry: number;
}

/** `place` is where a block begins in each. */
export function followStretch(item: Uint32Array, entry: Uint32Array, place: Place): Stretch {
	const before = follow(item, entry, { place, step: -blockWords });
	const after = follow(item, entry, { place, step: blockWords });
	const own = blocksApart({ words: item, from: place.item }, { words: entry, from: place.entry });
	const blocks = before.blocks + 1 + after.blocks;
	return {
		item: { from: before.last.item, to: after.last.item + blockWords },
		entry: { from: before.last.entry, to: after.last.entry + blockWords },
		distanceBits: (before.bits + own + after.bits) / blocks,
	};
}

interface Way {
	readonly place: Place;
	readonly step: number;
}

function follow(item: Uint32Array, entry: Uint32Array, { place, step }: Way) {
	let [at, last] = [place, place];
	let [bits, blocks, gapBits, gap] = [0, 0, 0, 0];
	for (;;) {
		const next = at.entry + step;
		if (next < 0 || next + blockWords > entry.length) break;
		const found = nearest(item, { words: entry, from: next }, at.item + step);
		if (found === null) break;
		at = { item: found.from, entry: next };
		gapBits += found.bits;
		gap += 1;
		if (found.bits <= alikeBits) {
			[bits, blocks, last] = [bits + gapBits, blocks + gap, at];
			[gapBits, gap] = [0, 0];
		} else if (gap >= mostGap) break;
	}
	return { bits, blocks, last };
}

function nearest(item: Uint32Array, block: { readonly words: Uint32Array; readonly from: number }, expected: number) {
	let best: { readonly from: number; readonly bits: number } | null = null;
	for (const away of drift) {
		const from = expected + away;
		if (from < 0 || from + blockWords > item.length) continue;
		const bits = blocksApart({ words: item, from }, block);
		// Unless another is clearly nearer it goes on as it went.
		if (best === null || bits < best.bits) best = { from, bits };
	}
	return best;
}
