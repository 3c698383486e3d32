// An FFmpeg of the system, version 5 to 7, in a process of its own for each run. It gets no environment, reads no file but the video and opens no
// connection: containers that name other files (playlists) are not among those that it may read.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { privateFile } from "../../runtime/private-folder.ts";
import { type Ffmpeg, inputPath, type Listener, outputPath, type VideoSource } from "./ffmpeg.ts";

const mayRead = [
	"-protocol_whitelist",
	"file,pipe",
	"-format_whitelist",
	"mov,matroska,avi,mpegts,apng,mp3,ogg,flac,wav,aac,ac3,amr,aiff,caf",
];

/** `program`: its path. A video in memory lies in a file until all is done. */
export async function openProgram(program: string, source: VideoSource, listener: Listener): Promise<Ffmpeg> {
	const isHeld = source instanceof Uint8Array;
	const path = isHeld ? join(tmpdir(), `breakwater-${randomBytes(12).toString("hex")}`) : source.path;
	if (isHeld) await writeFile(path, source, { mode: privateFile });
	return {
		run: (args, timeoutMs) => run(program, argumentsFor(args, path), timeoutMs, listener),
		[Symbol.asyncDispose]: async () => {
			if (isHeld) await rm(path, { force: true });
		},
	};
}

/** Limits stand before the input that they are of. */
function argumentsFor(args: readonly string[], path: string): readonly string[] {
	const input = args.indexOf(inputPath);
	const named = args.map((one) => (one === inputPath ? path : one === outputPath ? "pipe:1" : one));
	return [...named.slice(0, input - 1), ...mayRead, ...named.slice(input - 1)];
}

async function run(
	program: string,
	args: readonly string[],
	timeoutMs: number,
	{ onOutput, onLine }: Listener,
): Promise<boolean> {
	const child = spawn(program, args, {
		env: {},
		stdio: ["ignore", "pipe", "pipe"],
		timeout: Math.max(1, Math.floor(timeoutMs)),
		killSignal: "SIGKILL",
	});
	const ended = new Promise<boolean>((resolve) => {
		child.once("close", (code) => resolve(code === 0));
		child.once("error", () => resolve(false));
	});
	const take = (chunk: Uint8Array) => {
		if (!onOutput(chunk)) child.kill("SIGKILL");
	};
	child.stdout.on("data", take);
	// What is said of a frame may come after it: then it is looked at once more.
	createInterface({ input: child.stderr }).on("line", (line) => {
		onLine(line);
		take(new Uint8Array(0));
	});
	return ended;
}
