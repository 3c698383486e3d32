// The name that a list of frames has in banks: apart from what reads them, for it needs Node, and the console does not.
import { createHash } from "node:crypto";
import type { VideoFrame } from "./video-frame.ts";

/** SHA-256 over the frames' PDQ, in their order: whatever tool took them, and however it writes times, the same frames have one name. */
export function hashOfFrames(frames: readonly Pick<VideoFrame, "hash">[]): Uint8Array {
	const digest = createHash("sha256");
	for (const { hash } of frames) digest.update(hash);
	return Uint8Array.from(digest.digest());
}
