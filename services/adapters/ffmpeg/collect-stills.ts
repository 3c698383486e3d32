// Which stills of a video are kept: those that differ from all others, and not more than there is room for, spread evenly. Nothing here
// knows how they were decoded.
import { bitsApart } from "../../core/hashes/bits-apart.ts";

interface Timed {
	readonly hash: Uint8Array;
	/** From the beginning of the video. */
	readonly atMs: number;
}

/** Stills so near to one another are one; as for frames of animations. */
const sameBits = 4;

export interface StillCollector<T extends Timed> {
	add(still: T): void;
	/** In order of time. */
	kept(): readonly T[];
	/** When anything was looked at, in order of time. */
	seenMs(): readonly number[];
}

/** Where there is no more room every second one goes, from the beginning to the end. */
export function collectStills<T extends Timed>(room: number): StillCollector<T> {
	let stills: T[] = [];
	const seen: number[] = [];
	const inOrder = () => stills.toSorted((a, b) => a.atMs - b.atMs);
	return {
		add(still) {
			seen.push(still.atMs);
			if (stills.some(({ hash }) => bitsApart(hash, still.hash) <= sameBits)) return;
			stills.push(still);
			if (stills.length > room) stills = inOrder().filter((_, at) => at % 2 === 0);
		},
		kept: inOrder,
		seenMs: () => seen.toSorted((a, b) => a - b),
	};
}
