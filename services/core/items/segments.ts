// Where in a video something is seen: segments of time, from its beginning.
import type { Segment } from "./segment.ts";

/** What is kept of one thing: of more segments the longest. */
const mostSegments = 64;

/** In order of time; what touches or overlaps is one. */
export function joinSegments(segments: readonly Segment[]): readonly Segment[] {
	const joined: Segment[] = [];
	for (const one of segments.toSorted((a, b) => a.fromMs - b.fromMs)) {
		const last = joined.at(-1);
		if (last === undefined || one.fromMs > last.toMs) joined.push(one);
		else joined[joined.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, one.toMs) };
	}
	if (joined.length <= mostSegments) return joined;
	const longest = new Set(joined.toSorted((a, b) => lengthMs(b) - lengthMs(a)).slice(0, mostSegments));
	return joined.filter((one) => longest.has(one));
}

/** What of the first is not in the second; both in order, as {@link joinSegments} answers. */
export function withoutSegments(segments: readonly Segment[], taken: readonly Segment[]): readonly Segment[] {
	return segments.flatMap(({ fromMs, toMs }) => {
		const left: Segment[] = [];
		let atMs = fromMs;
		for (const one of taken) {
			if (one.toMs <= atMs || one.fromMs >= toMs) continue;
			if (one.fromMs > atMs) left.push({ fromMs: atMs, toMs: one.fromMs });
			atMs = one.toMs;
		}
		return atMs < toMs ? [...left, { fromMs: atMs, toMs }] : left;
	});
}

/** How long all of them take together; they do not overlap. */
export function shownMsOf(segments: readonly Segment[]): number {
	return segments.reduce((sum, one) => sum + lengthMs(one), 0);
}

function lengthMs({ fromMs, toMs }: Segment): number {
	return toMs - fromMs;
}
