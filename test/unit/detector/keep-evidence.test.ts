import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { itemId } from "../../../services/core/ids.ts";
import { signalCatalogue } from "../../../services/core/signals/catalogue.ts";
import { evidenceKey, memberKey, stillKey } from "../../../services/core/wire/media-key.ts";
import { createKeepEvidence } from "../../../services/detector/steps/keep-evidence.ts";
import type { RecordedItem } from "../../../services/detector/values.ts";

const bytes = Buffer.from("the bytes of a picture");
const sha256 = createHash("sha256").update(bytes).digest();
const owed = evidenceKey(sha256);

async function keep(
	change: {
		owedEvidence?: string | null;
		bytes?: Uint8Array | null;
		fails?: boolean;
		durationMs?: number;
		lostMs?: number;
		pictures?: readonly string[];
	} = {},
) {
	const done: string[] = [];
	const run = createKeepEvidence({
		mediaStore: {
			async put(key) {
				if (change.fails === true) throw Object.assign(new Error("full"), { code: "ENOSPC" });
				done.push(`put ${key}`);
				return { sizeBytes: 1, sha256 };
			},
			delete: async (key) => void done.push(`delete ${key}`),
		},
		verdicts: { markKept: async () => void done.push("kept") },
		examiner: {
			takeStills: async (_video, stillsMs) =>
				stillsMs.map((atMs) => (atMs === change.lostMs ? null : Buffer.from("a still"))),
			takeMembers: async (_file, paths) => paths.map((path) => (path === "lost.jpg" ? null : Buffer.from("a picture"))),
		},
		...{ signalCatalogue, stopSignal: new AbortController().signal, maxMediaBytes: 1_000 },
		...{ maxVideoBytes: 1_000, localCopies: { copy: async () => null } },
	});
	const item = {
		evidence: {
			uploadKey: "uploads/forum/1",
			durationMs: change.durationMs ?? null,
			pictures: change.pictures ?? null,
			bytes: change.bytes === undefined ? bytes : change.bytes,
			hashes: { sha256: change.bytes === undefined ? sha256 : createHash("sha256").update("others").digest() },
		},
		// On a second look nothing may be found any more; what is owed stays owed.
		verdict: {
			action: change.durationMs === undefined && change.pictures === undefined ? "none" : "review",
			signals: [],
			grounds: [],
		},
	};
	const { owedEvidence = owed } = change;
	const outcome = { kind: "duplicate", itemId: itemId.parse("01a20ff3-43a7-7145-8575-b54e03fc11d9"), owedEvidence };
	return { result: await run({ item, outcome } as unknown as RecordedItem), done };
}

describe("evidence", () => {
	test("that is owed is kept, and only then is the upload deleted", async () => {
		const { result, done } = await keep();
		expect(result).toEqual({ kind: "settled" });
		expect(done).toEqual([`put ${owed}`, "kept", "delete uploads/forum/1"]);
	});

	test("that the store does not take is tried again, and the upload stays", async () => {
		const { result, done } = await keep({ fails: true });
		expect(result).toEqual({ kind: "retry", reason: "evidence-not-kept", cause: "ENOSPC" });
		expect(done).toEqual([]);
	});

	test("whose bytes can no longer be had is put before operators", async () => {
		const { result, done } = await keep({ bytes: null });
		expect(result).toMatchObject({ kind: "park", reason: "evidence-not-kept" });
		expect(done).toEqual([]);
	});

	test("is never made of other bytes that came under the same id", async () => {
		const { done } = await keep({ bytes: Buffer.from("others") });
		expect(done).toEqual(["delete uploads/forum/1"]);
	});

	test("of a video are its stills, too; one that cannot be had is left out", async () => {
		const { result, done } = await keep({ durationMs: 2_000, lostMs: 1_083 });
		expect(result).toEqual({ kind: "settled" });
		const stills = [83, 583, 1_083, 1_583]
			.filter((atMs) => atMs !== 1_083)
			.map((atMs) => `put ${stillKey(owed, atMs)}`);
		expect(done).toEqual([`put ${owed}`, ...stills, "kept", "delete uploads/forum/1"]);
	});

	test("of an archive are pictures in it, too; one that cannot be had is left out", async () => {
		const { done } = await keep({ pictures: ["one.jpg", "lost.jpg", "three.jpg"] });
		const members = [0, 2].map((at) => `put ${memberKey(owed, at)}`);
		expect(done).toEqual([`put ${owed}`, ...members, "kept", "delete uploads/forum/1"]);
	});

	test("that is not owed is not written again", async () => {
		expect((await keep({ owedEvidence: null })).done).toEqual(["delete uploads/forum/1"]);
	});
});
