// What `bank add`, `hash` and `scan` make of files that are not one whole picture.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { type CommandLine, openCommandLine } from "../../support/command-line.ts";
import { madeSound, wavOf } from "../../support/sound/made-sounds.ts";
import { openClips } from "../../support/video/clips.ts";

let line: CommandLine;
beforeAll(async () => {
	line = await openCommandLine();
});
afterAll(async () => line[Symbol.asyncDispose]());

describe("a bank takes of a file what it holds whole, and says what and why", () => {
	const add = async (name: string, bytes: Uint8Array, ...options: string[]) => {
		const path = join(line.folder, name);
		await writeFile(path, bytes);
		const { code, out } = await line.breakwater("bank", "add", "whole", path, "--json", ...options);
		const { taken, refused } = JSON.parse(out);
		return {
			code,
			took: taken[0]?.took ?? [],
			leftOut: refused.map(({ reason }: { reason: string }) => reason).join(),
		};
	};
	beforeAll(() => line.breakwater("bank", "create", "whole", "--category", "test", "--new-category"));

	test("of a picture that is cut short, its SHA-256 alone", async () => {
		const whole = await drawSample(31);
		const { took, leftOut } = await add("cut.jpg", whole.subarray(0, Math.floor(whole.length * 0.7)));
		expect(took).toEqual(["sha256"]);
		expect(leftOut).toMatch(/cut short \(truncated\), and half a picture is another picture/);
	});

	test("of a picture its halves where they are asked for, by which a copy is found that something lies over", async () => {
		const whole = await drawSample(37);
		expect((await add("whole.jpg", whole)).took).toHaveLength(2);
		const { width = 0, height = 0 } = await sharp(whole).metadata();
		const cover = { width: Math.round(width * 0.32), height: Math.round(height * 0.32), channels: 3 } as const;
		const sticker = await sharp({ create: { ...cover, background: "#ffd23f" } })
			.png()
			.toBuffer();
		const path = join(line.folder, "covered.jpg");
		await sharp(whole)
			.composite([{ input: sticker, gravity: "southeast" }])
			.jpeg()
			.toFile(path);
		const { took } = await add("whole.jpg", whole, "--parts", "halves");
		expect(took.length).toBeGreaterThan(3);
		const list = join(line.folder, "halves.csv");
		await line.breakwater("bank", "export", "whole", "--out", list);
		const { out } = await line.breakwater("scan", path, "--bank", list, "--json", "--no-model");
		expect(JSON.parse(out)).toMatchObject({ tier: "K2" });
		expect(out).toMatch(/"transform":"half"/);
	});

	test("of a picture what is left of its cuts where they are asked for, by which a copy is found of which nobody knows what was cut off", async () => {
		const whole = await drawSample(41);
		const { width = 0, height = 0 } = await sharp(whole).metadata();
		const kept = { width: Math.round(width * 0.9), height: Math.round(height * 0.9) };
		const path = join(line.folder, "cropped.jpg");
		await sharp(whole)
			.extract({ left: Math.round(width * 0.05), top: Math.round(height * 0.05), ...kept })
			.jpeg()
			.toFile(path);
		const { took } = await add("to-cut.jpg", whole, "--parts", "cuts");
		expect(took.length).toBeGreaterThan(6);
		const list = join(line.folder, "cuts.csv");
		await line.breakwater("bank", "export", "whole", "--out", list);
		const { out } = await line.breakwater("scan", path, "--bank", list, "--json", "--no-model");
		expect(JSON.parse(out)).toMatchObject({ tier: "K2" });
		expect(out).toMatch(/"transform":"none"/);
	});

	test("parts of no kind that is known are refused", async () => {
		const path = join(line.folder, "whole.jpg");
		const { code, err } = await line.breakwater("bank", "add", "whole", path, "--parts", "thirds");
		expect([code, err]).toEqual([2, expect.stringMatching(/It is halves, cuts, or all/)]);
	});

	test("of what is no picture, its SHA-256 alone", async () => {
		const { took, leftOut } = await add("words.jpg", Buffer.from("These are words."));
		expect(took).toEqual(["sha256"]);
		expect(leftOut).toMatch(/cannot be decoded \(not-an-image\)/);
	});

	test("of an animation, the frames that were asked for", async () => {
		const frames = await Promise.all(
			[32, 33].map(async (seed) =>
				sharp(await drawSample(seed))
					.resize(240, 160, { fit: "fill" })
					.raw()
					.toBuffer(),
			),
		);
		const raw = { width: 240, height: 320, channels: 3, pageHeight: 160 } as const;
		const gif = await sharp(Buffer.concat(frames), { raw })
			.gif({ delay: [100, 100] })
			.toBuffer();
		const asked = await add("moving.gif", gif);
		expect(asked).toMatchObject({ code: 0, took: ["sha256"] });
		expect(asked.leftOut).toMatch(/it holds 2 pictures that differ: --frames all lists each/);
		expect((await add("moving.gif", gif, "--frames", "2")).took).toEqual(["sha256", "pdq (quality 100)"]);
		expect((await add("moving.gif", gif, "--frames", "all")).took).toHaveLength(3);
		expect((await add("moving.gif", gif, "--frames", "2,7")).leftOut).toMatch(/there is no 7/);
		expect((await line.breakwater("bank", "add", "whole", join(line.folder, "moving.gif"), "--frames", "x")).code).toBe(
			2,
		);
		const printed = JSON.parse((await line.breakwater("hash", join(line.folder, "moving.gif"), "--json")).out);
		expect(printed.frames).toHaveLength(2);
	});

	test("half a picture has no PDQ that somebody might copy into a list", async () => {
		for (const command of ["hash", "scan"]) {
			const { out } = await line.breakwater(command, join(line.folder, "cut.jpg"), "--json");
			expect(JSON.parse(out)).toMatchObject({ pdq: null });
		}
	});

	test("of a video, the whole: a copy of it is found from what is exported, mirrored and encoded anew", async () => {
		await using clips = await openClips([61, 62, 63]);
		const h264 = ["-c:v", "libx264", "-preset", "ultrafast"];
		expect(await add("known.mp4", await clips.make("known.mp4", h264))).toMatchObject({
			...{ code: 0, took: ["sha256", "vpdq"], leftOut: "" },
		});
		const list = join(line.folder, "videos.csv");
		await line.breakwater("bank", "export", "whole", "--out", list);
		await clips.make("copy.webm", [
			"-vf",
			"hflip,scale=240:180",
			"-c:v",
			"libvpx",
			"-deadline",
			"realtime",
			"-b:v",
			"300k",
		]);
		await using others = await openClips([64, 65, 66]);
		await others.make("other.mp4", h264);
		const scan = async (path: string) =>
			JSON.parse((await line.breakwater("scan", path, "--bank", list, "--no-model", "--json")).out);
		const copy = await scan(join(clips.folder, "copy.webm"));
		expect(copy).toMatchObject({
			tier: "K2",
			matches: [{ type: "vpdq", transform: "flipY", frames: { ofItem: 1 } }],
		});
		expect(await scan(join(others.folder, "other.mp4"))).toMatchObject({ tier: "none", matches: [] });
		// What moves all the time is another picture half a second later.
		const moves = "fps=10,crop=iw*0.8:ih*0.8:x='(iw-ow)*mod(t\\,3)/3':y='(ih-oh)/2'";
		const { took } = await add("moves.mp4", await others.make("moves.mp4", ["-vf", moves, ...h264]));
		expect(took).toEqual(["sha256", "vpdq"]);
		await line.breakwater("bank", "export", "whole", "--out", list);
		await others.make("cut.mp4", ["-vf", `${moves},trim=1.5:7.5,setpts=PTS-STARTPTS`, ...h264]);
		expect(await scan(join(others.folder, "cut.mp4"))).toMatchObject({ tier: "K2", matches: [{ type: "vpdq" }] });
	}, 120_000);

	test("of a video what is heard, too: another video that has ten seconds of it at 64 kbit/s is put before people, with where it is heard", async () => {
		const h264 = ["-c:v", "libx264", "-preset", "ultrafast"];
		const rate = 22_050;
		const song = madeSound("music", { seed: 1, seconds: 24, rate });
		await using clips = await openClips([71, 72, 73, 74, 75, 76, 77, 78]);
		const known = await clips.makeHeard("heard.mp4", wavOf(song, rate), [...h264, "-c:a", "aac", "-b:a", "128k"]);
		expect(await add("heard.mp4", known)).toMatchObject({ code: 0, took: ["sha256", "vpdq", "audio-fingerprint"] });
		expect((await add("heard.mp4", known, "--no-sound")).took).toEqual(["sha256", "vpdq"]);
		const list = join(line.folder, "heard.csv");
		await line.breakwater("bank", "export", "whole", "--out", list);
		const scan = async (path: string) =>
			JSON.parse((await line.breakwater("scan", path, "--bank", list, "--no-model", "--json")).out);
		await using others = await openClips([81, 82, 83, 84, 85, 86]);
		const part = new Int16Array(18 * rate);
		part.set(song.subarray(Math.round(7.3 * rate), Math.round(17.3 * rate)), 5 * rate);
		await others.makeHeard("copy.mp4", wavOf(part, rate), [...h264, "-c:a", "aac", "-b:a", "64k"]);
		const copy = await scan(join(others.folder, "copy.mp4"));
		expect(copy).toMatchObject({
			...{ tier: "K3", action: "review", unavailable: [] },
			matches: [{ type: "audio-fingerprint", reasons: ["near-asks-people"] }],
		});
		const [{ fromMs, toMs }] = copy.matches[0].shown;
		expect(Math.abs(fromMs - 5_000)).toBeLessThan(1_200);
		expect(Math.abs(toMs - 15_000)).toBeLessThan(1_200);
		// A file of sound alone is looked up as well; nobody has listened to it.
		const alone = join(line.folder, "alone.wav");
		await writeFile(alone, wavOf(part, rate));
		expect(await scan(alone)).toMatchObject({
			...{ tier: "K3", matches: [{ type: "audio-fingerprint" }], unavailable: ["not-an-image"] },
		});
		const other = madeSound("music", { seed: 2, seconds: 18, rate });
		await others.makeHeard("other.mp4", wavOf(other, rate), [...h264, "-c:a", "aac", "-b:a", "64k"]);
		expect(await scan(join(others.folder, "other.mp4"))).toMatchObject({ tier: "none", matches: [] });
	}, 180_000);
});
