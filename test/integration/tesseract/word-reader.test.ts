// Words that are really read, in processes of their own; and what becomes of pictures that break such a process, or take it too long.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { createImageExaminer } from "../../../services/adapters/sharp/image-examiner.ts";
import { createWordReader } from "../../../services/adapters/tesseract/word-reader.ts";
import type { DrawnWriting } from "../../../services/core/ports/word-reader.ts";
import { silentLogger as logger } from "../../../services/runtime/logger.ts";
import { eventually } from "../../support/eventually.ts";
import { drawWords } from "../../support/written-pictures.ts";

const sentence = "Một câu vô hại được viết lên một bức hình để thử nghiệm.";
const limits = { maxBytes: 50_000_000, maxPixels: 50_000_000, timeoutMs: 60_000, maxFrames: 8 };
const examiner = createImageExaminer({ workers: 1, modelSize: 224, limits, logger });
const reader = createWordReader({ workers: 1, timeoutMs: 60_000, logger });
const signal = new AbortController().signal;
const folder = await mkdtemp(join(tmpdir(), "breakwater-words-"));
afterAll(async () => {
	await Promise.all([examiner[Symbol.asyncDispose](), reader[Symbol.asyncDispose]()]);
	await rm(folder, { recursive: true, force: true });
});

const both = (grey: Uint8Array): DrawnWriting => ({ grey, light: grey });

/** Null where the decoder draws nothing to be read. */
async function writingOf(picture: Uint8Array, wantsWriting = true): Promise<DrawnWriting | null> {
	const examination = await examiner.examine(picture, signal, { wantsWriting });
	if (examination.kind !== "examined") throw new Error(`it is ${examination.kind}`);
	return examination.writing ?? null;
}

async function read(picture: Uint8Array) {
	const writing = await writingOf(picture);
	if (writing === null) throw new Error("no words seem to be on it");
	return reader.read(writing, signal);
}

describe("words in a picture", () => {
	test("are read with all of their marks", async () => {
		expect(await read(await drawWords(sentence, { font: "Lora" }))).toEqual({ kind: "read", text: sentence });
	}, 120_000);

	test("are read in English, white over a picture, and where EXIF turns it upright", async () => {
		const english = "Meet us beside the old lighthouse on Sunday.";
		const over = await read(await drawWords(english, { ground: await drawSample(5), sizePixels: 40 }));
		expect(over).toMatchObject({ kind: "read", text: expect.stringContaining("lighthouse") });
		const sideways = await sharp(await drawWords(sentence, { font: "Lora" }))
			.rotate(270)
			.jpeg({ quality: 95 })
			.withMetadata({ orientation: 6 })
			.toBuffer();
		expect(await read(sideways)).toMatchObject({ text: expect.stringContaining("vô hại") });
	}, 120_000);

	test("are drawn for nobody who does not ask, nor where there are none", async () => {
		expect(await writingOf(await drawWords(sentence), false)).toBeNull();
		expect(
			await writingOf(
				await sharp(await drawSample(3))
					.png()
					.toBuffer(),
			),
		).toBeNull();
	}, 60_000);

	test("of what is no picture are unavailable, and the next picture is read", async () => {
		expect(await reader.read(both(Buffer.from("no picture")), signal)).toEqual({
			kind: "unavailable",
			reason: "words-not-read",
		});
		expect(await read(await drawWords(sentence))).toMatchObject({ kind: "read" });
	}, 120_000);
});

describe("a process that reads", () => {
	async function withWorker(code: string, timeoutMs = 60_000) {
		const file = join(folder, `worker-${Math.random()}.mjs`);
		await writeFile(file, code);
		return createWordReader({ workers: 1, timeoutMs, logger, file, pace: { quickMs: 500, yieldAfterMs: 500 } });
	}
	const from = (platform: string) => ({ platform, surface: "public" });
	const hangsAt1 = `export default ({ grey }) => grey[0] === 1 ? new Promise(() => {}) : { text: "read" };`;
	const breaksOnce = (how: string) =>
		`export default async ({ grey }) => { if (grey[0] === 1) { ${how} } return { text: "read" }; }`;

	test.each([
		["that ends", "process.kill(process.pid, 'SIGKILL'); await new Promise(() => {});", 60_000],
		["that takes too long", "for (;;);", 500],
	])(
		"%s costs its own picture, and the next is read by another",
		async (_name, how, timeoutMs) => {
			await using breaking = await withWorker(breaksOnce(how), timeoutMs);
			expect(await breaking.read(both(new Uint8Array([1])), signal)).toEqual({
				kind: "unavailable",
				reason: "words-not-read",
			});
			expect(await breaking.read(both(new Uint8Array([2])), signal)).toEqual({ kind: "read", text: "read" });
		},
		60_000,
	);

	test("has room for so much, and no more", async () => {
		const huge = await sharp({ create: { width: 16_000, height: 16_000, channels: 3, background: "#ffffff" } })
			.png()
			.toBuffer();
		expect(await reader.read(both(huge), signal)).toMatchObject({ kind: "unavailable" });
		expect(await read(await drawWords(sentence))).toMatchObject({ kind: "read" });
	}, 120_000);

	test("takes a few at a time: of more that wait than will soon be read, it is said that they must be tried again", async () => {
		await using slow = await withWorker(hangsAt1);
		const given = new AbortController();
		const waiting = Array.from({ length: 32 }, () => slow.read(both(new Uint8Array([1])), given.signal, from("flood")));
		const overloaded = { kind: "unavailable", reason: "overloaded" };
		expect(await slow.read(both(new Uint8Array([1])), signal, from("flood"))).toEqual(overloaded);
		given.abort();
		for (const one of await Promise.all(waiting)) expect(one).toMatchObject({ reason: "deadline-exceeded" });
	}, 60_000);

	test("reads other platforms' pictures while those of one that take long still wait", async () => {
		await using slow = await withWorker(hangsAt1);
		const given = new AbortController();
		let answered = 0;
		const flood = Array.from({ length: 3 }, async () => {
			await slow.read(both(new Uint8Array([1])), given.signal, from("flood"));
			answered += 1;
		});
		// One that got among the slow after all, on a machine that stood still for a moment, is let be, and another asked for.
		await eventually(
			async () => {
				const asked = slow.read(both(new Uint8Array([2, Math.random() * 256])), signal, from("quiet"));
				const late = wait(5_000, "late", { ref: false });
				expect(await Promise.race([asked, late])).toEqual({ kind: "read", text: "read" });
			},
			{ withinMs: 60_000 },
		);
		expect(answered).toBe(0);
		given.abort();
		await Promise.all(flood);
	}, 120_000);
});
