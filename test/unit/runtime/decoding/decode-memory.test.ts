import { describe, expect, test } from "@jest/globals";
import { createDecodeMemory } from "../../../../services/runtime/decoding/decode-memory.ts";
import { hashesOf } from "../../../support/bank-fixtures.ts";

const hour = 60 * 60_000;
const timedOut = {
	kind: "unavailable",
	reason: "decode-timeout",
	mediaType: "image/png",
	hashes: { ...hashesOf("costly"), pdq: null },
	frames: [],
} as const;

describe("a file that cost a decoder its full time", () => {
	test("is not tried again for an hour; then once, whoever asks, and not again for another", () => {
		let nowMs = 1_000;
		const memory = createDecodeMemory(() => nowMs);
		expect(memory.recall("file")).toEqual({ kind: "unknown" });
		memory.failed("file", timedOut);
		nowMs += hour - 1;
		expect(memory.recall("file")).toEqual({ kind: "failed", examination: timedOut });
		nowMs += 1;
		expect(memory.recall("file")).toEqual({ kind: "try-again" });
		expect(memory.recall("file").kind).toBe("failed");
		nowMs += hour;
		expect(memory.recall("file")).toEqual({ kind: "try-again" });
	});

	test("is still slow to whoever finds it slow again", () => {
		const memory = createDecodeMemory(() => 0);
		memory.wasSlow("file");
		expect(memory.recall("file")).toEqual({ kind: "slow" });
		memory.failed("file", timedOut);
		memory.wasSlow("file");
		expect(memory.failureOf("file")).toBe(timedOut);
	});
});

test("as many files are remembered as there is room for, those that came last", () => {
	const memory = createDecodeMemory(() => 0);
	for (let at = 0; at < 2_000; at += 1) {
		memory.wasSlow(`file ${at}`);
		memory.recall("file 0");
	}
	expect(memory.size).toBe(500);
	expect([memory.recall("file 0").kind, memory.recall("file 1").kind]).toEqual(["slow", "unknown"]);
});
