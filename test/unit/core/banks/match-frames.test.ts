// Which videos are known by their frames: how much of both must meet, how near, and what that comes to.
import { describe, expect, test } from "@jest/globals";
import type { BankEntry, BankSettings, PictureHashes } from "../../../../services/core/banks/bank.ts";
import { type BankMatcher, createBankMatcher } from "../../../../services/core/banks/bank-matcher.ts";
import { readSnapshot, writeSnapshot } from "../../../../services/core/banks/bank-snapshot.ts";
import { hashOfFrames } from "../../../../services/core/hashes/vpdq/hash-of-frames.ts";
import { pdqsOf } from "../../../../services/core/hashes/vpdq/video-frames.ts";
import { decideVerdict } from "../../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";
import { hashSignals } from "../../../../services/core/signals/media-signals.ts";
import { digest, hashesOf, newBank, newEntry, withBitsFlipped } from "../../../support/bank-fixtures.ts";

const pdqOf = (name: string) => digest(`frame ${name}`);
const frames = (names: string) => [...names].map((name) => ({ hash: pdqOf(name) }));
const entryOf = (bank: BankSettings, names: string, entry: Partial<BankEntry> = {}) =>
	newEntry(bank.id, {
		hashType: "vpdq",
		hash: hashOfFrames(frames(names)),
		framePdqs: pdqsOf(frames(names)),
		...entry,
	});

function matcherWith(bank: BankSettings, ...entries: readonly BankEntry[]): BankMatcher {
	const matcher = createBankMatcher({ clock: { now: () => 0 } });
	matcher.apply({ sequence: 1, kind: "bank", bank });
	for (const entry of entries) matcher.apply({ sequence: 2, kind: "entry", entry });
	return matcher;
}

/** A video of these frames, each for two seconds and so many bits away from what it is called. */
function video(names: string, bits: (at: number) => number = () => 0): readonly PictureHashes[] {
	return [...names].map((name, at) => {
		const hash = withBitsFlipped(pdqOf(name), bits(at));
		return { hash, quality: 90, dihedral: [hash], shown: [{ fromMs: at * 2_000, toMs: (at + 1) * 2_000 }] };
	});
}
const match = (matcher: BankMatcher, [first, ...others]: readonly PictureHashes[]) =>
	matcher.match({ ...hashesOf("file"), pdq: first ?? null }, others);
const tierOf = (matcher: BankMatcher, stills: readonly PictureHashes[]) =>
	decideVerdict(hashSignals({ pdq: null }, match(matcher, stills), "1"), "public", defaultPolicy).tier;

describe("a video", () => {
	const bank = newBank();

	test("of which four of five frames are a known one's is known; three are too few", () => {
		const matcher = matcherWith(bank, entryOf(bank, "abcdefghij"));
		expect(match(matcher, video("abcdx"))).toMatchObject([
			{ hashType: "vpdq", distanceBits: 0, shown: [{ fromMs: 0, toMs: 8_000 }], frames: { ofItem: 0.8, ofEntry: 0.4 } },
		]);
		expect(match(matcher, video("abcxy"))).toEqual([]);
	});

	test("is as near as the last of the frames that it takes, and strong or probable by that", () => {
		const matcher = matcherWith(bank, entryOf(bank, "abcde"));
		const away = (...bits: readonly number[]) => video("abcde", (at) => bits[at] ?? 0);
		expect(match(matcher, away(0, 3, 5, 9, 40))).toMatchObject([
			{ distanceBits: 9, frames: { ofItem: 0.8, ofEntry: 0.8 } },
		]);
		expect(tierOf(matcher, away(0, 3, 5, 9, 40))).toBe("K2");
		expect(tierOf(matcher, away(0, 3, 5, 25, 40))).toBe("K3");
		expect(tierOf(matcher, away(0, 3, 5, 40, 40))).toBe("none");
	});

	test("by as much of both as its bank says", () => {
		const strict = newBank({ videoShares: { ofItem: 1, ofEntry: 0.5 } });
		const matcher = matcherWith(strict, entryOf(strict, "abcd"));
		expect(match(matcher, video("ab"))).toHaveLength(1);
		expect(match(matcher, video("a"))).toEqual([]);
		expect(match(matcher, video("abx"))).toEqual([]);
	});

	test("that is mirrored is found by its frames in that turn", () => {
		const matcher = matcherWith(bank, entryOf(bank, "abc"));
		const mirrored = video("xyz").map((still, at) => ({
			...still,
			dihedral: [still.hash, still.hash, still.hash, still.hash, still.hash, pdqOf("abc"[at] ?? "")],
		}));
		expect(match(matcher, mirrored)).toMatchObject([{ transform: "flipY", distanceBits: 0 }]);
	});

	test("that shows what is known for less than three seconds asks people", () => {
		const matcher = matcherWith(bank, entryOf(bank, "abc"));
		expect(tierOf(matcher, video("a"))).toBe("K3");
		expect(tierOf(matcher, video("ab"))).toBe("K2");
	});

	test("has in common with a known one what is known to be harmless: that counts for nothing", () => {
		const harmless = newBank({ kind: "exempt", name: "harmless" });
		const matcher = matcherWith(bank, entryOf(bank, "iabc"));
		expect(tierOf(matcher, video("i", () => 0).concat(video("i")))).toBe("K3");
		matcher.apply({ sequence: 3, kind: "bank", bank: harmless });
		const intro = newEntry(harmless.id, { hashType: "pdq", hash: pdqOf("i"), quality: 90 });
		matcher.apply({ sequence: 4, kind: "entry", entry: intro });
		expect(tierOf(matcher, video("i"))).toBe("none");
		expect(tierOf(matcher, video("iab"))).toBe("K2");
	});

	test("is what a picture is not: a still of its own finds no known video", () => {
		const matcher = matcherWith(bank, entryOf(bank, "abc"));
		expect(matcher.match(hashesOf("picture", pdqOf("a")))).toEqual([]);
	});

	test("is not found any more once its entry is gone, and is after a start from a snapshot", () => {
		const entry = entryOf(bank, "abc");
		const matcher = matcherWith(bank, entry, entryOf(bank, "xyz"));
		const bytes = Buffer.concat([...writeSnapshot(matcher.source, { sequence: 2, lastChange: "" })]);
		const snapshot = readSnapshot(bytes);
		const again = createBankMatcher({ clock: { now: () => 0 } });
		if (snapshot !== null) again.load(snapshot);
		again.compact();
		for (const one of [matcher, again]) {
			expect(match(one, video("abc"))).toHaveLength(1);
			one.apply({ sequence: 5, kind: "entry-removed", entryId: entry.id, bankId: bank.id });
			expect(match(one, video("abc"))).toEqual([]);
			expect(match(one, video("xyz"))).toHaveLength(1);
		}
	});
});
