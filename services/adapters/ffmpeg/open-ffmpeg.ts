// The FFmpeg that is here: the one that comes with npm, or a program of the system where one is named.
import type { Ffmpeg, Listener, VideoSource } from "./ffmpeg.ts";

/** `program`: the path of the system's; null for the one that comes with npm. */
export async function openFfmpeg(program: string | null, source: VideoSource, listener: Listener): Promise<Ffmpeg> {
	if (program !== null) return (await import("./run-program.ts")).openProgram(program, source, listener);
	return (await import("./load-ffmpeg.ts")).openPacked(source, listener);
}
