/** One of the frames by which a video is known. */
export interface VideoFrame {
	/** PDQ. */
	readonly hash: Uint8Array;
	/** 0–100. */
	readonly quality: number;
	/** From the beginning of the video. */
	readonly atMs: number;
}
