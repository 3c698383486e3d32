// Small clips of generated pictures, made at run time.
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import sharp from "sharp";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { makeClip } from "./clip-maker.ts";

export interface Clips extends AsyncDisposable {
	readonly folder: string;
	/** The pictures, as PNG, that {@link Clips.make} shows one after the other for `secondsEach`. */
	readonly pictures: readonly Buffer[];
	/** Encodes all pictures in their order, with these arguments of FFmpeg, into a file of that name. */
	make(name: string, args?: readonly string[]): Promise<Buffer>;
	/** {@link Clips.make} with this sound under it, until the shorter of both ends. */
	makeHeard(name: string, sound: Buffer, args?: readonly string[]): Promise<Buffer>;
	/** Ten minutes in which everything moves, and the first picture fills the frame from second 20 to 26. */
	makeLong(name: string): Promise<Buffer>;
	/** Puts what a clip made before holds into another file, as it is but for these arguments. */
	repack(name: string, from: string, args: readonly string[]): Promise<Buffer>;
	/** {@link Clips.repack} into several files at once. */
	repackAll(names: readonly string[], from: string): Promise<readonly Buffer[]>;
}

export const secondsEach = 3;
const longScene = "testsrc2=s=320x240:r=2:d=600[moves];[moves][0:v]overlay=enable='between(t,20,26)':shortest=1";

export async function openClips(seeds: readonly number[]): Promise<Clips> {
	const folder = await mkdtemp(join(tmpdir(), "breakwater-clips-"));
	const pictures: Buffer[] = [];
	for (const [at, seed] of seeds.entries()) {
		const picture = await sharp(await drawSample(seed))
			.resize(320, 240, { fit: "fill" })
			.png()
			.toBuffer();
		pictures.push(picture);
		await writeFile(join(folder, `picture-${at}.png`), picture);
	}
	const encode = async (name: string, args: readonly string[]) => {
		await makeClip({ folder, outputs: name.split(","), args });
		return readFile(join(folder, name.split(",").at(-1) ?? name));
	};
	/** What was encoded of the same, by its kind of file and its arguments. */
	const encoded = new Map<string, Promise<Buffer>>();
	const run = async (name: string, args: readonly string[]) => {
		const key = JSON.stringify([extname(name), ...args]);
		const before = encoded.get(key);
		const clip = before ?? encode(name, args);
		encoded.set(key, clip);
		if (before !== undefined) await writeFile(join(folder, name), await before);
		return Buffer.from(await clip);
	};
	const input = ["-framerate", `1/${secondsEach}`, "-i", "picture-%d.png", "-r", "10", "-pix_fmt", "yuv420p"];
	return {
		folder,
		pictures,
		make: (name, args = []) => run(name, [...input, ...args]),
		async makeHeard(name, sound, args = []) {
			const file = `${createHash("sha256").update(sound).digest("hex")}.wav`;
			await writeFile(join(folder, file), sound);
			const pictures = ["-framerate", `1/${secondsEach}`, "-i", "picture-%d.png"];
			return run(name, [...pictures, "-i", file, "-r", "10", "-pix_fmt", "yuv420p", "-shortest", ...args]);
		},
		makeLong: (name) =>
			run(name, [
				...["-loop", "1", "-framerate", "2", "-i", "picture-0.png", "-t", "600", "-filter_complex", longScene],
				...["-r", "2", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-g", "60"],
			]),
		repack: (name, from, args) => run(name, ["-i", from, "-c", "copy", ...args]),
		async repackAll(names, from) {
			const args = names.slice(0, -1).flatMap((name) => ["-c", "copy", name]);
			await encode(names.join(","), ["-i", from, ...args, "-c", "copy"]);
			return Promise.all(names.map((name) => readFile(join(folder, name))));
		},
		[Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
	};
}
