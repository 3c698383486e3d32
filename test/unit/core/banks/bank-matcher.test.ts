import { describe, expect, test } from "@jest/globals";
import type { BankChange, BankEntry, BankSettings } from "../../../../services/core/banks/bank.ts";
import { createBankMatcher } from "../../../../services/core/banks/bank-matcher.ts";
import { simhashText } from "../../../../services/core/hashes/simhash/text-simhash.ts";
import { hashText } from "../../../../services/core/hashes/text/text-hash.ts";
import { hashOfFrames } from "../../../../services/core/hashes/vpdq/hash-of-frames.ts";
import { pdqsOf } from "../../../../services/core/hashes/vpdq/video-frames.ts";
import { digest, hashesOf, newBank, newEntry, withBitsFlipped } from "../../../support/bank-fixtures.ts";

const nowMs = Date.UTC(2026, 10, 24);

function matcherWith(bank: BankSettings, ...entries: readonly BankEntry[]) {
	const matcher = createBankMatcher({ clock: { now: () => nowMs } });
	const changes: BankChange[] = [
		{ sequence: 1, kind: "bank", bank },
		...entries.map((entry) => ({ sequence: 2, kind: "entry" as const, entry })),
	];
	for (const change of changes) matcher.apply(change);
	return matcher;
}

const picture = hashesOf("picture");
const pdq = digest("pdq of picture");

describe("matching against banks", () => {
	test("an exact hash is found, whichever kind it is", () => {
		const bank = newBank();
		for (const [hashType, hash] of [
			["sha256", digest("picture")],
			["sha1", digest("picture", "sha1")],
			["md5", digest("picture", "md5")],
		] as const) {
			const [match] = matcherWith(bank, newEntry(bank.id, { hashType, hash })).match(picture);
			expect(match).toMatchObject({ hashType, distanceBits: 0, standing: "confirmed", bankName: "known" });
		}
	});

	test("a near copy is found with its distance, up to the bank's wide radius and not beyond", () => {
		const bank = newBank({ wideRadiusBits: 24 });
		const matcher = matcherWith(
			bank,
			newEntry(bank.id, { hashType: "pdq", hash: withBitsFlipped(pdq, 24), quality: 80 }),
		);
		expect(matcher.match(picture)).toMatchObject([
			{ distanceBits: 24, transform: "none", queryQuality: 90, entryQuality: 80 },
		]);
		const further = matcherWith(
			bank,
			newEntry(bank.id, { hashType: "pdq", hash: withBitsFlipped(pdq, 25), quality: 80 }),
		);
		expect(further.match(picture)).toEqual([]);
	});

	test("a turned or mirrored copy is found, and the turn is named", () => {
		const bank = newBank();
		const turned = picture.pdq?.dihedral[4] ?? new Uint8Array(32);
		const [match] = matcherWith(bank, newEntry(bank.id, { hashType: "pdq", hash: turned, quality: 80 })).match(picture);
		expect(match).toMatchObject({ distanceBits: 0, transform: "flipX" });
	});

	test("a copy with a border or cut edges is found by its other framings, and the framing is named", () => {
		const bank = newBank();
		const within = digest("the picture within the border");
		const reframed = [{ transform: "trimmed" as const, hash: within, quality: 77 }];
		const bordered = hashesOf("bordered");
		const matcher = matcherWith(bank, newEntry(bank.id, { hashType: "pdq", hash: within, quality: 80 }));
		expect(matcher.match(bordered)).toEqual([]);
		const query = { ...bordered, pdq: bordered.pdq === null ? null : { ...bordered.pdq, reframed } };
		expect(matcher.match(query)).toMatchObject([{ distanceBits: 0, transform: "trimmed", queryQuality: 77 }]);
	});

	test("a known text is found however it is spaced, cased or padded with invisible characters", () => {
		const bank = newBank();
		const hash = hashText("An example  sentence, agreed for tests") ?? new Uint8Array(32);
		const matcher = matcherWith(bank, newEntry(bank.id, { hashType: "text", hash }));
		expect(matcher.matchText("an EXAMPLE\u200b sentence,\n agreed for tests ")).toHaveLength(1);
		expect(matcher.matchText("another sentence")).toEqual([]);
		expect(matcher.matchText("\u200b ")).toEqual([]);
	});

	test("a text that was changed a little is found by its near-duplicate hash, within that type's own radii", () => {
		const bank = newBank({ tightRadiusBits: 3, wideRadiusBits: 5 });
		const text = "The reading room on the second floor is closed for repairs until the end of the month.";
		const hash = simhashText(text) ?? new Uint8Array(32);
		const matcher = matcherWith(bank, newEntry(bank.id, { hashType: "text-simhash", hash }));
		const [match, ...more] = matcher.matchText(text.replace("second", "third"));
		expect(match).toMatchObject({
			hashType: "text-simhash",
			tightRadiusBits: 10,
			wideRadiusBits: 31,
			queryQuality: null,
		});
		expect(match?.distanceBits).toBeGreaterThan(5);
		expect(more).toEqual([]);
		expect(
			matcher.matchText("Another notice, which says that the garden behind the house is open to all visitors."),
		).toEqual([]);
		expect(matcher.matchText("The reading room")).toEqual([]);
	});

	test("hashes of texts and of pictures never match each other", () => {
		const bank = newBank();
		const text = newEntry(bank.id, { hashType: "text-simhash", hash: pdq });
		const [near] = matcherWith(bank, text).lookUp("text-simhash", pdq, 31);
		expect(near?.entry.id).toBe(text.id);
		expect(matcherWith(bank, text).match(picture)).toEqual([]);
		expect(matcherWith(bank, text).lookUp("pdq", pdq, 31)).toEqual([]);
	});

	test("a picture strongly matched as it is, is not spoken for by a nearer match of another framing", () => {
		const bank = newBank();
		const near = digest("a framing");
		const reframed = [{ transform: "uncropped" as const, hash: near, quality: 90 }];
		const query = (bits: number) => {
			const own = withBitsFlipped(near, bits);
			return { ...picture, pdq: { hash: own, quality: 90, dihedral: [own], reframed } };
		};
		const matcher = matcherWith(bank, newEntry(bank.id, { hashType: "pdq", hash: near, quality: 80 }));
		expect(matcher.match(query(20))).toMatchObject([{ transform: "none", distanceBits: 20 }]);
		expect(matcher.match(query(21))).toMatchObject([{ transform: "uncropped", distanceBits: 0 }]);
	});

	test("a disabled bank answers nothing, a removed one is gone, and an entry removed stops at once", () => {
		const bank = newBank();
		const entry = newEntry(bank.id, { hashType: "sha256", hash: digest("picture") });
		const matcher = matcherWith(bank, entry);
		matcher.apply({ sequence: 3, kind: "bank", bank: { ...bank, enabled: false } });
		expect(matcher.match(picture)).toEqual([]);
		matcher.apply({ sequence: 4, kind: "bank", bank });
		expect(matcher.match(picture)).toHaveLength(1);
		matcher.apply({ sequence: 5, kind: "entry-removed", entryId: entry.id, bankId: bank.id });
		expect(matcher.match(picture)).toEqual([]);
		matcher.apply({ sequence: 6, kind: "entry", entry });
		matcher.apply({ sequence: 7, kind: "bank-removed", bankId: bank.id });
		expect(matcher.match(picture)).toEqual([]);
		while (matcher.maintain());
		expect(matcher.entryCount).toBe(0);
	});

	test("a bank that is put back while its entries are still leaving holds what it is given since, and nothing else", () => {
		const bank = newBank();
		const entries = Array.from({ length: 3_000 }, (_, at) =>
			newEntry(bank.id, { hashType: "sha256", hash: digest(`known ${at}`) }),
		);
		const matcher = matcherWith(bank, ...entries);
		const found = (at: number) => matcher.match(hashesOf(`known ${at}`, null)).length;
		matcher.apply({ sequence: 3, kind: "bank-removed", bankId: bank.id });
		matcher.maintain();
		expect(found(2_999)).toBe(0);
		matcher.apply({ sequence: 4, kind: "bank", bank });
		expect(found(2_999)).toBe(0);
		for (const entry of [entries[0], entries[2_999]])
			if (entry !== undefined) matcher.apply({ sequence: 5, kind: "entry", entry });
		while (matcher.maintain());
		expect([0, 1, 2_998, 2_999].map(found)).toEqual([1, 0, 0, 1]);
		expect(matcher.entryCount).toBe(2);
	});

	test("the frames of an animation are looked up with it, and an entry is named once, with its nearest frame", () => {
		const bank = newBank();
		const frame = hashesOf("frame").pdq;
		if (frame === null) throw new Error("it has a hash");
		const nearer = newEntry(bank.id, { hashType: "pdq", hash: withBitsFlipped(frame.hash, 3), quality: 80 });
		const exact = newEntry(bank.id, { hashType: "sha256", hash: digest("picture") });
		const further = { ...frame, hash: withBitsFlipped(frame.hash, 9), dihedral: [withBitsFlipped(frame.hash, 9)] };
		const found = matcherWith(bank, nearer, exact).match(picture, [further, frame]);
		expect(found.map(({ entryId, distanceBits }) => [entryId, distanceBits])).toEqual([
			[exact.id, 0],
			[nearer.id, 3],
		]);
	});

	test("a bank answering for a share of content gives the same content the same answer every time", () => {
		const bank = newBank({ enabledRatio: 0.5 });
		const names = Array.from({ length: 400 }, (_, index) => `picture ${index}`);
		const matcher = matcherWith(
			bank,
			...names.map((name) => newEntry(bank.id, { hashType: "sha256", hash: digest(name) })),
		);
		const answered = names.filter((name) => matcher.match(hashesOf(name)).length > 0);
		expect(answered.length).toBeGreaterThan(140);
		expect(answered.length).toBeLessThan(260);
		expect(names.filter((name) => matcher.match(hashesOf(name)).length > 0)).toEqual(answered);
	});

	test("hashes that blank pictures and empty files have never enter", () => {
		const bank = newBank();
		const matcher = matcherWith(
			bank,
			newEntry(bank.id, { hashType: "pdq", hash: new Uint8Array(32), quality: 100 }),
			newEntry(bank.id, { hashType: "pdq", hash: withBitsFlipped(new Uint8Array(32), 30), quality: 100 }),
			newEntry(bank.id, { hashType: "pdq", hash: pdq, quality: 49 }),
			newEntry(bank.id, { hashType: "sha256", hash: digest("") }),
		);
		expect(matcher.entryCount).toBe(0);
	});
});

describe("what has run out", () => {
	const soon = new Date(nowMs + 1).toISOString();
	const past = new Date(nowMs).toISOString();
	test("a bank stops answering when it expires", () => {
		for (const [expiresAt, count] of [
			[soon, 1],
			[past, 0],
		] as const) {
			const bank = newBank({ expiresAt });
			const matcher = matcherWith(bank, newEntry(bank.id, { hashType: "sha256", hash: digest("picture") }));
			expect(matcher.match(picture)).toHaveLength(count);
		}
	});
	test("an entry stops matching when the last of its opinions expires, without anyone changing it", () => {
		let now = nowMs;
		const matcher = createBankMatcher({ clock: { now: () => now } });
		const bank = newBank();
		matcher.apply({ sequence: 1, kind: "bank", bank });
		const opinions = [{ source: "a", kind: "positive", expiresAt: soon }] as const;
		matcher.apply({
			sequence: 2,
			kind: "entry",
			entry: newEntry(bank.id, { hashType: "sha256", hash: digest("picture"), opinions }),
		});
		expect(matcher.match(picture)).toHaveLength(1);
		now += 1;
		expect(matcher.match(picture)).toEqual([]);
	});
	test("an opinion that has expired no longer confirms", () => {
		const bank = newBank({ trusted: false, sources: ["a", "b"] });
		const opinions = [
			{ source: "a", kind: "positive" },
			{ source: "b", kind: "positive", expiresAt: past },
		] as const;
		const entry = newEntry(bank.id, { hashType: "sha256", hash: digest("picture"), opinions });
		expect(matcherWith(bank, entry).match(picture)[0]).toMatchObject({ standing: "probable", positiveSources: 1 });
	});
});

test("a match carries its sources' labels and the highest of their grades", () => {
	const bank = newBank();
	const opinions = [
		{ source: "a", kind: "positive", categories: ["a1"], severity: 2 },
		{ source: "b", kind: "positive", categories: ["a1", "b2"], severity: 4 },
		{ source: "c", kind: "investigate", categories: ["c3"], severity: 5 },
	] as const;
	const entry = newEntry(bank.id, { hashType: "sha256", hash: digest("picture"), opinions });
	expect(matcherWith(bank, entry).match(picture)[0]).toMatchObject({ categories: ["a1", "b2"], severity: 4 });
});

describe("looking a hash up", () => {
	test("answers every entry in reach with its bank, whatever the bank's settings and the entry's sources say", () => {
		const bank = newBank({ enabled: false, wideRadiusBits: 10 });
		const near = newEntry(bank.id, { hashType: "pdq", hash: withBitsFlipped(pdq, 31) });
		const withdrawn = newEntry(bank.id, { hashType: "pdq", hash: pdq, opinions: [{ source: "a", kind: "withdrawn" }] });
		const far = newEntry(bank.id, { hashType: "pdq", hash: withBitsFlipped(pdq, 32) });
		const found = matcherWith(bank, near, withdrawn, far).lookUp("pdq", pdq, 31);
		expect(found.map(({ entry, distanceBits }) => [entry.id, distanceBits]).toSorted()).toEqual(
			[
				[near.id, 31],
				[withdrawn.id, 0],
			].toSorted(),
		);
		expect(found.every((one) => one.bank.name === bank.name)).toBe(true);
	});

	test("of an exact hash takes no radius", () => {
		const bank = newBank();
		const entry = newEntry(bank.id, { hashType: "md5", hash: digest("picture", "md5") });
		const matcher = matcherWith(bank, entry);
		expect(matcher.lookUp("md5", digest("picture", "md5"), 31)).toMatchObject([{ distanceBits: 0 }]);
		expect(matcher.lookUp("md5", digest("another", "md5"), 31)).toEqual([]);
	});
});

describe("pictures known as harmless", () => {
	const ends = (ms: number) => new Date(nowMs + ms).toISOString();
	test("may overrule others while their bank counts", () => {
		expect(matcherWith(newBank({ kind: "exempt", owner: "lead", expiresAt: ends(1_000) })).mayExempt()).toBe(true);
	});
	test.each<readonly [string, Partial<BankSettings>]>([
		["of a bank that is over", { kind: "exempt", expiresAt: ends(0) }],
		["of one that is off", { kind: "exempt", expiresAt: ends(1_000), enabled: false }],
		["of one in shadow", { kind: "exempt", expiresAt: ends(1_000), shadow: true }],
		["where there are none", { kind: "known" }],
	])("may not: %s", (_what, settings) => {
		expect(matcherWith(newBank(settings)).mayExempt()).toBe(false);
	});
});

describe("stills of a video", () => {
	const seen = (name: string, fromMs: number, toMs: number, hash = digest(`pdq of ${name}`)) => {
		const { pdq } = hashesOf(name, hash);
		if (pdq === null) throw new Error("it has one");
		return { ...pdq, shown: [{ fromMs, toMs }] };
	};
	const video = { ...hashesOf("video"), pdq: seen("beginning", 0, 5_000) };

	test("an entry is where all those are that match it as strongly", () => {
		const bank = newBank();
		const entry = newEntry(bank.id, { hashType: "pdq", hash: pdq, quality: 80 });
		const stills = [
			seen("still", 5_000, 7_000, withBitsFlipped(pdq, 12)),
			seen("still", 7_000, 8_000, withBitsFlipped(pdq, 3)),
			seen("another", 8_000, 20_000),
			seen("still", 20_000, 21_000, withBitsFlipped(pdq, 20)),
			// Too far to count beside the others.
			seen("still", 21_000, 30_000, withBitsFlipped(pdq, 25)),
		];
		expect(matcherWith(bank, entry).match(video, stills)).toMatchObject([
			{
				...{ entryId: entry.id, distanceBits: 3 },
				shown: [
					{ fromMs: 5_000, toMs: 8_000 },
					{ fromMs: 20_000, toMs: 21_000 },
				],
			},
		]);
		const [far] = matcherWith(bank, entry).match(video, stills.slice(4));
		expect(far).toMatchObject({ distanceBits: 25, shown: [{ fromMs: 21_000, toMs: 30_000 }] });
	});

	test("that are a part of it find no known video, and any of a harmless one count for nothing", () => {
		const [known, harmless] = [
			newBank(),
			newBank({ kind: "exempt", expiresAt: new Date(nowMs + 1_000).toISOString() }),
		];
		const matcher = createBankMatcher({ clock: { now: () => nowMs } });
		const other = digest("pdq of other");
		const video = (names: readonly Uint8Array[]) => {
			const frames = names.map((hash) => ({ hash }));
			return { hashType: "vpdq", hash: hashOfFrames(frames), framePdqs: pdqsOf(frames) } as const;
		};
		const unseen = [1, 2, 3].map((at) => digest(`unseen ${at}`));
		for (const bank of [known, harmless]) matcher.apply({ sequence: 1, kind: "bank", bank });
		const entries = [
			newEntry(known.id, { hashType: "pdq", hash: pdq, quality: 80 }),
			newEntry(known.id, { hashType: "pdq", hash: other, quality: 80 }),
			newEntry(known.id, video([pdq, other])),
			newEntry(harmless.id, video([other, ...unseen])),
		];
		for (const entry of entries) matcher.apply({ sequence: 2, kind: "entry", entry });
		const stills = [seen("still", 0, 4_000, pdq), seen("other", 4_000, 9_000, other)];
		const found = (isPart: boolean) =>
			matcher
				.match({ ...hashesOf("video"), pdq: null }, stills, isPart)
				.filter(({ bankKind }) => bankKind === "known")
				.map(({ hashType, shown }) => [hashType, shown]);
		expect(found(true)).toEqual([
			["pdq", [{ fromMs: 0, toMs: 4_000 }]],
			["pdq", []],
		]);
		expect(found(false)).toContainEqual(["vpdq", [{ fromMs: 0, toMs: 9_000 }]]);
	});

	test("those that are known to be harmless count for nothing, and for no other still", () => {
		const known = newBank();
		const harmless = newBank({ kind: "exempt", expiresAt: new Date(nowMs + 1_000).toISOString() });
		const matcher = createBankMatcher({ clock: { now: () => nowMs } });
		for (const bank of [known, harmless]) {
			matcher.apply({ sequence: 1, kind: "bank", bank });
			const entry = newEntry(bank.id, { hashType: "pdq", hash: pdq, quality: 80 });
			matcher.apply({ sequence: 2, kind: "entry", entry });
		}
		const other = newEntry(known.id, { hashType: "pdq", hash: digest("pdq of other"), quality: 80 });
		matcher.apply({ sequence: 3, kind: "entry", entry: other });
		const found = matcher.match(video, [seen("still", 5_000, 9_000, pdq), seen("other", 9_000, 12_000)]);
		const shownOf = (kind: string) =>
			found.filter(({ bankKind }) => bankKind === kind).map(({ entryId, shown }) => [entryId === other.id, shown]);
		expect(shownOf("exempt")).toEqual([[false, [{ fromMs: 5_000, toMs: 9_000 }]]]);
		expect(shownOf("known")).toEqual([
			[false, []],
			[true, [{ fromMs: 9_000, toMs: 12_000 }]],
		]);
	});
});
