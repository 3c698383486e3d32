// Which known videos a video is: enough of its frames are among theirs, and of theirs among its own, as vPDQ's reference has it. How near
// they are is the distance at which that many are found. What a match means is policy's to say.
import { bitsAtShare } from "../hashes/vpdq/bits-at-share.ts";
import { joinSegments } from "../items/segments.ts";
import type { BankEntry, BankSettings, Match, PictureHashes } from "./bank.ts";
import type { NearVideoFrame } from "./entry-table.ts";

/** One frame of the item, by each of the hashes that it is looked up by: its turns and framings. */
export interface FrameQuery {
	readonly hashes: readonly Uint8Array[];
	/** How each hash was turned or framed, in their order. */
	readonly transforms: readonly Match["transform"][];
	readonly quality: number;
	readonly shown: NonNullable<PictureHashes["shown"]>;
}

export interface FrameMatch {
	readonly entry: BankEntry;
	readonly how: Pick<Match, "distanceBits" | "transform" | "queryQuality" | "shown" | "frames">;
}

interface Nearest {
	readonly distanceBits: number;
	readonly transform: Match["transform"];
}

/** By the item's frame, and by the entry's: the nearest of the others. */
interface Meeting {
	readonly entry: BankEntry;
	readonly entryFrames: number;
	readonly ofItem: Map<number, Nearest>;
	readonly ofEntry: Map<number, number>;
}

/** `find` answers for each hash, in their order. */
export function matchFrames(
	queries: readonly FrameQuery[],
	find: (hashes: readonly Uint8Array[]) => readonly (readonly NearVideoFrame[])[],
	sharesOf: (entry: BankEntry) => BankSettings["videoShares"] | null,
): readonly FrameMatch[] {
	const meetings = meet(queries, find(queries.flatMap(({ hashes }) => hashes)));
	return meetings.flatMap((meeting) => {
		const shares = sharesOf(meeting.entry);
		return shares === null ? [] : (matchOf(meeting, queries, shares) ?? []);
	});
}

function meet(queries: readonly FrameQuery[], found: readonly (readonly NearVideoFrame[])[]): readonly Meeting[] {
	const meetings = new Map<string, Meeting>();
	let place = 0;
	for (const [at, { transforms }] of queries.entries())
		for (const transform of transforms) {
			for (const { entry, entryFrames, frame, distanceBits } of found[place] ?? []) {
				const known = meetings.get(entry.id) ?? { entry, entryFrames, ofItem: new Map(), ofEntry: new Map() };
				meetings.set(entry.id, known);
				if (distanceBits < (known.ofItem.get(at)?.distanceBits ?? Number.POSITIVE_INFINITY))
					known.ofItem.set(at, { distanceBits, transform });
				if (distanceBits < (known.ofEntry.get(frame) ?? Number.POSITIVE_INFINITY))
					known.ofEntry.set(frame, distanceBits);
			}
			place += 1;
		}
	return [...meetings.values()];
}

function matchOf(
	{ entry, entryFrames, ofItem, ofEntry }: Meeting,
	queries: readonly FrameQuery[],
	shares: BankSettings["videoShares"],
): FrameMatch | null {
	const itemBits = bitsAtShare(
		[...ofItem.values()].map(({ distanceBits }) => distanceBits),
		queries.length,
		shares.ofItem,
	);
	const entryBits = bitsAtShare([...ofEntry.values()], entryFrames, shares.ofEntry);
	if (itemBits === null || entryBits === null) return null;
	const distanceBits = Math.max(itemBits, entryBits);
	const near = [...ofItem].filter(([, one]) => one.distanceBits <= distanceBits);
	const nearOfEntry = [...ofEntry.values()].filter((bits) => bits <= distanceBits);
	return {
		entry,
		how: {
			distanceBits,
			transform: mostOf(near.map(([, { transform }]) => transform)),
			queryQuality: Math.min(...near.map(([at]) => queries[at]?.quality ?? 0)),
			shown: joinSegments(near.flatMap(([at]) => queries[at]?.shown ?? [])),
			frames: { ofItem: near.length / queries.length, ofEntry: nearOfEntry.length / entryFrames },
		},
	};
}

/** What most of a video's frames were turned by; the first of several. */
function mostOf(transforms: readonly Match["transform"][]): Match["transform"] {
	const counts = new Map<Match["transform"], number>();
	for (const one of transforms) counts.set(one, (counts.get(one) ?? 0) + 1);
	const [most = "none"] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [];
	return most;
}
