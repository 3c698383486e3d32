import { describe, expect, test } from "@jest/globals";
import { bankId, entryId, uuidv7 } from "../../../../services/core/ids.ts";
import type { Match } from "../../../../services/core/matching/bank.ts";
import { decideVerdict } from "../../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";
import type { Signal } from "../../../../services/core/policy/signal.ts";

function matched(match: Partial<Match>): Signal {
	return {
		kind: "matched",
		detector: "hash",
		version: "1",
		match: {
			bankId: bankId.parse(uuidv7(0)),
			bankName: "known",
			bankKind: "known",
			category: "csam",
			trusted: true,
			shadow: false,
			entryId: entryId.parse(uuidv7(0)),
			hashType: "pdq",
			distanceBits: 10,
			tightRadiusBits: 20,
			wideRadiusBits: 31,
			transform: "none",
			queryQuality: 90,
			entryQuality: 90,
			standing: "confirmed",
			positiveSources: 2,
			...match,
		},
	};
}
const clear: Signal = { kind: "clear", detector: "hash", version: "1" };
const undecodable: Signal = { kind: "unavailable", detector: "media", version: "1", reason: "undecodable" };
const scored = (probability: number): Signal => ({
	kind: "scored",
	detector: "model",
	version: "1",
	model: "m",
	backend: "cpu",
	category: "adult",
	probability,
	labels: {},
});
const verdictOf = (...signals: readonly Signal[]) => {
	const { tier, action } = decideVerdict(signals, "public", defaultPolicy);
	return `${tier} ${action}`;
};

describe("a machine withholds what is known", () => {
	test("an exact hash that is confirmed is K1", () => {
		expect(verdictOf(matched({ hashType: "sha256", distanceBits: 0 }))).toBe("K1 withhold");
	});
	test("a near copy within the tight radius, of good quality on both sides, is K2", () => {
		expect(verdictOf(matched({ distanceBits: 20 }))).toBe("K2 withhold");
	});
});

describe("a machine asks people about what is only probable", () => {
	test.each([
		["a near copy beyond the tight radius", matched({ distanceBits: 21 })],
		["an entry that only one source holds", matched({ standing: "probable", positiveSources: 1 })],
		["an exact hash that only one source holds", matched({ hashType: "md5", distanceBits: 0, standing: "probable" })],
		["a disputed entry, even matched exactly", matched({ hashType: "sha256", distanceBits: 0, standing: "disputed" })],
		["a near copy of poor quality", matched({ queryQuality: 49 })],
	])("%s", (_what, signal) => {
		expect(verdictOf(signal)).toBe("K3 review");
	});
	test("a distant look-alike of poor quality is noise, not evidence", () => {
		expect(verdictOf(matched({ queryQuality: 10, distanceBits: 25 }), clear)).toBe("none none");
	});
	test("a model over its threshold, and never more than review, however sure it is", () => {
		expect(verdictOf(clear, scored(1))).toBe("M review");
		expect(verdictOf(clear, scored(0.79))).toBe("none none");
	});
});

describe("what could not be computed is never clear", () => {
	test("it goes to people though nothing was found", () => {
		expect(verdictOf(undecodable)).toBe("none review");
		expect(decideVerdict([undecodable], "public", defaultPolicy).isIncomplete).toBe(true);
	});
	test("it does not weaken what was found", () => {
		expect(verdictOf(undecodable, matched({ hashType: "sha256", distanceBits: 0 }))).toBe("K1 withhold");
	});
});

describe("exemptions and shadows", () => {
	const exempt = matched({ bankKind: "exempt", distanceBits: 3 });
	test("a known harmless picture wins over a near copy and a model", () => {
		expect(verdictOf(exempt, matched({ distanceBits: 5 }), scored(0.99))).toBe("none none");
	});
	test("but not over a confirmed exact hash", () => {
		expect(verdictOf(exempt, matched({ hashType: "sha256", distanceBits: 0 }))).toBe("K1 withhold");
	});
	test("a bank in shadow changes nothing", () => {
		expect(verdictOf(matched({ shadow: true, hashType: "sha256", distanceBits: 0 }), clear)).toBe("none none");
	});
});

test("public spread is more urgent than a direct message", () => {
	const urgency = (surface: "public" | "direct") => decideVerdict([matched({})], surface, defaultPolicy).urgency;
	expect(urgency("public")).toBeGreaterThan(urgency("direct"));
});
