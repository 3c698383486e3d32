// Why each signal counted, or did not. Which tier and action come of it is in decide-verdict.test.ts.
import { describe, expect, test } from "@jest/globals";
import type { Match } from "../../../../services/core/banks/bank.ts";
import { platformId, uuidv7 } from "../../../../services/core/ids.ts";
import { divertVerdict, everything } from "../../../../services/core/policy/breaker.ts";
import { decideVerdict } from "../../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy, policyOfRevision } from "../../../../services/core/policy/policy.ts";
import { readGrounds, toStoredGrounds } from "../../../../services/core/policy/recorded-grounds.ts";
import { clearSignal } from "../../../../services/core/signals/clear/clear.ts";
import { matchedSignal } from "../../../../services/core/signals/matched/matched.ts";
import { scoredSignal } from "../../../../services/core/signals/scored/scored.ts";
import type { Signal } from "../../../../services/core/signals/signal.ts";
import { unavailableSignal } from "../../../../services/core/signals/unavailable/unavailable.ts";
import { newMatch, ofNearText } from "../../../support/bank-fixtures.ts";

const matched = (match: Partial<Match>): Signal => matchedSignal("hash", "1", newMatch(match));
const exact = { hashType: "sha256", distanceBits: 0 } as const;
const exempt = { bankKind: "exempt", distanceBits: 3 } as const;
const scored = (probability: number, category = "adult"): Signal =>
	scoredSignal({ detector: "model", version: "1", model: "m", backend: "cpu", category, probability, labels: {} });
const clear = clearSignal("hash", "1");

const verdictOf = (...signals: readonly Signal[]) => decideVerdict(signals, "public", defaultPolicy);
/** Alone, in the verdict, why not more. */
const groundsOf = (...signals: readonly Signal[]) =>
	verdictOf(...signals).grounds.map(({ alone, tier, reasons }) => [alone, tier, ...reasons].join(" "));

describe("each signal's ground says what it comes to by itself, and why not to more", () => {
	test.each([
		["a confirmed exact hash", matched(exact), "K1 K1"],
		["one that only one source holds", matched({ ...exact, standing: "probable" }), "K3 K3 entry-probable"],
		["one that its sources dispute", matched({ ...exact, standing: "disputed" }), "K3 K3 entry-disputed"],
		["an entry in quarantine", matched({ ...exact, isQuarantined: true }), "K3 K3 entry-in-quarantine"],
		["a bank on trial", matched({ ...exact, shadow: true }), "none none in-shadow"],
		["a near copy", matched({}), "K2 K2"],
		["a distant one", matched({ distanceBits: 21 }), "K3 K3 beyond-tight-radius"],
		["a poor one", matched({ queryQuality: 49 }), "K3 K3 low-quality"],
		[
			"a distant and poor one",
			matched({ queryQuality: 49, distanceBits: 21 }),
			"none none low-quality beyond-tight-radius",
		],
		["a nearly same text", matched({ ...ofNearText, distanceBits: 0 }), "K3 K3 near-asks-people"],
		["an exemption", matched(exempt), "none none known-harmless"],
		["a distant one", matched({ ...exempt, distanceBits: 21 }), "none none too-weak-to-exempt"],
		["a high score", scored(0.8), "M M"],
		["a low one", scored(0.79), "none none under-threshold"],
		["one of a category that has no threshold", scored(1, "other"), "none none without-threshold"],
		["a detector that found nothing", clear, "none none found-nothing"],
		["one that failed", unavailableSignal("media", "1", "truncated"), "none none not-computed"],
	])("%s", (_what, signal, ground) => {
		expect(groundsOf(signal)).toEqual([ground]);
	});

	test("with the figures of the policy that it was held against", () => {
		const [near, score] = verdictOf(matched({}), scored(0.5)).grounds;
		expect([near?.limits, score?.limits]).toEqual([{ minimumQuality: 50 }, { threshold: 0.8 }]);
	});
});

describe("beside the item's other signals", () => {
	test("an exemption takes what counted by itself out of the verdict, and says so", () => {
		expect(groundsOf(matched(exempt), matched({}), scored(0.9), clear)).toEqual([
			"none none known-harmless",
			"K2 none exempted",
			"M none exempted",
			"none none found-nothing",
		]);
		expect(verdictOf(matched(exempt), matched({})).grounds.map(({ counted }) => counted)).toEqual([true, false]);
	});
	test("but not what no exemption overrules", () => {
		expect(groundsOf(matched(exempt), matched(exact))[1]).toBe("K1 K1");
	});
	test("an exemption in quarantine leaves to people what would have been withheld, and nothing else", () => {
		const doubtful = matched({ ...exempt, isQuarantined: true });
		expect(groundsOf(doubtful, matched({}), matched({ distanceBits: 21 }))).toEqual([
			"none none entry-in-quarantine",
			"K2 K3 exemption-in-quarantine",
			"K3 K3 beyond-tight-radius",
		]);
	});
	test("an open breaker is named where it kept what was enough from withholding", () => {
		const verdict = verdictOf(matched({}), scored(0.9));
		const diverted = divertVerdict(verdict, platformId.parse(uuidv7(1)), (scope) => scope.kind === everything.kind);
		expect(diverted.grounds.map(({ reasons }) => reasons)).toEqual([["diverted"], []]);
	});
});

describe("grounds of the record", () => {
	const verdict = verdictOf(matched({}), scored(0.9));
	const allSorts = [exact, { ...exempt, isQuarantined: true }, exempt, { shadow: true }, { queryQuality: 1 }].map(
		matched,
	);
	const row = { signals: verdict.signals, policyRevision: 2, divertedBy: [] };

	test("are what was written, whatever the policy says now", () => {
		const grounds = JSON.parse(JSON.stringify(toStoredGrounds(verdict.grounds)));
		const strict = { ...defaultPolicy, minimumQuality: 100, modelThresholds: {} };
		expect(readGrounds({ ...row, grounds }, undefined, () => strict)).toEqual({
			kind: "kept",
			grounds: verdict.grounds,
		});
	});
	test("come back as they were, whatever they say", () => {
		for (const signals of [
			[...allSorts, clear, scored(0.1)],
			allSorts.slice(0, 2),
			[matched({ bankKind: "exempt" })],
		]) {
			const { grounds } = verdictOf(...signals);
			const written = JSON.parse(JSON.stringify(toStoredGrounds(grounds)));
			expect(readGrounds({ ...row, signals, grounds: written })).toEqual({ kind: "kept", grounds });
		}
	});
	test("of a verdict from before they were kept come from the revision that it names", () => {
		expect(readGrounds({ ...row, grounds: null })).toEqual({ kind: "kept", grounds: verdict.grounds });
		expect(policyOfRevision(1)?.nearTiers.text).toBe("K2");
	});
	test("say that nobody knows, where nobody knows that revision", () => {
		expect(readGrounds({ ...row, policyRevision: 99, grounds: null })).toEqual({
			kind: "unknown",
			reason: "policy-unknown",
		});
	});
	test("of a shape that this version does not know are refused, not guessed", () => {
		expect(() => readGrounds({ ...row, grounds: { schemaVersion: 2, grounds: [] } })).toThrow();
	});
});
