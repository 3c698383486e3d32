// Real clips, made here, through the real decoder in its own process: which videos are read, what is found in them, and what is said of
// those that are broken.
import { randomUUID } from "node:crypto";
import { open, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import { createVideoExaminer } from "../../../services/adapters/ffmpeg/video-examiner.ts";
import { createImageExaminer } from "../../../services/adapters/sharp/image-examiner.ts";
import { exactHashes } from "../../../services/core/hashes/exact/exact-hashes.ts";
import type { ImageExamination } from "../../../services/core/ports/image-examiner.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { bitsApart } from "../../support/bits-apart.ts";
import { type Clips, openClips, secondsEach } from "../../support/video/clips.ts";

const maxPixels = 100_000_000;
const openWith = (
	timeoutMs: number,
	options: { readonly file?: string; readonly program?: string; readonly logger?: typeof silentLogger } = {},
) =>
	createVideoExaminer(
		{ workers: 1, modelSize: 224, limits: { maxPixels, maxFrames: 8, timeoutMs }, logger: silentLogger, ...options },
		createImageExaminer({
			...{ workers: 1, modelSize: 224, logger: silentLogger },
			limits: { maxBytes: 8_000_000, maxPixels, timeoutMs: 30_000, maxFrames: 8 },
		}),
	);
const examiner = openWith(60_000);
const examine = (bytes: Uint8Array, by = examiner) => by.examine(bytes, new AbortController().signal);

let clips: Clips;
beforeAll(async () => {
	clips = await openClips([21, 22, 23]);
}, 60_000);
afterAll(async () => {
	await examiner[Symbol.asyncDispose]();
	await clips[Symbol.asyncDispose]();
});

const stillsOf = ({ hashes, frames }: ImageExamination) => [hashes.pdq, ...frames].flatMap((one) => one ?? []);

/** Bits between a picture and the nearest still of a video, as it is, turned, mirrored, or without its border. */
async function bitsToNearest(picture: Uint8Array, video: ImageExamination): Promise<number> {
	const known = (await examine(picture)).hashes.pdq;
	if (known === null) throw new Error("the picture has no hash");
	return Math.min(
		...stillsOf(video).flatMap(({ dihedral, reframed = [] }) =>
			[...dihedral, ...reframed.map(({ hash }) => hash)].map((hash) => bitsApart(hash, known.hash)),
		),
	);
}

describe("a video is read, whatever it is packed and encoded in", () => {
	test.each([
		["h264.mp4", "video/mp4", ["-c:v", "libx264", "-preset", "ultrafast"]],
		["h264.mov", "video/quicktime", ["-c:v", "libx264", "-preset", "ultrafast"]],
		["h264.ts", "video/mp2t", ["-c:v", "libx264", "-preset", "ultrafast"]],
		["h264.mkv", "video/matroska", ["-c:v", "libx264", "-preset", "ultrafast"]],
		["vp8.webm", "video/webm", ["-c:v", "libvpx", "-deadline", "realtime", "-b:v", "400k"]],
		["mpeg4.avi", "video/vnd.avi", ["-c:v", "mpeg4", "-q:v", "4"]],
		["mpeg4.3gp", "video/3gpp", ["-c:v", "mpeg4", "-q:v", "4"]],
	])(
		"%s",
		async (name, mediaType, args) => {
			const found = await examine(await clips.make(name, args));
			expect(found).toMatchObject({ kind: "examined", mediaType, width: 320, height: 240 });
			for (const picture of clips.pictures) expect(await bitsToNearest(picture, found)).toBeLessThanOrEqual(20);
			// Each picture stands still for seconds: near-equal stills are one.
			expect(stillsOf(found).length).toBeLessThanOrEqual(clips.pictures.length * 2);
		},
		60_000,
	);
});

describe("the stills of a long video", () => {
	test("are told in parts before it has been examined, those of its beginning before those of its end", async () => {
		const long = await clips.makeLong("long.mp4");
		const { hashes } = await examine(clips.pictures[0] ?? Buffer.alloc(0));
		const untilKnown: number[] = [];
		let parts = 0;
		let isExamined = false;
		let isToldBefore = true;
		const found = await examiner.examine(long, new AbortController().signal, {
			onPart(stills) {
				parts += 1;
				isToldBefore &&= !isExamined;
				const known = stills.find(({ hash }) => bitsApart(hash, hashes.pdq?.hash ?? hash) <= 20);
				const seenMs = (known?.shown ?? []).reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
				if (seenMs >= 3_000) untilKnown.push(parts);
			},
		});
		isExamined = true;
		expect(found).toMatchObject({ kind: "examined", durationMs: 600_000 });
		// Ten minutes are 600 looks at least, of which some are looked at twice.
		expect(parts).toBeGreaterThanOrEqual(20);
		expect(isToldBefore).toBe(true);
		expect(untilKnown[0]).toBeLessThanOrEqual(parts / 2);
	}, 120_000);

	test("are told to nobody where nobody asks, and not of what begins anew all the time", async () => {
		let parts = 0;
		const onPart = () => {
			parts += 1;
		};
		const gif = await clips.make("moves.apng", ["-vf", "fps=20", "-plays", "0", "-f", "apng"]);
		await examiner.examine(gif, new AbortController().signal, { onPart });
		expect(parts).toBe(0);
	}, 60_000);
});

const h264 = ["-c:v", "libx264", "-preset", "ultrafast"];
describe("a known picture is found in a copy", () => {
	test.each([
		["re-encoded at a third of its size", ["-vf", "scale=160:120", ...h264, "-crf", "32"]],
		["mirrored", ["-vf", "hflip", ...h264]],
		["letter-boxed", ["-vf", "pad=320:320:0:40", ...h264]],
		["sped up by a twentieth", ["-vf", "fps=10,setpts=PTS/1.05", ...h264]],
		["cut", ["-ss", "1", "-t", String(secondsEach * 2), ...h264]],
	])(
		"%s",
		async (name, args) => {
			const found = await examine(await clips.make(`${name.replaceAll(" ", "-")}.mp4`, args));
			const [, second = Buffer.alloc(0)] = clips.pictures;
			expect(await bitsToNearest(second, found)).toBeLessThanOrEqual(31);
		},
		60_000,
	);
});

test("one that says that it is to be turned is hashed as players show it", async () => {
	await clips.make("lying.mp4", h264);
	const turned = await clips.repack("turned.mp4", "lying.mp4", ["-metadata:s:v", "rotate=270"]);
	const upright = await clips.make("upright.mp4", ["-vf", "transpose=clock", ...h264]);
	const [shown, found] = [await examine(upright), await examine(turned)];
	const [one, other] = [shown.hashes.pdq?.hash, found.hashes.pdq?.hash];
	expect(bitsApart(one ?? new Uint8Array(32), other ?? new Uint8Array(32))).toBeLessThanOrEqual(20);
}, 60_000);

test("one with a second track of pictures is not clear by its first", async () => {
	await clips.make("first.mp4", h264);
	const both = await clips.repack("both.mp4", "first.mp4", ["-map", "0:v", "-map", "0:v"]);
	const found = await examine(both);
	expect(found).toMatchObject({ kind: "unavailable", reason: "frames-not-read" });
	expect(stillsOf(found).length).toBeGreaterThanOrEqual(clips.pictures.length);
}, 60_000);

test("one of a variable frame rate is seen at its own times", async () => {
	// Ten frames a second, then the same picture for two seconds in one frame, then the next one.
	const uneven = await clips.make("uneven.mkv", ["-vf", "fps=10,select='lt(t,3)+gte(t,5)'", "-vsync", "vfr", ...h264]);
	const found = await examine(uneven);
	const [, second = Buffer.alloc(0), third = Buffer.alloc(0)] = clips.pictures;
	expect(found.kind).toBe("examined");
	const seenAt = await Promise.all(
		[second, third].map(async (picture) => {
			const known = (await examine(picture)).hashes.pdq?.hash ?? new Uint8Array(32);
			return stillsOf(found).find(({ hash }) => bitsApart(hash, known) <= 20)?.shown?.[0]?.fromMs ?? Number.NaN;
		}),
	);
	expect(seenAt.map((atMs) => Math.round(atMs / 1_000))).toEqual([5, 6]);
}, 60_000);

test("one of two gigabytes is read in its file, as far as it is needed, and costs no memory", async () => {
	const small = await clips.make("small.mp4", h264);
	// Before what describes it: nothing, in a hole of the file.
	const at = small.lastIndexOf("moov") - 4;
	const hole = Buffer.alloc(16);
	hole.writeUInt32BE(1, 0);
	hole.write("free", 4, "latin1");
	hole.writeBigUInt64BE(2_000_000_000n, 8);
	const path = join(clips.folder, "large.mp4");
	const file = await open(path, "w");
	await file.write(Buffer.concat([small.subarray(0, at), hole]), 0, at + 16, 0);
	await file.write(small.subarray(at), 0, small.length - at, at + 2_000_000_000);
	await file.close();
	const warnings: object[] = [];
	const logger = { ...silentLogger, warn: (line: object) => warnings.push(line) } as typeof silentLogger;
	await using inFile = openWith(60_000, { logger });
	const before = process.memoryUsage.rss();
	const video = { path, head: small.subarray(0, 1_024), exact: exactHashes(small) };
	const found = await inFile.examineFile?.(video, new AbortController().signal);
	expect(found).toMatchObject({ kind: "examined", mediaType: "video/mp4" });
	const whole = await examine(small);
	expect(stillsOf(found ?? whole).map(({ hash }) => hash)).toEqual(stillsOf(whole).map(({ hash }) => hash));
	expect(process.memoryUsage.rss() - before).toBeLessThan(300_000_000);
	// The process that decoded it would be said to have outgrown its measure.
	expect(warnings).toEqual([]);
	const [still = null] = (await inFile.takeStills?.({ path }, [1_000], new AbortController().signal)) ?? [];
	expect(await sharp(still ?? Buffer.alloc(0)).metadata()).toMatchObject({ format: "jpeg", width: 320 });
}, 120_000);

test("a program of the system decodes in place of the one that comes with npm, and leaves no file behind", async () => {
	const program = join(clips.folder, "ffmpeg");
	const script = fromPackageRoot("test/support/video/run-packed.js");
	await writeFile(program, `#!${process.execPath}\nimport(${JSON.stringify(script)});\n`, { mode: 0o755 });
	await using bySystem = openWith(60_000, { program });
	// Told by its end from the files that others have there meanwhile.
	const mark = Buffer.from(`\0\0\0\x2cfree${randomUUID()}`, "latin1");
	const video = Buffer.concat([await clips.make("system.mp4", h264), mark]);
	const isOfVideo = async (name: string) =>
		(await readFile(join(tmpdir(), name)).catch(() => Buffer.alloc(0))).subarray(-mark.length).equals(mark);
	const left = async () => {
		const names = (await readdir(tmpdir())).filter((name) => /^breakwater-[0-9a-f]{24}$/.test(name));
		const isLeft = await Promise.all(names.map(isOfVideo));
		return names.filter((_, at) => isLeft[at]);
	};
	const [found, packed] = [await examine(video, bySystem), await examine(video)];
	expect(found).toMatchObject({ kind: "examined", mediaType: "video/mp4", width: 320, height: 240 });
	expect(stillsOf(found)).toEqual(stillsOf(packed));
	const [still = null] = (await bySystem.takeStills?.(video, [1_000], new AbortController().signal)) ?? [];
	expect(await sharp(still ?? Buffer.alloc(0)).metadata()).toMatchObject({ format: "jpeg", width: 320 });
	expect(await left()).toEqual([]);
	await using missing = openWith(60_000, { program: join(clips.folder, "none") });
	expect(await examine(video, missing)).toMatchObject({ kind: "unavailable" });
}, 120_000);

describe("an animated PNG", () => {
	// Each frame for a tenth of a second.
	const quick = ["-vf", "fps=10,setpts=N/10/TB", "-r", "10", "-frames:v", "90", "-pix_fmt", "rgb24", "-f", "apng"];

	test("is examined by every frame, and by the picture that is shown where it does not move", async () => {
		const found = await examine(await clips.make("moving.png", quick));
		expect(found).toMatchObject({ kind: "examined", mediaType: "image/apng", width: 320, height: 240 });
		for (const picture of clips.pictures) expect(await bitsToNearest(picture, found)).toBeLessThanOrEqual(4);
		expect(Math.abs((found.durationMs ?? 0) - 9_000)).toBeLessThanOrEqual(200);
		expect(stillsOf(found).map(({ turnMs }) => turnMs)).toEqual(stillsOf(found).map(() => found.durationMs));
	}, 60_000);

	test("has a frame that is seen for a moment found in it", async () => {
		const args = ["-vf", "fps=10,select='lt(n,30)+eq(n,45)+between(n,60,80)',setpts=N/10/TB", ...quick.slice(2)];
		const found = await examine(await clips.make("flash.png", args));
		const [, second = Buffer.alloc(0)] = clips.pictures;
		expect(await bitsToNearest(second, found)).toBeLessThanOrEqual(4);
	}, 60_000);

	test("is shown to people by its stills", async () => {
		const moving = await clips.make("stills.png", quick);
		const taken = (await examiner.takeStills?.(moving, [500, 4_000, 8_000], new AbortController().signal)) ?? [];
		const bits = await Promise.all(
			taken.map(async (still, at) =>
				bitsToNearest(clips.pictures[at] ?? Buffer.alloc(0), await examine(still ?? Buffer.alloc(0))),
			),
		);
		for (const one of bits) expect(one).toBeLessThanOrEqual(20);
	}, 60_000);

	test("that is cut short gives what it holds, and says so", async () => {
		const moving = await clips.make("cut.png", quick);
		const found = await examine(moving.subarray(0, Math.floor(moving.length * 0.7)));
		expect(found).toMatchObject({ kind: "unavailable", reason: "truncated" });
		const [first = Buffer.alloc(0)] = clips.pictures;
		expect(await bitsToNearest(first, found)).toBeLessThanOrEqual(4);
	}, 60_000);
});

describe("a sequence of pictures", () => {
	const fixture = (name: string) => readFile(fromPackageRoot("test", "fixtures", "video", name));
	const hashesNear = (found: ImageExamination, known: ImageExamination) =>
		Math.min(...stillsOf(found).flatMap(({ hash }) => stillsOf(known).map((other) => bitsApart(hash, other.hash))));

	test("in HEIF is examined by every frame, as a short video", async () => {
		const found = await examine(await fixture("zoom.heics"));
		expect(found).toMatchObject({ kind: "examined", mediaType: "image/heic-sequence", frameCount: 15 });
		expect(hashesNear(found, await examine(await fixture("zoom.mp4")))).toBeLessThanOrEqual(10);
		expect(stillsOf(found)[0]?.turnMs).toBe(found.durationMs);
	}, 60_000);

	test("in HEIF that has a picture besides, which nothing here decodes, has its frames found and goes to people", async () => {
		const bytes = await fixture("zoom.heics");
		const still = Buffer.from("\0\0\0\x08meta", "latin1");
		const found = await examine(Buffer.concat([bytes, still]));
		expect(found.kind).toBe("unavailable");
		expect(stillsOf(found).length).toBeGreaterThan(1);
	}, 60_000);

	test("in AVIF, which the FFmpeg that comes with npm cannot decode, is known by its still picture and goes to people", async () => {
		const [picture = Buffer.alloc(0)] = clips.pictures;
		const bytes = await sharp(picture).avif({ quality: 90 }).toBuffer();
		bytes.write("avis", bytes.indexOf("miaf"), "latin1");
		const found = await examine(bytes);
		expect(found).toMatchObject({ kind: "unavailable", reason: "frames-not-read" });
		expect(await bitsToNearest(picture, found)).toBeLessThanOrEqual(10);
	}, 60_000);
});

test("stills for people are those of their moments, upright and as wide as they were", async () => {
	const video = await clips.make("stills.mp4", [
		"-vf",
		"scale=640:240,setsar=1",
		"-c:v",
		"libx264",
		"-preset",
		"ultrafast",
	]);
	const found = await examine(video);
	expect(Math.abs((found.durationMs ?? 0) / 1_000 - clips.pictures.length * secondsEach)).toBeLessThan(1);
	const stills = stillsOf(found);
	const times = stills.map(({ shown }) => shown?.[0]?.fromMs ?? -1);
	const taken = (await examiner.takeStills?.(video, [...times, 3_600_000], new AbortController().signal)) ?? [];
	expect(taken.at(-1)).toBeNull();
	for (const [at, still] of taken.slice(0, -1).entries()) {
		if (still === null) throw new Error("the still is there");
		expect(await sharp(still).metadata()).toMatchObject({ format: "jpeg", width: 640, height: 240 });
		const { pdq } = (await examine(still)).hashes;
		expect(bitsApart(pdq?.hash ?? new Uint8Array(32), stills[at]?.hash ?? new Uint8Array(32))).toBeLessThanOrEqual(20);
	}
}, 60_000);

test("one that is not all there gives the stills that it holds, and says that it is cut short", async () => {
	const whole = await clips.make("whole.mkv", ["-c:v", "libx264", "-preset", "ultrafast", "-qp", "4"]);
	const found = await examine(whole.subarray(0, Math.floor(whole.length * 0.6)));
	expect(found).toMatchObject({ kind: "unavailable", reason: "truncated", mediaType: "video/matroska" });
	const [first = Buffer.alloc(0)] = clips.pictures;
	expect(await bitsToNearest(first, found)).toBeLessThanOrEqual(20);
}, 60_000);

test("one that is broken is undecodable, and keeps the hashes of its bytes", async () => {
	const broken = Buffer.concat([Buffer.from("\0\0\0\x18ftypisom", "latin1"), Buffer.alloc(5_000, 7)]);
	const found = await examine(broken);
	expect(found).toMatchObject({ kind: "unavailable", reason: "undecodable", frames: [] });
	expect(found.hashes.sha256).toHaveLength(32);
	expect(found.hashes.pdq).toBeNull();
}, 60_000);

test("one that takes longer than its time is ended, and says what is missing", async () => {
	await using hurried = openWith(1);
	const found = await examine(await clips.make("long.mp4", ["-c:v", "mpeg4"]), hurried);
	expect(found).toMatchObject({ kind: "unavailable", reason: "frames-not-read" });
}, 60_000);

test("one that breaks its decoder costs only itself", async () => {
	const file = join(clips.folder, "break.mjs");
	await writeFile(
		file,
		"export default (input) => (input.source.length > 2000 ? process.kill(process.pid, 'SIGKILL') : { kind: 'read' });",
	);
	await using breaking = openWith(60_000, { file });
	const video = (length: number) => Buffer.concat([Buffer.from("\0\0\0\x18ftypisom", "latin1"), Buffer.alloc(length)]);
	expect(await examine(video(3_000), breaking)).toMatchObject({ kind: "unavailable", reason: "decoder-crashed" });
	expect(await examine(video(1_000), breaking)).toEqual({ kind: "read" });
}, 60_000);

test("a picture is left to the examiner of pictures", async () => {
	const [picture = Buffer.alloc(0)] = clips.pictures;
	expect(await examine(picture)).toMatchObject({ kind: "examined", mediaType: "image/png", frameCount: 1 });
}, 60_000);
