// What a known sound comes to, whatever is seen meanwhile: when it is heard, how much of both it is, and that it asks people unless a policy says more.
import { describe, expect, test } from "@jest/globals";
import type { BankEntry, BankSettings, PictureHashes } from "../../../../services/core/banks/bank.ts";
import { type BankMatcher, createBankMatcher } from "../../../../services/core/banks/bank-matcher.ts";
import { readSnapshot, writeSnapshot } from "../../../../services/core/banks/bank-snapshot.ts";
import { blocksOfSound, type Sound } from "../../../../services/core/hashes/sound/sound.ts";
import { createSoundHearer, soundRate } from "../../../../services/core/hashes/sound/sound-words.ts";
import { hashOfFrames } from "../../../../services/core/hashes/vpdq/hash-of-frames.ts";
import { pdqsOf } from "../../../../services/core/hashes/vpdq/video-frames.ts";
import { decideVerdict } from "../../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy, type Policy } from "../../../../services/core/policy/policy.ts";
import { matched, matchedSignal } from "../../../../services/core/signals/matched/matched.ts";
import { hashSignals } from "../../../../services/core/signals/media-signals.ts";
import { digest, hashesOf, newBank, newEntry } from "../../../support/bank-fixtures.ts";
import { madeSound } from "../../../support/sound/made-sounds.ts";

const song = madeSound("music", { seed: 1, seconds: 20, rate: soundRate });
const heard = (samples: Int16Array): Sound => {
	const hearer = createSoundHearer();
	hearer.hear(samples);
	return { tunings: hearer.words() };
};
const own = blocksOfSound(heard(song));
/** Ten seconds of it after ten of silence, and five. */
const video = new Int16Array(25 * soundRate);
video.set(song.subarray(3 * soundRate, 13 * soundRate), 10 * soundRate);
const sound = heard(video);

const entryOf = (bank: BankSettings, entry: Partial<BankEntry> = {}) =>
	newEntry(bank.id, { hashType: "audio-fingerprint", hash: hashOfFrames(own), framePdqs: pdqsOf(own), ...entry });
const exempt = { name: "harmless", kind: "exempt", owner: "lead", expiresAt: new Date(1_000).toISOString() } as const;

function matcherWith(...known: readonly (readonly [BankSettings, BankEntry])[]): BankMatcher {
	const matcher = createBankMatcher({ clock: { now: () => 0 } });
	for (const [bank, entry] of known) {
		matcher.apply({ sequence: 1, kind: "bank", bank });
		matcher.apply({ sequence: 2, kind: "entry", entry });
	}
	return matcher;
}
const still = (name: string): PictureHashes => {
	const hash = digest(name);
	return { hash, quality: 90, dihedral: [hash], shown: [{ fromMs: 0, toMs: 25_000 }] };
};
const match = (matcher: BankMatcher, pdq: PictureHashes | null = still("nobody's")) =>
	matcher.match({ ...hashesOf("file"), pdq, sound });
const verdictOf = (matcher: BankMatcher, policy: Policy = defaultPolicy) =>
	decideVerdict(hashSignals({ pdq: null }, match(matcher), "1"), "public", policy);

describe("a known sound under a picture that nobody knows", () => {
	const bank = newBank();
	const matcher = matcherWith([bank, entryOf(bank)]);

	test("is found where it is heard", () => {
		const [found, ...others] = match(matcher);
		expect(others).toEqual([]);
		const [{ fromMs = 0, toMs = 0 } = {}] = found?.shown ?? [];
		expect(Math.abs(fromMs - 10_000)).toBeLessThan(800);
		expect(Math.abs(toMs - 20_000)).toBeLessThan(800);
		expect(found?.frames?.ofEntry).toBeCloseTo(0.5, 1);
	});

	test("asks people, and is withheld only where the policy says so", () => {
		expect(verdictOf(matcher)).toMatchObject({ tier: "K3", action: "review" });
		const strict = { ...defaultPolicy, nearTiers: { ...defaultPolicy.nearTiers, sound: "K2" as const } };
		expect(verdictOf(matcher, strict)).toMatchObject({ tier: "K2", action: "withhold" });
	});

	test("makes no two items one case by how they look", () => {
		const [found] = match(matcher);
		if (found === undefined) throw new Error("it is not found");
		expect(matched.entryOf(matchedSignal("hash", "1", found)).resemblance).toBe("weak");
	});
});

test("a harmless sound takes other lists' word for it away, and says nothing of what is seen", () => {
	const [bank, pictures] = [newBank(), newBank({ name: "pictures" })];
	const harmless = newBank(exempt);
	const picture = newEntry(pictures.id, { hashType: "pdq", hash: still("known").hash, quality: 90 });
	const matcher = matcherWith([bank, entryOf(bank)], [harmless, entryOf(harmless)], [pictures, picture]);
	const verdict = decideVerdict(
		hashSignals({ pdq: null }, match(matcher, still("known")), "1"),
		"public",
		defaultPolicy,
	);
	expect(verdict.tier).toBe("K2");
	const strict = { ...defaultPolicy, nearTiers: { ...defaultPolicy.nearTiers, sound: "K2" as const } };
	expect(verdictOf(matcherWith([bank, entryOf(bank)], [harmless, entryOf(harmless)]), strict).tier).toBe("none");
});

test("banks say whether there is anything to listen for, and after a start from a snapshot find the same", () => {
	const bank = newBank();
	const entry = entryOf(bank);
	const matcher = matcherWith([bank, entry]);
	expect([matcherWith().hasSounds(), matcher.hasSounds()]).toEqual([false, true]);
	const written = writeSnapshot(matcher.source, { sequence: 2, lastChange: "x" });
	const snapshot = readSnapshot(Buffer.concat([...written]));
	const started = createBankMatcher({ clock: { now: () => 0 } });
	if (snapshot !== null) started.load(snapshot);
	started.compact();
	expect(match(started)).toEqual(match(matcher));
	started.apply({ sequence: 3, kind: "entry-removed", entryId: entry.id, bankId: bank.id });
	expect([started.hasSounds(), match(started)]).toEqual([false, []]);
});
