// Which stills of a video are kept for people to look at: where something was found first, then some spread evenly over the whole.
import { z } from "zod";
import type { Segment } from "./segment.ts";

/** What people see of a video, in place of the video. */
export const keptVideo = z
	.object({
		durationMs: z.int().min(0),
		/** Where its stills are, from the beginning: those where something was found first, then the others in order of time. */
		stillsMs: z.array(z.int().min(0)).readonly(),
	})
	.readonly();
export type KeptVideo = z.infer<typeof keptVideo>;

const mostStills = 12;
/** So many of them are always left for what lies between. */
const evenStills = 4;
/** Stills nearer to one another are one. */
const apartMs = 500;

/** `found`: the segments of each finding, what says most first. */
export function chooseStills(durationMs: number, found: readonly (readonly Segment[])[]): readonly number[] {
	const chosen: number[] = [];
	const choose = (atMs: number) => {
		if (chosen.every((one) => Math.abs(one - atMs) >= apartMs)) chosen.push(atMs);
	};
	// Of each finding its first segment, then of each its second: one that is everywhere does not hide another.
	const rounds = Math.max(0, ...found.map(({ length }) => length));
	for (let round = 0; round < rounds; round += 1)
		for (const segments of found) {
			const segment = segments[round];
			if (segment !== undefined && chosen.length < mostStills - evenStills) choose(segment.fromMs);
		}
	const room = mostStills - chosen.length;
	for (let at = 0; at < room; at += 1) choose(Math.floor(((at + 0.5) * durationMs) / room));
	return chosen;
}
