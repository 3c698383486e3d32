// Files that posts carry within their text: known ones withhold the post, what cannot be looked at brings it before people.
import { describe, expect, test } from "@jest/globals";
import { createBankMatcher } from "../../../services/core/banks/bank-matcher.ts";
import { exactHashes } from "../../../services/core/hashes/exact/exact-hashes.ts";
import { decideVerdict } from "../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy, initialPolicies } from "../../../services/core/policy/policy.ts";
import type { Examination } from "../../../services/core/ports/image-examiner.ts";
import { signalCatalogue } from "../../../services/core/signals/catalogue.ts";
import type { UnavailableReason } from "../../../services/core/signals/unavailable/reasons.ts";
import { createExamineEmbedded } from "../../../services/detector/steps/examine-embedded.ts";
import type { AdmittedPost } from "../../../services/detector/values.ts";
import { digest, newBank, newEntry } from "../../support/bank-fixtures.ts";

/** One transparent pixel, the smallest picture in use. */
const pixel = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
const uri = `data:image/gif;base64,${pixel}`;
const bank = newBank();
const matcher = createBankMatcher({ clock: { now: () => 0 } });
matcher.apply({ sequence: 1, kind: "bank", bank });

function examined(bytes: Uint8Array, reason: UnavailableReason | null): Examination {
	const hash = digest("pixel");
	const common = { mediaType: "image/gif", frames: [] };
	if (reason !== null) return { ...common, kind: "unavailable", reason, hashes: { ...exactHashes(bytes), pdq: null } };
	const pdq = { hash, quality: 90, dihedral: [hash] };
	const size = { width: 1, height: 1, frameCount: 1 };
	return { ...common, ...size, kind: "examined", hashes: { ...exactHashes(bytes), pdq }, rasters: [] };
}

async function look(
	text: string,
	{ reason = null, isLastAttempt = true }: { reason?: UnavailableReason | null; isLastAttempt?: boolean } = {},
) {
	const run = createExamineEmbedded({
		examiner: { version: "1", examine: async (bytes) => examined(bytes, reason) },
		matcher: {
			version: "1",
			match: async (...one) => matcher.match(...one),
			hasSounds: async () => false,
			matchText: async (read) => matcher.matchText(read),
		},
		settlePrefixes: async (matches) => ({ matches, failure: null }),
		wordReader: { version: "1", read: async () => ({ kind: "read", text: "" }) },
		...{ textScorer: null, signalCatalogue },
		...{ scorer: null, policies: initialPolicies, stopSignal: new AbortController().signal },
	});
	// This step reads no more of a post.
	const post = { text, signals: [], platform: { id: null }, surface: "public", isLastAttempt };
	return run(post as unknown as AdmittedPost & { signals: [] });
}

async function verdictOn(...asked: Parameters<typeof look>) {
	const result = await look(...asked);
	if (result.kind !== "next") throw new Error("the post goes on");
	return decideVerdict(result.value.signals, "public", defaultPolicy);
}

describe("a post that holds a file", () => {
	test("goes on where nothing is found in it, as one that speaks of data", async () => {
		expect((await verdictOn(`Hello ${uri}`)).action).toBe("none");
		expect((await verdictOn("More data: none.")).signals).toEqual([]);
	});

	test("goes to people where the file cannot be looked at, and is never called clear", async () => {
		const undecodable = await verdictOn(uri, { reason: "undecodable" });
		expect(undecodable.action).toBe("review");
		expect(undecodable.signals).toContainEqual(
			expect.objectContaining({ kind: "unavailable", reason: "undecodable", within: ["file 1"] }),
		);
		const drawn = await verdictOn("data:image/svg+xml,<svg/>");
		expect(drawn.action).toBe("review");
		expect(drawn.signals).toMatchObject([{ kind: "unavailable", reason: "embedded-media" }]);
	});

	test("is tried again where it was not the file's fault", async () => {
		const result = await look(uri, { reason: "overloaded", isLastAttempt: false });
		expect(result).toEqual({ kind: "retry", reason: "overloaded" });
	});

	test("is withheld where a bank knows it", async () => {
		const { sha256: hash } = exactHashes(Buffer.from(pixel, "base64"));
		matcher.apply({
			sequence: 2,
			kind: "entry",
			entry: newEntry(bank.id, { hashType: "sha256", hash, quality: null }),
		});
		expect(await verdictOn(`Hello ${uri}`)).toMatchObject({ tier: "K1", action: "withhold" });
	});
});
