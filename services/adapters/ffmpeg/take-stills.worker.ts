// Runs in a worker process: stills of one video for people to look at, each at its moment, as JPEG.
import { inputPath, outputPath, type VideoSource } from "./ffmpeg.ts";
import { openFfmpeg } from "./open-ffmpeg.ts";

export interface TakeStillsInput {
	/** The path of a system's FFmpeg; null for the one that comes with npm. */
	readonly program: string | null;
	readonly source: VideoSource;
	readonly stillsMs: readonly number[];
	readonly maxPixels: number;
	/** For all of them; those that there is no time for are null. */
	readonly timeoutMs: number;
}

/** Longest edge of a still, pixels: what level 5 shows of a picture. */
const edge = 2_048;
const size = `scale='min(${edge},iw)':'min(${edge},ih)':force_original_aspect_ratio=decrease:force_divisible_by=2`;

export default async function takeStills(input: TakeStillsInput): Promise<readonly (Uint8Array | null)[]> {
	const deadline = performance.now() + input.timeoutMs;
	let chunks: Uint8Array[] = [];
	await using ffmpeg = await openFfmpeg(input.program, input.source, {
		onOutput(chunk) {
			chunks.push(Uint8Array.from(chunk));
			return true;
		},
		onLine: () => undefined,
	});
	const stills: (Uint8Array | null)[] = [];
	for (const atMs of input.stillsMs) {
		const leftMs = deadline - performance.now();
		chunks = [];
		// Times are cut to milliseconds: a little earlier, or the frame itself would be passed over.
		const seek = ["-ss", String(Math.max(0, atMs - 1) / 1_000), "-i", inputPath, "-map", "0:v:0", "-frames:v", "1"];
		const common = ["-nostdin", "-y", "-loglevel", "error", "-max_pixels", String(input.maxPixels)];
		if (leftMs > 0)
			await ffmpeg.run(
				[...common, ...seek, "-vf", size, "-f", "image2pipe", "-c:v", "mjpeg", "-q:v", "3", outputPath],
				leftMs,
			);
		stills.push(chunks.length === 0 ? null : new Uint8Array(Buffer.concat(chunks)));
	}
	return stills;
}
