// Which stills of a video are kept: those that differ from all others, and not more than there is room for, spread evenly; and when each
// of them is seen. Nothing here knows how they were decoded.
import { isSamePicture } from "../../core/hashes/pdq/distinct-frames.ts";
import type { Segment } from "../../core/items/segment.ts";
import { joinSegments } from "../../core/items/segments.ts";

interface Timed {
	readonly hash: Uint8Array;
	/** From the beginning of the video. */
	readonly atMs: number;
}

export interface StillCollector<T extends Timed> {
	add(still: T): void;
	/** In order of time, each with when it is seen. `end` as of {@link End}. */
	kept(end: End): readonly { readonly still: T; readonly shown: readonly Segment[] }[];
	/** Those that were looked at since this was last asked, as `kept` has them by then. */
	newly(end: End): ReturnType<StillCollector<T>["kept"]>;
	/** When anything was looked at, in order of time. */
	seenMs(): readonly number[];
}

/** A look lasts until the next one, and the last until the video ends; where some may be missing between them, no longer than `mostMs`. */
interface End {
	readonly durationMs: number;
	readonly mostMs: number;
}

/** Where there is no more room every second one goes, from the beginning to the end. */
export function collectStills<T extends Timed>(room: number): StillCollector<T> {
	let stills: T[] = [];
	const seen: { readonly atMs: number; readonly still: T }[] = [];
	const looked = new Set<T>();
	const inOrder = () => stills.toSorted((a, b) => a.atMs - b.atMs);
	const kept = ({ durationMs, mostMs }: End) => {
		const looks = seen.toSorted((a, b) => a.atMs - b.atMs);
		const segments = new Map<T, Segment[]>(stills.map((still) => [still, []]));
		for (const [at, { atMs, still }] of looks.entries()) {
			const next = looks[at + 1]?.atMs ?? Math.max(atMs, durationMs);
			segments.get(still)?.push({ fromMs: atMs, toMs: Math.min(next, atMs + mostMs) });
		}
		return inOrder().map((still) => ({ still, shown: joinSegments(segments.get(still) ?? []) }));
	};
	return {
		add(still) {
			const known = stills.find(({ hash }) => isSamePicture(hash, still.hash));
			seen.push({ atMs: still.atMs, still: known ?? still });
			looked.add(known ?? still);
			if (known !== undefined) return;
			stills.push(still);
			if (stills.length > room) stills = inOrder().filter((_, at) => at % 2 === 0);
		},
		kept,
		newly(end) {
			const newest = kept(end).filter(({ still }) => looked.has(still));
			looked.clear();
			return newest;
		},
		seenMs: () => seen.map(({ atMs }) => atMs).toSorted((a, b) => a - b),
	};
}
