// How much of two videos is alike, frame by frame, as vPDQ's reference compares a pair. Which of many known videos one is, is
// core/banks/match-frames.ts's to say.
import { bitsApart } from "../bits-apart.ts";
import type { VideoFrame } from "./video-frame.ts";

export interface SharesAlike {
	/** 0–1: how many of its frames are near some frame of the other. */
	readonly ofLeft: number;
	readonly ofRight: number;
}

type Frames = readonly Pick<VideoFrame, "hash">[];

export function sharesAlike(left: Frames, right: Frames, radiusBits: number): SharesAlike {
	return { ofLeft: shareNear(left, right, radiusBits), ofRight: shareNear(right, left, radiusBits) };
}

function shareNear(frames: Frames, others: Frames, radiusBits: number): number {
	const near = frames.filter((one) => others.some((other) => bitsApart(one.hash, other.hash) <= radiusBits));
	return frames.length === 0 ? 0 : near.length / frames.length;
}
