// The medoids of clusters of videos, in memory: each is a list of frames, and a video is near to it where most of its frames are near to some of the
// medoid's, and most of the medoid's to some of its own. Both ways: what only opens or ends alike is not one thing.
import { toHex } from "../hashes/hash-hex.ts";
import { bitsBothWays, type Meeting, meet, newMeeting } from "../hashes/vpdq/meeting.ts";
import { createFrameIndex, type FrameIndex } from "../index/frame-index.ts";
import type { Medoids, NearMedoid } from "./medoids.ts";

/** As vPDQ's reference has it of the item's. */
const shareAlike = 0.8;
const pdqBytes = 32;
/** In the index, and for its name and numbers. */
const [bytesOfFrame, bytesOfMedoid] = [110, 250];

interface Held {
	readonly hash: Uint8Array;
	seenAtMs: number;
}

/** Framings are lists of PDQ, one after the other: all frames of a video turned or framed the same way. */
export function createVideoMedoids(): Medoids {
	const index = createFrameIndex();
	const held = new Map<number, Held>();
	const byName = new Map<string, number>();
	const free: number[] = [];
	let numbers = 0;
	let frameCount = 0;
	let looking: readonly number[] = [];
	const nearTo = (framing: Uint8Array, radiusBits: number): readonly (NearMedoid & { readonly number: number })[] => {
		const frames = split(framing);
		return [...meetMedoids(index.search(frames, radiusBits))].flatMap(([number, meeting]) => {
			const ofMedoid = { frames: index.countOf(number), share: shareAlike };
			const distanceBits = bitsBothWays(meeting, { frames: frames.length, share: shareAlike }, ofMedoid);
			const hash = held.get(number)?.hash;
			if (hash === undefined || distanceBits === null) return [];
			return [{ number, hash, frames: index.framesOf(number), distanceBits }];
		});
	};
	const forget = (number: number) => {
		byName.delete(toHex(held.get(number)?.hash ?? new Uint8Array()));
		held.delete(number);
		frameCount -= index.countOf(number);
		index.remove(number);
		free.push(number);
	};
	const add: Medoids["add"] = (hash, seenAtMs, frames) => {
		const known = held.get(byName.get(toHex(hash)) ?? -1);
		if (known !== undefined) known.seenAtMs = Math.max(known.seenAtMs, seenAtMs);
		// One of which the record tells no frames is like nothing.
		if (known !== undefined || frames === undefined) return;
		const number = free.pop() ?? numbers++;
		index.add(number, frames);
		frameCount += index.countOf(number);
		held.set(number, { hash, seenAtMs });
		byName.set(toHex(hash), number);
	};
	return {
		within(hash, radiusBits) {
			const number = byName.get(toHex(hash));
			return number === undefined ? [] : nearTo(index.framesOf(number), radiusBits);
		},
		nearest: (framings, radiusBits) =>
			framings
				.flatMap((framing) => nearTo(framing, radiusBits))
				.toSorted((a, b) => a.distanceBits - b.distanceBits || a.number - b.number)[0] ?? null,
		add,
		remove(hash) {
			const number = byName.get(toHex(hash));
			if (number !== undefined) forget(number);
		},
		load(medoids) {
			for (const { hash, seenAt, frames } of medoids) add(hash, seenAt.getTime(), frames);
		},
		compact: () => index.compact(),
		forgetBefore(ms, count) {
			if (looking.length === 0) looking = [...held.keys()];
			for (const number of looking.slice(0, count)) if ((held.get(number)?.seenAtMs ?? ms) < ms) forget(number);
			looking = looking.slice(count);
		},
		get size() {
			return held.size;
		},
		get bytes() {
			return frameCount * bytesOfFrame + held.size * bytesOfMedoid;
		},
	};
}

/** By medoid; what was found, by frame of the item. */
function meetMedoids(found: ReturnType<FrameIndex["search"]>): ReadonlyMap<number, Meeting> {
	const meetings = new Map<number, Meeting>();
	for (const [at, near] of found.entries())
		for (const { entry, frame, distanceBits } of near) {
			const meeting = meetings.get(entry) ?? newMeeting();
			meetings.set(entry, meeting);
			meet(meeting, { ofItem: at, ofOther: frame }, { distanceBits });
		}
	return meetings;
}

function split(framing: Uint8Array): readonly Uint8Array[] {
	return Array.from({ length: framing.length / pdqBytes }, (_, at) =>
		framing.subarray(at * pdqBytes, (at + 1) * pdqBytes),
	);
}
