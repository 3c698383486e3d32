// Which frames a video is known by: those that are like nothing but themselves, each once.
import { hasStructure } from "../pdq/structure.ts";
import type { VideoFrame } from "./video-frame.ts";

/** More say nothing that these do not: an hour and more of a frame a second. Of more some are taken, evenly. */
const mostFrames = 4_096;

/** The first of equal ones; without black and blurred ones, which are in every other video, too. */
export function usableFrames<F extends Pick<VideoFrame, "hash" | "quality">>(frames: readonly F[]): readonly F[] {
	const distinct = new Map<string, F>();
	for (const frame of frames) {
		const key = frame.hash.join();
		if (hasStructure(frame) && !distinct.has(key)) distinct.set(key, frame);
	}
	const usable = [...distinct.values()];
	if (usable.length <= mostFrames) return usable;
	return Array.from({ length: mostFrames }, (_, at) => usable[Math.floor((at * usable.length) / mostFrames)]).flatMap(
		(frame) => frame ?? [],
	);
}
