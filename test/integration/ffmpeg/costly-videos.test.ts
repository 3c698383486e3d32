// The lanes of videos under a flood of those that cost much, in real workers that only pretend to decode, and once in the real one. Nothing here is
// timed: what counts is who has an answer while others still wait.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createVideoExaminer } from "../../../services/adapters/ffmpeg/video-examiner.ts";
import { createImageExaminer } from "../../../services/adapters/sharp/image-examiner.ts";
import type { ExamineRequest, ImageExamination } from "../../../services/core/ports/image-examiner.ts";
import { silentLogger as logger } from "../../../services/runtime/logger.ts";
import { eventually } from "../../support/eventually.ts";
import { openClips } from "../../support/video/clips.ts";

const maxPixels = 50_000_000;
const open = (options: { readonly file?: string; readonly quickMs?: number } = {}) => {
	const { quickMs = 500, ...rest } = options;
	const limits = { maxPixels, maxFrames: 8, timeoutMs: 60_000 };
	const pace = { quickMs, yieldAfterMs: quickMs };
	const pictures = createImageExaminer({ workers: 1, modelSize: null, limits: { ...limits, maxBytes: 1_000 }, logger });
	return createVideoExaminer({ workers: 1, modelSize: null, limits, logger, pace, ...rest }, pictures);
};
const never = new AbortController().signal;
const from = (platform: string): ExamineRequest => ({ owner: { platform, surface: "public" } });
const patience = { withinMs: 60_000 };
const saidOf = (one: ImageExamination) => (one.kind === "unavailable" ? one.reason : one.kind);
/** A video by its first bytes; what it does to whoever decodes it stands behind them. */
const video = (way: string) => Buffer.from(`\0\0\0\x18ftypisom ${way}`, "latin1");

let folder: string;
let file: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "breakwater-videos-"));
	file = join(folder, "pretend.mjs");
	await writeFile(
		file,
		`export default ({ source }) => {
			const way = Buffer.from(source).toString("latin1");
			if (way.includes("hang")) return new Promise(() => {});
			if (way.includes("break")) return process.kill(process.pid, "SIGKILL");
			const durationMs = Math.random();
			if (way.includes("all its time")) return { kind: "unavailable", reason: "frames-not-read", hashes: {}, frames: [], durationMs };
			return { kind: "examined", durationMs };
		};`,
	);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** One that got among the slow after all, on a machine that stood still for a moment, is let be, and another asked for. */
async function expectExamined(examiner: ReturnType<typeof open>, platform: string): Promise<void> {
	const asked = examiner.examine(video(`quick ${Math.random()}`), never, from(platform)).then(saidOf);
	const late = wait(5_000, "late", { ref: false });
	expect(await Promise.race([asked, late])).toBe("examined");
}

describe("videos that take a decoder long", () => {
	test.each(["quiet", "flood"])(
		"hold up no others, be they of platform %s: with one decoder those are examined while the slow ones still wait",
		async (platform) => {
			await using examiner = open({ file });
			const stop = new AbortController();
			let answered = 0;
			const flood = Array.from({ length: 3 }, async (_, at) => {
				const one = await examiner.examine(video(`hang ${at}`), stop.signal, from("flood"));
				answered += 1;
				return saidOf(one);
			});
			for (let at = 0; at < 2; at += 1) {
				await eventually(() => expectExamined(examiner, platform), patience);
				expect(answered).toBe(0);
			}
			stop.abort();
			expect(new Set(await Promise.all(flood))).toEqual(new Set(["deadline-exceeded"]));
		},
		120_000,
	);

	test("that are more than there is room for are sent away, to be tried again", async () => {
		await using examiner = open({ file, quickMs: 100 });
		const stop = new AbortController();
		const said: string[] = [];
		const flood = Array.from({ length: 20 }, async (_, at) => {
			said.push(saidOf(await examiner.examine(video(`hang ${at}`), stop.signal, from("flood"))));
		});
		// One is at work, eight wait among the slow.
		await eventually(() => expect([said.length, examiner.load?.().waiting]).toEqual([11, { quick: 0, slow: 8 }]), {
			withinMs: 150_000,
		});
		expect(new Set(said)).toEqual(new Set(["overloaded"]));
		stop.abort();
		await Promise.all(flood);
		expect(said.filter((one) => one === "deadline-exceeded")).toHaveLength(9);
	}, 180_000);
});

describe("what is remembered of a video", () => {
	test("that took all its time, or broke its decoder: copies are not tried again", async () => {
		await using examiner = open({ file });
		const first = await examiner.examine(video("all its time"), never, from("a"));
		expect(saidOf(first)).toBe("frames-not-read");
		// A second look would give another length.
		expect(await examiner.examine(video("all its time"), never, from("b"))).toEqual(first);
		expect(saidOf(await examiner.examine(video("break"), never, from("a")))).toBe("decoder-crashed");
		const copy = await examiner.examine(video("break"), never, from("b"));
		expect(saidOf(copy)).toBe("crashed-before");
		expect(copy.hashes.sha256).toHaveLength(32);
	}, 60_000);

	test("that says to be long: it is read among the slow, and so are its copies", async () => {
		await using clips = await openClips([21, 22, 23]);
		const h264 = ["-c:v", "libx264", "-preset", "ultrafast"];
		await using examiner = open({ quickMs: 60_000 });
		expect(saidOf(await examiner.examine(await clips.make("short.mp4", h264), never))).toBe("examined");
		expect(examiner.load?.().remembered).toBe(0);
		const long = await clips.make("long.mp4", ["-vf", "setpts=PTS*20", "-r", "1", ...h264]);
		expect(saidOf(await examiner.examine(long, never))).toBe("examined");
		expect(examiner.load?.().remembered).toBe(1);
	}, 120_000);
});
