// Which frames of an animation, or pages of a file, are worth a look-up: those that differ from all that were kept; and when each of
// them is seen. It decides nothing about how frames are decoded or what a match means.
import type { Segment } from "../../items/segment.ts";
import { joinSegments } from "../../items/segments.ts";
import { bitsApart } from "../bits-apart.ts";

export interface HashedFrame {
	readonly hash: Uint8Array;
	/** How long it is shown; pages that wait for a reader count as equally long. */
	readonly shownMs: number;
}

/** `atMs`: when it is first shown, from the beginning; `shown`: when it, or what is so near as to be the same, is seen in one turn. */
type Timed<T> = T & { readonly atMs: number; readonly shown: readonly Segment[] };

const sameBits = 4;

/**
 * Whether pictures of one file (frames, parts, renderings), by their hashes, are so near to one another that one of them is enough. Each is held
 * against those kept, not against its neighbor, so that a slow drift is no way past.
 */
export function isSamePicture(one: Uint8Array, other: Uint8Array): boolean {
	return bitsApart(one, other) <= sameBits;
}

export interface FrameCollector<T extends HashedFrame> {
	/** False where it is new and there is no room for it. */
	add(frame: T): boolean;
	readonly kept: readonly Timed<T>[];
	readonly totalMs: number;
}

export function collectDistinct<T extends HashedFrame>(room: number): FrameCollector<T> {
	const kept: { readonly frame: T; readonly atMs: number; readonly segments: Segment[] }[] = [];
	let totalMs = 0;
	return {
		add(frame) {
			const atMs = totalMs;
			totalMs += frame.shownMs;
			const segment = { fromMs: atMs, toMs: totalMs };
			const known = kept.find((one) => isSamePicture(one.frame.hash, frame.hash));
			known?.segments.push(segment);
			if (known !== undefined) return true;
			if (kept.length >= room) return false;
			kept.push({ frame, atMs, segments: [segment] });
			return true;
		},
		get kept() {
			return kept.map(({ frame, atMs, segments }) => ({ ...frame, atMs, shown: joinSegments(segments) }));
		},
		get totalMs() {
			return totalMs;
		},
	};
}

/** Some of the frames, `count` at most: those on show at moments spread evenly over the whole, then the first of the others. */
export function spreadOverTime<T extends { readonly atMs: number }>(
	frames: readonly T[],
	totalMs: number,
	count: number,
): readonly T[] {
	if (frames.length <= count) return frames;
	const onShow = Array.from({ length: count }, (_, moment) => {
		const wantedMs = ((moment + 0.5) * totalMs) / count;
		return frames.findLast(({ atMs }) => atMs <= wantedMs);
	});
	const distinct = new Set([...onShow.filter((frame) => frame !== undefined), ...frames]);
	const kept = new Set([...distinct].slice(0, count));
	return frames.filter((frame) => kept.has(frame));
}
