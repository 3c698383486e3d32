// Which known videos a video is: enough of its frames are among theirs, and of theirs among its own, as vPDQ's reference has it. How near
// they are is the distance at which that many are found. What a match means is policy's to say.
import { bitsBothWays, type Meeting, meet, newMeeting } from "../hashes/vpdq/meeting.ts";
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

interface Met extends Meeting<Nearest> {
	readonly entry: BankEntry;
	readonly entryFrames: number;
}

/** `find` answers for each hash, in their order. */
export function matchFrames(
	queries: readonly FrameQuery[],
	find: (hashes: readonly Uint8Array[]) => readonly (readonly NearVideoFrame[])[],
	sharesOf: (entry: BankEntry) => BankSettings["videoShares"] | null,
): readonly FrameMatch[] {
	const met = meetEntries(queries, find(queries.flatMap(({ hashes }) => hashes)));
	return met.flatMap((one) => {
		const shares = sharesOf(one.entry);
		return shares === null ? [] : (matchOf(one, queries, shares) ?? []);
	});
}

function meetEntries(queries: readonly FrameQuery[], found: readonly (readonly NearVideoFrame[])[]): readonly Met[] {
	const met = new Map<string, Met>();
	let place = 0;
	for (const [at, { transforms }] of queries.entries())
		for (const transform of transforms) {
			for (const { entry, entryFrames, frame, distanceBits } of found[place] ?? []) {
				const known = met.get(entry.id) ?? { entry, entryFrames, ...newMeeting<Nearest>() };
				met.set(entry.id, known);
				meet(known, { ofItem: at, ofOther: frame }, { distanceBits, transform });
			}
			place += 1;
		}
	return [...met.values()];
}

function matchOf(met: Met, queries: readonly FrameQuery[], shares: BankSettings["videoShares"]): FrameMatch | null {
	const { entry, entryFrames, ofItem, ofOther } = met;
	const distanceBits = bitsBothWays(
		met,
		{ frames: queries.length, share: shares.ofItem },
		{ frames: entryFrames, share: shares.ofEntry },
	);
	if (distanceBits === null) return null;
	const near = [...ofItem].filter(([, one]) => one.distanceBits <= distanceBits);
	const nearOfEntry = [...ofOther.values()].filter((bits) => bits <= distanceBits);
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
