// Known sounds by the blocks of their words: which of them have a block that is near one. Most have no sounds: then it holds nothing at all.
import { createMultiIndex, type MultiIndex } from "./multi-index.ts";
import { createNumberColumn } from "./number-column.ts";

export interface SoundIndex {
	/** `blocks` are 32 bytes each; those that `isTelling` says no of are kept, and found by nothing. */
	add(entry: number, blocks: Uint8Array, isTelling: (block: number) => boolean): void;
	remove(entry: number): void;
	search(block: Uint8Array, radiusBits: number): readonly NearBlock[];
	/** As they were added; none where it has none. */
	blocksOf(entry: number): Uint8Array;
	/** Those that have blocks. */
	entries(): Iterable<number>;
	maintain(): boolean;
	compact(): void;
}

interface NearBlock {
	readonly entry: number;
	readonly block: number;
}

const blockBytes = 32;
const none = new Uint8Array();

export function createSoundIndex(): SoundIndex {
	let index: MultiIndex | null = null;
	const kept = new Map<number, { readonly blocks: Uint8Array; readonly numbers: readonly number[] }>();
	const entryOf = createNumberColumn();
	const placeOf = createNumberColumn();
	const free: number[] = [];
	let limit = 0;
	return {
		add(entry, blocks, isTelling) {
			index ??= createMultiIndex();
			const numbers: number[] = [];
			for (let block = 0; block < blocks.length / blockBytes; block += 1) {
				if (!isTelling(block)) continue;
				const number = free.pop() ?? limit;
				limit = Math.max(limit, number + 1);
				entryOf.set(number, entry);
				placeOf.set(number, block);
				index.add(number, blocks.subarray(block * blockBytes, (block + 1) * blockBytes));
				numbers.push(number);
			}
			kept.set(entry, { blocks: blocks.slice(), numbers });
		},
		remove(entry) {
			for (const number of kept.get(entry)?.numbers ?? []) {
				index?.remove(number);
				free.push(number);
			}
			kept.delete(entry);
		},
		search: (block, radiusBits) =>
			(index?.search(block, radiusBits) ?? []).map(({ id }) => ({ entry: entryOf.get(id), block: placeOf.get(id) })),
		blocksOf: (entry) => kept.get(entry)?.blocks ?? none,
		entries: () => kept.keys(),
		maintain: () => index?.maintain() ?? false,
		compact: () => index?.compact(),
	};
}
