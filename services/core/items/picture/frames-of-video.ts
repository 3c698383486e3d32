import type { PictureHashes } from "../../banks/bank.ts";
import { usableFrames } from "../../hashes/vpdq/usable-frames.ts";
import type { VideoFrame } from "../../hashes/vpdq/video-frame.ts";

/** Those of a video's stills by which it is known (vPDQ). */
export function framesOfVideo(stills: readonly PictureHashes[]): readonly VideoFrame[] {
	return usableFrames(stills).map(({ hash, quality, shown }) => ({ hash, quality, atMs: shown?.[0]?.fromMs ?? 0 }));
}
