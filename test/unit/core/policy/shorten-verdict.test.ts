import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { answerOf } from "../../../../services/core/banks/who-answers.ts";
import { type BankId, bankId, type EntryId, entryId, platformId, uuidv7 } from "../../../../services/core/ids.ts";
import { type BreakerScope, divertVerdict, scopeText } from "../../../../services/core/policy/breaker.ts";
import { decideVerdict } from "../../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";
import { readAndMore, readGrounds, toStoredGrounds } from "../../../../services/core/policy/recorded-grounds.ts";
import { shortenVerdict } from "../../../../services/core/policy/shorten-verdict.ts";
import type { Verdict } from "../../../../services/core/policy/verdict.ts";
import { matchedSignal, matchesOf } from "../../../../services/core/signals/matched/matched.ts";
import { scoredSignal } from "../../../../services/core/signals/scored/scored.ts";
import type { Signal } from "../../../../services/core/signals/signal.ts";
import { unavailableSignal } from "../../../../services/core/signals/unavailable/unavailable.ts";
import { digest, newBank, newEntry } from "../../../support/bank-fixtures.ts";

const platform = platformId.parse(uuidv7(1));
const policy = defaultPolicy;
const idOf = (number: number) => `019ab000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;
const bankOf = (number: number): BankId => bankId.parse(idOf(number));
const entryOf = (number: number): EntryId => entryId.parse(idOf(1_000_000 + number));

function decide(signals: readonly Signal[], open: ReadonlySet<string>) {
	const isOpen = (scope: BreakerScope) => open.has(scopeText(scope));
	const verdict = divertVerdict(decideVerdict(signals, "public", policy), platform, isOpen);
	return { verdict, ...shorten(verdict, isOpen) };
}
function shorten(verdict: Verdict, isOpen: (scope: BreakerScope) => boolean = () => false) {
	const { verdict: short, andMore } = shortenVerdict(verdict, { policy, isOpen });
	return { short, andMore };
}

describe("ten thousand near-alike entries", () => {
	const bank = newBank({ id: bankOf(1), name: "alike" });
	const matches = Array.from({ length: 10_000 }, (_, number) => {
		const opinions = [{ source: "list", kind: "positive" as const }];
		const entry = newEntry(bank.id, { id: entryOf(number), hashType: "pdq", hash: digest("one"), opinions });
		const found = { bank, entry, distanceBits: 31 - (number % 30), queryQuality: 90 };
		return matchedSignal("hash", "1", answerOf(found, { nowMs: 0, coin: 0 }) ?? never());
	});

	test("come to a record of a few kilobytes, with the nearest and how many there were", () => {
		const { verdict, short, andMore } = decide(matches, new Set());
		expect(short.signals.length).toBeLessThanOrEqual(8);
		const distances = matchesOf(short.signals).map(({ distanceBits }) => distanceBits);
		expect(Math.min(...distances)).toBe(2);
		expect(andMore).toEqual([{ bankId: bank.id, bankName: "alike", entries: 10_000 - short.signals.length }]);
		expect([short.tier, short.action]).toEqual([verdict.tier, verdict.action]);
		const row = JSON.stringify([short, toStoredGrounds(short.grounds, andMore)]);
		expect(row.length).toBeLessThan(50_000);
	});

	test("are withheld where all that are nearest are stopped one by one, and another is not", () => {
		const stopped = matches.filter(({ match }) => match.distanceBits < 15 || match.distanceBits > 15);
		const open = new Set(stopped.map(({ match }) => scopeText({ kind: "entry", key: match.entryId })));
		const { short } = decide(matches, open);
		expect([short.tier, short.action]).toEqual(["K2", "withhold"]);
		expect(decide(short.signals, open).verdict.action).toBe("withhold");
	});

	test("all stopped, are left to people, and the record names breakers of what it keeps only", () => {
		const open = new Set(matches.map(({ match }) => scopeText({ kind: "entry", key: match.entryId })));
		const { short } = decide(matches, open);
		expect([short.action, short.divertedBy.length]).toEqual(["review", short.withheldOn.length]);
		expect(short.divertedBy.length).toBeGreaterThan(0);
	});
});

test("a verdict of few entries is left as it is", () => {
	const bank = newBank({ id: bankOf(1) });
	const signals = [1, 2, 3].map((number) => {
		const entry = newEntry(bank.id, { id: entryOf(number), hashType: "sha256", hash: digest("one") });
		return matchedSignal("hash", "1", answerOf({ bank, entry, distanceBits: 0 }, { nowMs: 0, coin: 0 }) ?? never());
	});
	const { verdict, short, andMore } = decide(signals, new Set());
	expect([short, andMore]).toEqual([verdict, []]);
});

/** Banks of all sorts, each with many entries that answer, some of them stopped; and what else detectors say. */
const answered = fc.record({
	bank: fc.integer({ min: 0, max: 3 }),
	hashType: fc.constantFrom("sha256" as const, "pdq" as const),
	distanceBits: fc.integer({ min: 0, max: 31 }),
	queryQuality: fc.constantFrom(30, 90),
	transform: fc.constantFrom("none" as const, "flipX" as const, "trimmed" as const),
	isQuarantined: fc.boolean(),
	opinions: fc.constantFrom(["a"], ["a", "b"], ["a", "!b"], ["x"]),
	isStopped: fc.boolean(),
});
const kinds = fc.record({
	kind: fc.constantFrom("known" as const, "known" as const, "exempt" as const),
	trusted: fc.boolean(),
	shadow: fc.constantFrom(false, false, true),
	category: fc.constantFrom("csam", "ncii"),
	isStopped: fc.constantFrom(false, false, false, true),
});
const others = fc.subarray<Signal>([
	unavailableSignal("media", "1", "undecodable"),
	...["model", "text"].map((detector) =>
		scoredSignal({
			detector,
			version: "1",
			model: "m",
			backend: "wasm",
			category: "adult",
			probability: 1,
			labels: {},
		}),
	),
]);

interface Situation {
	readonly signals: readonly Signal[];
	readonly open: ReadonlySet<string>;
}
const situation = fc
	.record({
		banks: fc.array(kinds, { minLength: 4, maxLength: 4 }),
		answers: fc.array(answered, { maxLength: 60 }),
		others,
		isPlatformStopped: fc.constantFrom(false, false, false, true),
	})
	.map(({ banks, answers, others: rest, isPlatformStopped }): Situation => {
		const open = new Set<string>();
		if (isPlatformStopped) open.add(scopeText({ kind: "platform", key: platform }));
		const settings = banks.map(({ isStopped, ...one }, number) => {
			if (isStopped) open.add(scopeText({ kind: "bank", key: bankOf(number) }));
			return newBank({ id: bankOf(number), name: `bank-${number}`, sources: ["a", "b"], ...one });
		});
		const matches = answers.flatMap(({ bank: at, opinions, isStopped, isQuarantined, hashType, ...how }, number) => {
			const bank = settings[at] ?? never();
			const said = opinions.map((one) => ({
				...{ source: one.replace("!", ""), kind: one.startsWith("!") ? ("negative" as const) : ("positive" as const) },
			}));
			const kept = { id: entryOf(number), hashType, hash: digest("one"), opinions: said, isQuarantined };
			if (isStopped) open.add(scopeText({ kind: "entry", key: kept.id }));
			const found = hashType === "sha256" ? { distanceBits: 0 } : how;
			return answerOf({ bank, entry: newEntry(bank.id, kept), ...found }, { nowMs: 0, coin: 0 }) ?? [];
		});
		return { signals: [...matches.map((match) => matchedSignal("hash", "1", match)), ...rest], open };
	});

const conclusionOf = ({ signals: _signals, grounds, withheldOn: _on, divertedBy, ...verdict }: Verdict) => ({
	...verdict,
	divertedBy: divertedBy.filter((text) => !text.startsWith("entry:")),
	reasons: [...new Set(grounds.map(({ tier, reasons }) => `${tier}: ${reasons.join(" ")}`))].toSorted(),
});

/** Banks in shadow are named as their entries come, which says nothing. */
const banksInOrder = ({ shadowOutcomes, ...verdict }: Verdict) => ({
	...verdict,
	shadowOutcomes: shadowOutcomes.toSorted((a, b) => (a.on < b.on ? -1 : 1)),
});

test("whatever answers, the shortened verdict concludes the same for the same reasons, and so does whoever weighs it anew", () => {
	fc.assert(
		fc.property(situation, ({ signals, open }) => {
			const { verdict, short, andMore } = decide(signals, open);
			expect(conclusionOf(short)).toEqual(conclusionOf(verdict));
			const again = decide(short.signals, open);
			expect(banksInOrder(again.verdict)).toEqual(banksInOrder(short));
			expect(again.andMore).toEqual([]);
			const left = andMore.reduce((sum, { entries }) => sum + entries, 0);
			expect(short.signals.length + left).toBe(signals.length);
		}),
		{ numRuns: 300 },
	);
});

test("however many entries of a bank answer, the record keeps no more than of fewer", () => {
	fc.assert(
		fc.property(situation, ({ signals, open }) => {
			const many = Array.from({ length: 5 }, (_, copy) =>
				signals.map((signal) => {
					const [match] = matchesOf([signal]);
					if (match === undefined || copy === 0) return signal;
					return matchedSignal("hash", "1", { ...match, entryId: entryOf(1_000 * copy + Number(match.distanceBits)) });
				}),
			).flat();
			const banks = new Set(matchesOf(many).map((match) => match.bankId)).size;
			const { verdict, short } = decide(many, open);
			const weights = new Set(
				verdict.grounds.map(({ alone, tier, reasons }) => JSON.stringify([alone, tier, reasons])),
			);
			// Each weight stopped by a breaker or not, and in shadow with what it would be outside of it.
			expect(matchesOf(short.signals).length).toBeLessThanOrEqual(banks * (4 + 4 * weights.size));
		}),
		{ numRuns: 200 },
	);
});

test("what was left out is read from the record as it was written, and older rows left nothing out", () => {
	const andMore = [{ bankId: bankOf(1), bankName: "alike", entries: 9_990 }];
	const row = { signals: [], policyRevision: policy.revision, divertedBy: [] };
	const grounds = JSON.parse(JSON.stringify(toStoredGrounds([], andMore)));
	expect(readAndMore({ grounds })).toEqual(andMore);
	expect(readGrounds({ ...row, grounds })).toEqual({ kind: "kept", grounds: [] });
	for (const before of [null, toStoredGrounds([])]) expect(readAndMore({ grounds: before })).toEqual([]);
});

function never(): never {
	throw new Error("it answers");
}
