// Near frames of known videos: which entry each is of, and the how-manieth. Most have no videos: then it holds nothing at all.
import { createMultiIndex, type MultiIndex } from "./multi-index.ts";
import { createNumberColumn } from "./number-column.ts";

export interface FrameIndex {
	/** `framePdqs` are 32 bytes each. */
	add(entry: number, framePdqs: Uint8Array): void;
	remove(entry: number): void;
	/** One answer per hash, in their order. */
	search(hashes: readonly Uint8Array[], radiusBits: number): readonly (readonly NearFrame[])[];
	/** Those of an entry, as they were added; none where it has none. */
	framesOf(entry: number): Uint8Array;
	countOf(entry: number): number;
	/** Those that have frames. */
	entries(): Iterable<number>;
	maintain(): boolean;
	compact(): void;
}

interface NearFrame {
	readonly entry: number;
	readonly frame: number;
	readonly distanceBits: number;
}

const pdqBytes = 32;

export function createFrameIndex(): FrameIndex {
	let index: MultiIndex | null = null;
	const numbersByEntry = new Map<number, readonly number[]>();
	const entryOf = createNumberColumn();
	const placeOf = createNumberColumn();
	const free: number[] = [];
	let limit = 0;
	return {
		add(entry, framePdqs) {
			index ??= createMultiIndex();
			const numbers: number[] = [];
			for (let at = 0; at < framePdqs.length; at += pdqBytes) {
				const number = free.pop() ?? limit;
				limit = Math.max(limit, number + 1);
				entryOf.set(number, entry);
				placeOf.set(number, numbers.length);
				index.add(number, framePdqs.subarray(at, at + pdqBytes));
				numbers.push(number);
			}
			numbersByEntry.set(entry, numbers);
		},
		remove(entry) {
			for (const number of numbersByEntry.get(entry) ?? []) {
				index?.remove(number);
				free.push(number);
			}
			numbersByEntry.delete(entry);
		},
		search: (hashes, radiusBits) =>
			hashes.map((hash) =>
				(index?.search(hash, radiusBits) ?? []).map(({ id, distanceBits }) => ({
					...{ entry: entryOf.get(id), frame: placeOf.get(id), distanceBits },
				})),
			),
		framesOf(entry) {
			const numbers = numbersByEntry.get(entry) ?? [];
			const pdqs = new Uint8Array(numbers.length * pdqBytes);
			for (const [at, number] of numbers.entries()) pdqs.set(index?.hashOf(number) ?? [], at * pdqBytes);
			return pdqs;
		},
		countOf: (entry) => numbersByEntry.get(entry)?.length ?? 0,
		entries: () => numbersByEntry.keys(),
		maintain: () => index?.maintain() ?? false,
		compact: () => index?.compact(),
	};
}
