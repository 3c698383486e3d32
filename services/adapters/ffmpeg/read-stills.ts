// The stills of a video: one a second and one at every cut. First the frames that stand by themselves, which cost little; where these lie
// too far apart, the others as well, without those that no other needs.
import type { Size } from "../../core/hashes/pdq/hashed-size.ts";
import { type DecodedFrame, readColors } from "./decoded-frame.ts";
import { inputPath, outputPath, type VideoSource } from "./ffmpeg.ts";
import { openFfmpeg } from "./open-ffmpeg.ts";
import { splitFrames } from "./split-frames.ts";

/** What FFmpeg said of the video, and how far it came. */
export interface StillsRead {
	readonly width: number;
	readonly height: number;
	/** By its header; null where it has none that says. */
	readonly durationMs: number | null;
	/** The decoder complained of its data. */
	readonly hasErrors: boolean;
	/** It has further tracks of pictures that move, which a player may show instead; covers are none. */
	readonly hasOtherTracks: boolean;
	/** There was no time for all of it. */
	readonly isCutOff: boolean;
	/** It is longer than was asked for, by its header, and has not been read. */
	readonly isTooLong: boolean;
}

export interface ReadLimits {
	/** The path of a system's FFmpeg; null for the one that comes with npm. */
	readonly program: string | null;
	/** How far apart two looks are. */
	readonly everyMs: number;
	/** Every frame is a still, as of animations, of which each may show something else. */
	readonly takesAll: boolean;
	readonly maxPixels: number;
	/** By its header. */
	readonly mostDurationMs: number;
	/** When to give up, on `performance.now()`'s clock. */
	readonly deadline: number;
}

/** Between stills that stand by themselves, the time between two looks with what encoders round; further apart the rest is decoded. */
const widestGap = 1.1;

/** So long after the one before, or a cut: the mean change of a pixel that FFmpeg's filter names a scene by. */
const wantedOf = (everyMs: number) =>
	`isnan(prev_selected_t)+gte(t-prev_selected_t\\,${everyMs / 1_000})+gt(scene\\,0.3)`;
/** The size at which pictures are hashed (core/hashes/pdq/hashed-size.ts). */
const isWhole = "lte(iw\\,512)*lte(ih\\,512)";
const size = `w='if(${isWhole}\\,iw\\,min(iw\\,384))':h='if(${isWhole}\\,ih\\,min(ih\\,384))'`;
/** As the video has them: what colors come of them is decided here (decoded-frame.ts), and not by how FFmpeg was compiled. */
const pixels = "yuv444p|yuvj444p";
const filtersOf = ({ takesAll, everyMs }: ReadLimits) =>
	`${takesAll ? "" : `select='${wantedOf(everyMs)}',`}scale=${size}:flags=area,format=${pixels},showinfo=checksum=0`;

const passes = [
	["-skip_frame", "nokey"],
	["-skip_frame", "noref"],
] as const;
const allFrames = ["-skip_frame", "default"] as const;

/** `take` gets each as it is decoded; of the second pass, those that the first had, too. */
export async function readStills(
	source: VideoSource,
	limits: ReadLimits,
	take: (frame: DecodedFrame, atMs: number) => void,
): Promise<StillsRead> {
	const { maxPixels, deadline, mostDurationMs } = limits;
	const log = readLog();
	const seenMs: number[] = [];
	const isTooLong = () => (log.durationMs() ?? 0) > mostDurationMs;
	const onOutput = splitFrames(
		() => log.coming[0] ?? null,
		(planes) => {
			if (isTooLong()) return false;
			const atMs = log.coming.shift()?.atMs ?? 0;
			seenMs.push(atMs);
			take({ ...planes, ...log.colors() }, atMs);
			return performance.now() < deadline;
		},
	);
	await using ffmpeg = await openFfmpeg(limits.program, source, { onOutput, onLine: log.onLine });
	let isThrough = true;
	for (const pass of limits.takesAll ? [allFrames] : passes) {
		if (isTooLong() || (pass !== passes[0] && isDense(seenMs, log.durationMs(), limits))) break;
		const common = ["-nostdin", "-y", "-loglevel", "level+info", "-max_pixels", String(maxPixels)];
		const input = ["-i", inputPath, "-an", "-sn", "-dn", "-map", "0:v:0"];
		const output = ["-vf", filtersOf(limits), "-vsync", "vfr", "-f", "rawvideo", outputPath];
		log.coming.length = 0;
		isThrough = await ffmpeg.run([...common, ...pass, ...input, ...output], deadline - performance.now());
	}
	const isLate = performance.now() >= deadline;
	return {
		...log.size(),
		durationMs: log.durationMs(),
		hasOtherTracks: !limits.takesAll && log.tracks() > 1,
		hasErrors: log.hasErrors() || (!isThrough && !isLate),
		isTooLong: isTooLong(),
		isCutOff: isLate && !isDense(seenMs, log.durationMs(), limits),
	};
}

/** Without a length nobody knows how much lies after the last one. */
function isDense(
	seenMs: readonly number[],
	durationMs: number | null,
	{ everyMs }: Pick<ReadLimits, "everyMs">,
): boolean {
	if (durationMs === null) return false;
	const times = [0, ...seenMs.toSorted((a, b) => a - b), durationMs];
	return times.every((time, at) => time - (times[at - 1] ?? 0) <= everyMs * widestGap);
}

/** What FFmpeg 5 prints, line by line, of what cannot be had from it otherwise. */
function readLog() {
	const coming: (Size & { readonly atMs: number })[] = [];
	let colors: NonNullable<ReturnType<typeof readColors>> = { matrix: "bt601", isFullRange: false };
	let durationMs: number | null = null;
	let size = { width: 0, height: 0 };
	let hasErrors = false;
	let isInput = false;
	const tracks = new Set<string>();
	return {
		/** The frames that have been chosen and have not come out yet, and when they are shown. */
		coming,
		colors: () => colors,
		durationMs: () => durationMs,
		size: () => size,
		hasErrors: () => hasErrors,
		tracks: () => tracks.size,
		onLine(line: string) {
			if (/\b(?:Input|Output) #\d/.test(line)) isInput = line.includes("Input #");
			const track = /Stream #(\d+:\d+).*? Video: /.exec(line)?.[1];
			if (isInput && track !== undefined && !line.includes("(attached pic)")) tracks.add(track);
			if (/\[(?:error|fatal|panic)\]/.test(line)) hasErrors = true;
			colors = readColors(line) ?? colors;
			const frame = /\bpts_time:(\S+) .* s:(\d+)x(\d+)/.exec(line);
			if (frame !== null) {
				// Not a number where the stream has no times.
				const atMs = Math.max(0, Math.round(Number(frame[1]) * 1_000)) || 0;
				coming.push({ atMs, width: Number(frame[2]), height: Number(frame[3]) });
			}
			const length = /\bDuration: (\d+):(\d\d):([\d.]+)/.exec(line);
			if (length !== null)
				durationMs = (Number(length[1]) * 3_600 + Number(length[2]) * 60 + Number(length[3])) * 1_000;
			const found = size.width === 0 ? /Stream #.* Video: .*?, (\d+)x(\d+)/.exec(line) : null;
			if (found !== null) size = { width: Number(found[1]), height: Number(found[2]) };
		},
	};
}
