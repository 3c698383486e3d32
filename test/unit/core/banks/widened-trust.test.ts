import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type BankSettings, bankSettings, opinionKinds, settingsFault } from "../../../../services/core/banks/bank.ts";
import { proposedSettings } from "../../../../services/core/banks/bank-proposal.ts";
import { answerOf } from "../../../../services/core/banks/who-answers.ts";
import {
	asAnyNewBank,
	widenedSettings,
	widenings,
	withoutWidening,
} from "../../../../services/core/banks/widened-trust.ts";
import { decideVerdict } from "../../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";
import { matchedSignal } from "../../../../services/core/signals/matched/matched.ts";
import { digest, newBank, newEntry } from "../../../support/bank-fixtures.ts";

const before = newBank({
	...{ trusted: false, sources: ["a", "b"], allowedChange: { share: 0.1, addedEntries: 100 } },
	...{ enabledRatio: 0.5, tightRadiusBits: 20, wideRadiusBits: 25, expiresAt: "2027-01-01T00:00:00.000Z" },
});
const codes = (...pair: Parameters<typeof widenings>) => widenings(...pair).map(({ code }) => code);

describe("takes a second person", () => {
	test.each<[string, Partial<BankSettings>, string]>([
		["one source's word becoming enough", { trusted: true }, "becomes-trusted"],
		["another source's word counting by itself", { sources: ["a", "c"] }, "more-sources"],
		["fewer frames of a video", { videoShares: { ofItem: 0.7, ofEntry: 0 } }, "fewer-frames"],
		["one person changing more of it", { allowedChange: { share: 0.2, addedEntries: 100 } }, "one-changes-more"],
		["one person adding more to it", { allowedChange: { share: 0, addedEntries: 101 } }, "one-changes-more"],
		["answering for more of what comes", { enabledRatio: 0.6 }, "answers-for-more"],
		["a match being strong from farther away", { tightRadiusBits: 21 }, "strong-farther"],
		["a match being one from farther away", { wideRadiusBits: 26 }, "probable-farther"],
		["ending later", { expiresAt: "2027-01-02T00:00:00.000Z" }, "ends-later"],
		["ending never", { expiresAt: null }, "ends-later"],
	])("%s", (_what, change, code) => {
		expect(codes(before, { ...before, ...change })).toEqual([code]);
		expect(withoutWidening(before, { ...before, ...change })).toEqual({
			...before,
			...(code === "more-sources" && { sources: ["a"] }),
			...(code === "one-changes-more" &&
				"share" in (change.allowedChange ?? {}) && {
					allowedChange: { share: Math.min(0.1, change.allowedChange?.share ?? 0), addedEntries: 100 },
				}),
		});
	});
	test.each<[string, Partial<BankSettings>, string]>([
		["switching it on", { enabled: false }, "switched-on"],
		["taking it off trial", { shadow: true }, "out-of-shadow"],
		["letting it answer for anything at all", { enabledRatio: 0 }, "answers-for-more"],
	])("%s", (_what, still, code) => {
		expect(codes({ ...before, ...still }, before)).toEqual([code]);
	});
	test("a new bank that is more than any new bank is", () => {
		const plain = asAnyNewBank(before);
		expect(codes(plain, plain)).toEqual([]);
		const asked = { ...plain, trusted: true, tightRadiusBits: 31, shadow: false };
		expect(codes(asAnyNewBank(asked), asked)).toEqual(["strong-farther", "becomes-trusted"]);
	});
});

describe("one person may at once", () => {
	test.each<[string, Partial<BankSettings>]>([
		["leave it as it is", {}],
		["switch it off", { enabled: false }],
		["put it on trial", { shadow: true }],
		["draw its radii in", { tightRadiusBits: 3, wideRadiusBits: 3 }],
		["take trust away", { sources: [], allowedChange: { share: 0, addedEntries: 0 } }],
		["end it sooner", { expiresAt: "2026-01-01T00:00:00.000Z" }],
		["say whose it is and what it is about", { owner: "an", category: "ncii", name: "other" }],
		["set a bank that is on trial as wide as it is to be tried", { shadow: true, wideRadiusBits: 31, trusted: true }],
	])("%s", (_what, change) => {
		const after = { ...before, ...change };
		expect(widenings(before, after)).toEqual([]);
		expect(withoutWidening(before, after)).toEqual(after);
	});
});

/** Settings as people may have set them, not so far apart that two hardly ever compare. */
const settings = fc
	.record({
		trusted: fc.boolean(),
		sources: fc.subarray(["a", "b", "c"]),
		enabled: fc.boolean(),
		shadow: fc.boolean(),
		enabledRatio: fc.constantFrom(0, 0.5, 1),
		radii: fc.tuple(fc.integer({ min: 0, max: 31 }), fc.integer({ min: 0, max: 31 })),
		expiresAt: fc.constantFrom(null, "2026-06-01T00:00:00.000Z", "2027-06-01T00:00:00.000Z"),
		allowedChange: fc.record({ share: fc.constantFrom(0, 0.1, 1), addedEntries: fc.constantFrom(0, 10, 1_000) }),
	})
	.map(({ radii: [a, b], ...rest }): BankSettings => {
		const radii = { tightRadiusBits: Math.min(a, b), wideRadiusBits: Math.max(a, b) };
		return bankSettings.parse({ ...before, ...rest, ...radii });
	});

/** Something that may match the bank, and the moment at which it comes. */
const arrival = fc.record({
	hashType: fc.constantFrom("sha256" as const, "pdq" as const),
	distanceBits: fc.integer({ min: 0, max: 31 }),
	coin: fc.constantFrom(0, 0.25, 0.75),
	nowMs: fc.constantFrom(Date.UTC(2026, 0), Date.UTC(2026, 11), Date.UTC(2028, 0)),
	queryQuality: fc.constantFrom(40, 90),
	opinions: fc.uniqueArray(
		fc.record({ source: fc.constantFrom("a", "b", "c", "x", "here"), kind: fc.constantFrom(...opinionKinds) }),
		{ selector: ({ source }) => source, minLength: 1 },
	),
});
type Arrival = typeof arrival extends fc.Arbitrary<infer A> ? A : never;

const strength = { withhold: 2, review: 1, none: 0 };

/** How strongly the item is dealt with. */
function doneWith(bank: BankSettings, { hashType, opinions, nowMs, coin, ...how }: Arrival): number {
	const entry = newEntry(bank.id, { hashType, hash: digest("one"), opinions });
	const distanceBits = hashType === "sha256" ? 0 : how.distanceBits;
	const match = answerOf({ bank, entry, ...how, distanceBits }, { nowMs, coin });
	const signals = match === null ? [] : [matchedSignal("bank", "1", match)];
	return strength[decideVerdict(signals, "public", defaultPolicy).action];
}

test("what takes effect on one person's word never makes the bank withhold what it did not, of whatever comes", () => {
	fc.assert(
		fc.property(settings, settings, arrival, (was, asked, one) => {
			expect(doneWith(withoutWidening(was, asked), one)).toBeLessThanOrEqual(doneWith(was, one));
		}),
		{ numRuns: 3_000 },
	);
});

test("nothing waits exactly where all that is asked for takes effect at once, and what waits completes it", () => {
	fc.assert(
		fc.property(settings, settings, (was, asked) => {
			const now = withoutWidening(was, asked);
			expect(settingsFault(now)).toBeNull();
			expect(widenings(was, now)).toEqual([]);
			expect(widenings(was, asked).length === 0).toBe(JSON.stringify(now) === JSON.stringify(asked));
			const change = widenedSettings(now, asked);
			expect(proposedSettings({ kind: "settings", before: now, change })).toEqual(asked);
			expect(Object.keys(change)).toHaveLength(widenings(was, asked).length);
		}),
		{ numRuns: 2_000 },
	);
});

test("however many changes one person makes one after the other, the bank never withholds what it did not at first", () => {
	fc.assert(
		fc.property(settings, fc.array(settings, { maxLength: 6 }), arrival, (first, asked, one) => {
			const last = asked.reduce(withoutWidening, first);
			expect(doneWith(last, one)).toBeLessThanOrEqual(doneWith(first, one));
		}),
		{ numRuns: 3_000 },
	);
});
