// The unpacker under a flood of containers that cost much, in real workers: whose turn it is, what is read from a directory, and what is
// remembered. Nothing here is timed: what counts is who has an answer while others still wait.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
	type ContainerExaminerOptions,
	createContainerExaminer,
	type Remembered,
} from "../../../services/adapters/containers/container-examiner.ts";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { createImageExaminer } from "../../../services/adapters/sharp/image-examiner.ts";
import type { Examination, ExamineRequest } from "../../../services/core/ports/image-examiner.ts";
import { createDecodeMemory } from "../../../services/runtime/decoding/decode-memory.ts";
import { silentLogger as logger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { zipOf } from "../../support/containers.ts";
import { eventually } from "../../support/eventually.ts";

const file = fromPackageRoot("dist", "test", "faults", "unpack-or-break.worker.js");
const pictureLimits = { maxBytes: 33_000_000, maxPixels: 50_000_000, timeoutMs: 60_000, maxFrames: 8 };
const limits = {
	...{ depth: 3, members: 500, pages: 3, memberBytes: 33_000_000, bytes: 500_000_000, ratio: 200, letters: 20_000 },
	...{ maxPixels: 50_000_000, timeoutMs: 60_000 },
};
const open = (change: Partial<typeof limits> = {}, more: Pick<ContainerExaminerOptions, "memory"> = {}) => {
	const pictures = createImageExaminer({ workers: 1, modelSize: null, limits: pictureLimits, logger });
	return createContainerExaminer(
		{ workers: 1, limits: { ...limits, ...change }, logger, file, graceMs: 0, ...more },
		pictures,
	);
};
const never = new AbortController().signal;
const from = (platform: string): ExamineRequest => ({ owner: { platform, surface: "public" } });
const patience = { withinMs: 60_000 };
const saidOf = (one: Examination) =>
	one.kind === "unpacked" ? (one.missing ?? "unpacked") : one.kind === "unavailable" ? one.reason : one.kind;

let picture: Uint8Array;
beforeAll(async () => {
	picture = await drawSample(23);
});
const archive = (name: string) => zipOf([{ name: `${name}.png`, bytes: picture }]);
const marked = (name: string, way: string) => Buffer.concat([archive(name), Buffer.from(`breakwater-${way}`)]);

describe("containers that take an unpacker long", () => {
	test.each(["quiet", "flood"])(
		"hold up no others, be they of platform %s: with one unpacker those are unpacked while the slow ones still wait",
		async (platform) => {
			await using examiner = open({ timeoutMs: 15_000 });
			const stop = new AbortController();
			let answered = 0;
			const flood = Array.from({ length: 3 }, (_, at) =>
				examiner.examine(marked(`flood ${at}`, "hang"), stop.signal, from("flood")).then((one) => {
					answered += 1;
					return saidOf(one);
				}),
			);
			await eventually(() => expect(examiner.load?.().waiting.quick).toBeGreaterThan(0), patience);
			for (let at = 0; at < 2; at += 1) {
				const one = await examiner.examine(archive(`quick ${at}`), never, from(platform));
				expect([saidOf(one), answered < flood.length]).toEqual(["unpacked", true]);
			}
			stop.abort();
			for (const said of await Promise.all(flood)) expect(["decode-timeout", "deadline-exceeded"]).toContain(said);
		},
		120_000,
	);

	test("have their time one after the other, and are ended then", async () => {
		await using examiner = open({ timeoutMs: 300 });
		const flood = [1, 2, 3].map((at) => examiner.examine(marked(`ended ${at}`, "hang"), never, from("flood")));
		expect((await Promise.all(flood)).map(saidOf)).toEqual(flood.map(() => "decode-timeout"));
	}, 60_000);

	test("that are more than will soon have their turn are sent away, to be tried again", async () => {
		const memory = createDecodeMemory<Remembered>();
		await using examiner = open({}, { memory });
		const stop = new AbortController();
		let answered = 0;
		const flood = Array.from({ length: 12 }, (_, at) => {
			const bytes = marked(`more ${at}`, "hang");
			memory.wasSlow(createHash("sha256").update(bytes).digest("hex"));
			return examiner.examine(bytes, stop.signal, from("flood")).then((one) => {
				answered += 1;
				return saidOf(one);
			});
		});
		await eventually(() => expect([answered, examiner.load?.().waiting]).toEqual([4, { quick: 0, slow: 7 }]), patience);
		stop.abort();
		const said = await Promise.all(flood);
		// One was at work, seven waited.
		expect(said.filter((one) => one === "overloaded")).toHaveLength(4);
		expect(said.filter((one) => one === "deadline-exceeded")).toHaveLength(8);
	}, 120_000);
});

describe("what a container costs is read from what it says of itself", () => {
	// As far as it is unpacked at all: with a lower ratio little would be of what swells.
	const examiner = open({ ratio: 2_000 });
	afterAll(() => examiner[Symbol.asyncDispose]());
	const swelling = (name: string) =>
		zipOf(Array.from({ length: 6 }, (_, at) => ({ name: `${name} ${at}`, bytes: Buffer.alloc(15_000_000) })));

	test("one that swells waits among the slow, from the start, and so do its copies", async () => {
		let said = 0;
		const onSlow = () => {
			said += 1;
		};
		const bytes = swelling("zeros");
		await examiner.examine(bytes, never, { ...from("a"), onSlow });
		expect(said).toBeGreaterThan(0);
		expect(examiner.load?.().remembered).toBeGreaterThan(0);
	}, 120_000);

	test("an ordinary one is unpacked among the quick", async () => {
		let isSlow = false;
		const onSlow = () => {
			isSlow = true;
		};
		// On a busy machine an ordinary archive, too, may take its second.
		await eventually(async () => {
			isSlow = false;
			await examiner.examine(archive(`${Math.random()}`), never, { ...from("a"), onSlow });
			expect(isSlow).toBe(false);
		}, patience);
	});
});

describe("what took an unpacker's full time", () => {
	test("is not tried again: copies are before people at once, with the reason", async () => {
		await using examiner = open({ timeoutMs: 1_000 });
		const endless = marked("endless", "hang");
		expect(saidOf(await examiner.examine(endless, never, from("a")))).toBe("decode-timeout");
		const copies = await Promise.all(
			Array.from({ length: 5 }, (_, at) => examiner.examine(endless, never, from(`platform ${at}`))),
		);
		expect(new Set(copies.map(saidOf))).toEqual(new Set(["timed-out-before"]));
		expect(copies[0]?.hashes?.sha256).toHaveLength(32);
	}, 60_000);

	test("or broke it: the same, and another that holds it has what is beside it examined", async () => {
		await using examiner = open();
		const poison = marked("poison", "SIGSEGV");
		expect(saidOf(await examiner.examine(poison, never, from("a")))).toBe("decoder-crashed");
		expect(saidOf(await examiner.examine(poison, never, from("b")))).toBe("crashed-before");
		const both = zipOf([
			{ name: "seen.png", bytes: picture },
			{ name: "poison.zip", bytes: poison },
		]);
		for (const [platform, fault] of [
			["a", "decoder-crashed"],
			["b", "crashed-before"],
		] as const) {
			const one = await examiner.examine(both, never, from(platform));
			const members = one.kind === "unpacked" ? one.members : [];
			expect(members.map(({ path, fault: said }) => [path, said])).toEqual([
				["seen.png", null],
				["poison.zip", fault],
			]);
			expect(members[0]?.hashes?.pdq).not.toBeNull();
		}
	}, 120_000);
});
