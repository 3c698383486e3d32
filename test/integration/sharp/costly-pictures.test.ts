// Decoders under a flood of pictures that cost much, in real workers: whose turn it is, what is refused, and what is remembered. Nothing here
// is timed: what counts is who has an answer while others still wait.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import {
	createImageExaminer,
	type ImageExaminerOptions,
	type Unavailable,
} from "../../../services/adapters/sharp/image-examiner.ts";
import type { ExamineRequest, ImageExamination } from "../../../services/core/ports/image-examiner.ts";
import { createDecodeMemory } from "../../../services/runtime/decoding/decode-memory.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { narrowPng, otherFile, tiffOfPages } from "../../support/costly-pictures.ts";
import { eventually } from "../../support/eventually.ts";

const file = fromPackageRoot("dist", "test", "faults", "examine-or-break.worker.js");
const limits = { maxBytes: 8_000_000, maxPixels: 100_000_000, timeoutMs: 30_000, maxFrames: 8, maxCostMs: 15_000 };
const open = (change: Partial<ImageExaminerOptions["limits"]>, more: Partial<ImageExaminerOptions> = {}) =>
	createImageExaminer({
		...{ workers: 1, modelSize: 224, limits: { ...limits, ...change }, logger: silentLogger, file },
		...more,
	});
const never = new AbortController().signal;
const from = (platform: string, surface = "public"): ExamineRequest => ({ owner: { platform, surface } });
const patience = { withinMs: 60_000 };
const reasonOf = (one: ImageExamination) => (one.kind === "unavailable" ? one.reason : one.kind);

let ordinary: Uint8Array;
let endless: Uint8Array;
beforeAll(async () => {
	ordinary = await drawSample(21);
	endless = Buffer.concat([await drawSample(22), Buffer.from("breakwater-hang")]);
});

describe("one platform's slow pictures", () => {
	// The mark that makes the decoder hang stands at the end, so that what differs stands before it.
	const slow = (name: string) => Buffer.concat([otherFile(ordinary, name), Buffer.from("breakwater-hang")]);

	test("hold up no other platform's: with a single decoder, the others' are examined while the slow ones still wait", async () => {
		await using examiner = open({ timeoutMs: 15_000 });
		const stop = new AbortController();
		let answered = 0;
		const flood = Array.from({ length: 5 }, (_, at) =>
			examiner.examine(slow(`flood ${at}`), stop.signal, from("flood")).then((one) => {
				answered += 1;
				return reasonOf(one);
			}),
		);
		await eventually(() => expect(examiner.load?.().waiting.quick).toBeGreaterThan(0), patience);
		for (let seed = 0; seed < 2; seed += 1) {
			const one = await examiner.examine(await drawSample(30 + seed), never, from("quiet"));
			expect([reasonOf(one), answered < flood.length]).toEqual(["examined", true]);
		}
		stop.abort();
		for (const reason of await Promise.all(flood)) expect(["decode-timeout", "deadline-exceeded"]).toContain(reason);
	}, 120_000);

	test("have their time one after the other, and are ended then", async () => {
		await using examiner = open({ timeoutMs: 300 });
		const flood = [1, 2, 3].map((at) => examiner.examine(slow(`ended ${at}`), never, from("flood")));
		expect((await Promise.all(flood)).map(reasonOf)).toEqual(flood.map(() => "decode-timeout"));
	}, 60_000);

	test("that are more than will soon have their turn are sent away; another platform's still wait for theirs", async () => {
		const memory = createDecodeMemory<Unavailable>();
		await using examiner = open({}, { memory });
		const stop = new AbortController();
		const send = (platform: string, name: string) => {
			const bytes = slow(name);
			memory.wasSlow(createHash("sha256").update(bytes).digest("hex"));
			return examiner.examine(bytes, stop.signal, from(platform)).then(reasonOf);
		};
		const flood = Array.from({ length: 12 }, (_, at) => send("flood", `more ${at}`));
		const other = send("quiet", "another");
		await eventually(() => expect(examiner.load?.().waiting.slow).toBe(9), patience);
		stop.abort();
		const reasons = await Promise.all(flood);
		// One was at work, eight waited.
		expect(reasons.filter((reason) => reason === "overloaded")).toHaveLength(3);
		expect(reasons.filter((reason) => reason === "deadline-exceeded")).toHaveLength(9);
		expect(await other).toBe("deadline-exceeded");
	}, 60_000);
});

describe("what a picture costs is read from its header", () => {
	// A busy machine takes many times as long: what is tried here is which lane they are in, not how soon they are done.
	const examiner = createImageExaminer({
		...{ workers: 1, modelSize: 224, logger: silentLogger },
		limits: { ...limits, timeoutMs: 110_000 },
	});
	afterAll(() => examiner[Symbol.asyncDispose]());

	test.each([
		["a PNG of 1 × 90 million pixels", () => narrowPng(90_000_000)],
		["a TIFF of 65,535 pages", () => tiffOfPages(65_535)],
	])(
		"%s is refused, with its exact hashes",
		async (_what, make) => {
			const bytes = make();
			const result = await examiner.examine(bytes, never);
			expect(reasonOf(result)).toBe("too-costly");
			expect(result.hashes.sha256).toHaveLength(32);
		},
		60_000,
	);

	test("one that takes seconds waits among the slow, from the start, and is examined", async () => {
		let isSlow = false;
		const onSlow = () => {
			isSlow = true;
		};
		const result = await examiner.examine(narrowPng(6_000_000), never, { ...from("a"), onSlow });
		expect([reasonOf(result), isSlow]).toEqual(["examined", true]);
		expect(examiner.load?.().remembered).toBeGreaterThan(0);
	}, 120_000);

	// Elsewhere than on Linux nobody tells what a decoder took, and time passed stands for it.
	const onLinux = process.platform === "linux" ? test : test.skip;
	onLinux(
		"an ordinary one is examined among the quick, however late a busy machine gives it the processor",
		async () => {
			await using waiting = open({});
			let isSlow = false;
			const onSlow = () => {
				isSlow = true;
			};
			const late = Buffer.concat([otherFile(ordinary, "late"), Buffer.from("breakwater-pause")]);
			const result = await waiting.examine(late, never, { ...from("a"), onSlow });
			expect([reasonOf(result), isSlow, waiting.load?.().remembered]).toEqual(["examined", false, 0]);
		},
		60_000,
	);

	onLinux(
		"nor is it given up by the time that passes while others have the processor: its own counts",
		async () => {
			await using waiting = open({ timeoutMs: 1_000 });
			const late = Buffer.concat([otherFile(ordinary, "later"), Buffer.from("breakwater-pause")]);
			expect(reasonOf(await waiting.examine(late, never, from("a")))).toBe("examined");
		},
		60_000,
	);

	test("one that turns out to keep its decoder at work leaves the quick, and is remembered", async () => {
		await using working = open({ timeoutMs: 110_000 });
		const stop = new AbortController();
		const onSlow = () => stop.abort();
		const loop = Buffer.concat([otherFile(ordinary, "loop"), Buffer.from("breakwater-loop")]);
		expect(reasonOf(await working.examine(loop, stop.signal, { ...from("a"), onSlow }))).toBe("deadline-exceeded");
		expect(working.load?.().remembered).toBe(1);
	}, 120_000);
});

describe("what took a decoder's full time", () => {
	test("is not tried again: copies are before people at once, with the reason, until the hour is over", async () => {
		let nowMs = 0;
		await using examiner = open({ timeoutMs: 1_200 }, { memory: createDecodeMemory(() => nowMs) });
		expect(reasonOf(await examiner.examine(endless, never, from("a")))).toBe("decode-timeout");
		const copies = await Promise.all(
			Array.from({ length: 20 }, (_, at) => examiner.examine(endless, never, from(`platform ${at}`))),
		);
		expect(new Set(copies.map(reasonOf))).toEqual(new Set(["timed-out-before"]));
		expect(copies[0]?.hashes.sha256).toHaveLength(32);
		nowMs += 60 * 60_000;
		const again = await Promise.all([1, 2, 3].map(() => examiner.examine(endless, never, from("a"))));
		expect(again.map(reasonOf).toSorted()).toEqual(["decode-timeout", "timed-out-before", "timed-out-before"]);
	}, 60_000);

	test("together with its copies: those that wait for their turn are not tried either", async () => {
		await using examiner = open({ timeoutMs: 1_200 });
		const copies = await Promise.all(Array.from({ length: 6 }, () => examiner.examine(endless, never, from("a"))));
		const reasons = copies.map(reasonOf);
		expect(reasons).toContain("timed-out-before");
		expect(new Set(reasons)).toEqual(new Set(["decode-timeout", "timed-out-before"]));
	}, 60_000);

	test("or broke it: the same", async () => {
		await using examiner = open({});
		const poison = Buffer.concat([ordinary, Buffer.from("breakwater-SIGSEGV")]);
		expect(reasonOf(await examiner.examine(poison, never, from("a")))).toBe("decoder-crashed");
		expect(reasonOf(await examiner.examine(poison, never, from("b")))).toBe("crashed-before");
	}, 60_000);
});
