import { describe, expect, test } from "@jest/globals";
import type { Match } from "../../../../services/core/banks/bank.ts";
import { bankId, entryId, uuidv7 } from "../../../../services/core/ids.ts";
import { certainOf, decideVerdict } from "../../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";
import { matchesOf } from "../../../../services/core/signals/matched/matched.ts";
import type { Signal } from "../../../../services/core/signals/signal.ts";
import { newMatch, ofNearText } from "../../../support/bank-fixtures.ts";

function matched(match: Partial<Match>): Signal {
	return {
		kind: "matched",
		detector: "hash",
		version: "1",
		match: newMatch({ category: "csam", ...match }),
	};
}
const newEntryId = () => entryId.parse(uuidv7(Date.now()));
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
	test.each(["rotate90", "trimmed", "uncroppedMirrored"] as const)(
		"a near copy found %s is the picture itself",
		(transform) => {
			expect(verdictOf(matched({ transform }))).toBe("K2 withhold");
		},
	);
	test("a near copy within the tight radius, of good quality on both sides, is K2", () => {
		expect(verdictOf(matched({ distanceBits: 20 }))).toBe("K2 withhold");
	});
});

describe("a verdict names the entries on whose word alone it withholds", () => {
	const entryOf = (signal: Signal) => matchesOf([signal])[0]?.entryId;
	const withheldOn = (...signals: readonly Signal[]) => decideVerdict(signals, "public", defaultPolicy).withheldOn;

	test("each of them once, however often it matches", () => {
		const [exact, near] = [matched({ hashType: "sha256", distanceBits: 0 }), matched({ entryId: newEntryId() })];
		expect(withheldOn(exact, near, exact)).toEqual([entryOf(exact), entryOf(near)]);
	});
	test.each([
		["what only asks people", matched({ entryId: newEntryId(), distanceBits: 21 })],
		["a nearly same text beside the same one", matched({ entryId: newEntryId(), ...ofNearText, distanceBits: 0 })],
		["a near copy of poor quality", matched({ entryId: newEntryId(), queryQuality: 49 })],
	])("and not %s", (_what, signal) => {
		const exact = matched({ hashType: "text", distanceBits: 0 });
		expect(withheldOn(exact, signal)).toEqual([entryOf(exact)]);
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
	test.each([
		["the nearly same text, however near", matched({ ...ofNearText, distanceBits: 0 })],
		["the nearly same text, of a bank verified here", matched({ ...ofNearText, distanceBits: 31 })],
		["a known text that is spelled otherwise", matched({ hashType: "text", distanceBits: 0, transform: "respelled" })],
		[
			"a known text within another",
			matched({ hashType: "text", distanceBits: 0, transform: "excerpt", trusted: true }),
		],
	])("%s", (_what, signal) => {
		expect(verdictOf(signal)).toBe("K3 review");
	});
	test("a picture found only in another framing, where the policy says so; turned or mirrored it is still the picture", () => {
		const nearTiers = { ...defaultPolicy.nearTiers, reframed: "K3" } as const;
		const strict = { ...defaultPolicy, nearTiers };
		const tierOf = (...signals: readonly Signal[]) => decideVerdict(signals, "public", strict).tier;
		expect(tierOf(matched({ transform: "trimmed", distanceBits: 0 }))).toBe("K3");
		expect(tierOf(matched({ transform: "rotate90" }))).toBe("K2");
		expect(tierOf(matched({ bankKind: "exempt", transform: "trimmed", distanceBits: 0 }), matched({}))).toBe("K2");
	});
	test("a known picture that a video shows for less than three seconds; for longer it is as strong as by itself", () => {
		const shownFor = (...lengthsMs: readonly number[]) =>
			verdictOf(matched({ shown: lengthsMs.map((ms, at) => ({ fromMs: at * 60_000, toMs: at * 60_000 + ms })) }));
		expect(shownFor(2_900)).toBe("K3 review");
		expect(shownFor(3_000)).toBe("K2 withhold");
		// Several times together.
		expect(shownFor(1_000, 1_000, 1_000)).toBe("K2 withhold");
		const strict = { ...defaultPolicy, shortestShownMs: 10_000 };
		const shown = [{ fromMs: 0, toMs: 9_000 }];
		expect(decideVerdict([matched({ shown })], "public", strict)).toMatchObject({
			tier: "K3",
			grounds: [{ reasons: ["shown-briefly"], limits: { shortestShownMs: 10_000 } }],
		});
		expect(verdictOf(matched({ hashType: "sha256", distanceBits: 0 }))).toBe("K1 withhold");
	});
	test("a known picture in an animation: where a few of its frames show it; it is shown again at every turn", () => {
		const inTurnOf = (turnMs: number, toMs: number) => verdictOf(matched({ shown: [{ fromMs: 0, toMs }], turnMs }));
		expect(inTurnOf(1_000, 300)).toBe("K2 withhold");
		expect(inTurnOf(1_000, 200)).toBe("K3 review");
		// A long one has not been seen twice: the time itself counts.
		expect(inTurnOf(60_000, 3_000)).toBe("K2 withhold");
		expect(inTurnOf(60_000, 2_000)).toBe("K3 review");
	});
	test("and a harmless still exempts no other still of a video", () => {
		const shown = [{ fromMs: 0, toMs: 60_000 }];
		const harmless = matched({ entryId: newEntryId(), bankKind: "exempt", distanceBits: 0, shown });
		expect(verdictOf(harmless, matched({ shown }))).toBe("K2 withhold");
		expect(verdictOf(harmless, matched({ shown: [] }))).toBe("none none");
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

describe("a known harmless picture", () => {
	const exempt = (match: Partial<Match> = {}) => matched({ bankKind: "exempt", distanceBits: 3, ...match });
	const exact = (match: Partial<Match> = {}) => matched({ hashType: "sha256", distanceBits: 0, ...match });

	test("wins over a near copy, an exact one of a bank that is not trusted, and a model", () => {
		expect(verdictOf(exempt(), matched({ distanceBits: 5 }), exact({ trusted: false }), scored(0.99))).toBe(
			"none none",
		);
	});
	test("but not over a confirmed exact hash of a trusted bank", () => {
		expect(verdictOf(exempt(), exact())).toBe("K1 withhold");
	});
	test("wins over a trusted exact hash that its sources dispute", () => {
		expect(verdictOf(exempt(), exact({ standing: "disputed" }))).toBe("none none");
	});
	test("is no excuse by a text that is nearly the same as a harmless one", () => {
		expect(verdictOf(exempt(ofNearText), matched({ distanceBits: 5 }))).toBe("K2 withhold");
	});
	test("is no excuse where it is itself only probable, distant, or in shadow", () => {
		for (const weak of [{ standing: "probable" }, { distanceBits: 21 }, { shadow: true }] as const)
			expect(verdictOf(exempt(weak), matched({ distanceBits: 5 }))).toBe("K2 withhold");
	});
});

describe("an entry in quarantine asks people, whatever it matches and however exactly", () => {
	const quarantined = { isQuarantined: true } as const;
	test("it withholds nothing and drops nothing", () => {
		expect(verdictOf(matched({ ...quarantined, hashType: "sha256", distanceBits: 0 }))).toBe("K3 review");
		expect(verdictOf(matched({ ...quarantined, distanceBits: 2 }))).toBe("K3 review");
	});
	test("another entry that is not in quarantine still withholds", () => {
		expect(verdictOf(matched(quarantined), matched({ distanceBits: 20 }))).toBe("K2 withhold");
	});
	test("an exemption does not hide what a trusted exact entry in quarantine matches", () => {
		const exact = matched({ ...quarantined, hashType: "sha256", distanceBits: 0 });
		expect(verdictOf(matched({ bankKind: "exempt", distanceBits: 3 }), exact)).toBe("K3 review");
	});
	test("an exemption in quarantine hides nothing more, and what it hid goes to people", () => {
		const exempt = matched({ ...quarantined, bankKind: "exempt", distanceBits: 3 });
		expect(verdictOf(exempt, matched({ distanceBits: 5 }))).toBe("K3 review");
		expect(verdictOf(exempt, clear)).toBe("none none");
	});
});

describe("a bank in shadow changes nothing and records what it would have done", () => {
	const shadowOf = (...signals: readonly Signal[]) => decideVerdict(signals, "public", defaultPolicy).shadow;
	const inShadow = matched({ shadow: true, hashType: "sha256", distanceBits: 0 });
	test("it would have withheld", () => {
		expect(verdictOf(inShadow, clear)).toBe("none none");
		expect(shadowOf(inShadow, clear)).toEqual({ tier: "K1", action: "withhold" });
	});
	test("it would have let pass what is withheld: an exemption under trial", () => {
		const exempt = matched({ shadow: true, bankKind: "exempt", distanceBits: 0 });
		expect(verdictOf(exempt, matched({}))).toBe("K2 withhold");
		expect(shadowOf(exempt, matched({}))).toEqual({ tier: "none", action: "none" });
	});
	test("each bank in shadow by itself, whatever the others would have done", () => {
		const [first, second] = [bankId.parse(uuidv7(1)), bankId.parse(uuidv7(2))];
		const strong = matched({ shadow: true, bankId: first, hashType: "sha256", distanceBits: 0 });
		const weak = matched({ shadow: true, bankId: second, distanceBits: 31 });
		const outcomes = (...signals: readonly Signal[]) => decideVerdict(signals, "public", defaultPolicy).shadowOutcomes;
		expect(outcomes(strong, weak, weak)).toEqual([
			{ on: `bank:${first}`, action: "withhold" },
			{ on: `bank:${second}`, action: "review" },
		]);
		expect(outcomes(strong, matched({}))).toEqual([{ on: `bank:${first}`, action: null }]);
		expect(outcomes(matched({}), clear)).toEqual([]);
	});
	test("nothing is recorded where it would have changed nothing, or no bank is in shadow", () => {
		expect(shadowOf(inShadow, matched({ hashType: "md5", distanceBits: 0 }))).toBeNull();
		expect(shadowOf(matched({}))).toBeNull();
	});
});

test("public spread is more urgent than a direct message", () => {
	const urgency = (surface: "public" | "direct") => decideVerdict([matched({})], surface, defaultPolicy).urgency;
	expect(urgency("public")).toBeGreaterThan(urgency("direct"));
});

describe("what is certain before anything has been decoded", () => {
	const exact = { hashType: "sha256", distanceBits: 0 } as const;
	test("is an exact hash of a trusted bank: no exemption overrules it", () => {
		expect(certainOf([matched({ ...exact, trusted: true })], defaultPolicy)).toHaveLength(1);
	});
	test.each([
		[
			"an exact hash that several sources confirm: a picture known as harmless may be found",
			{ ...exact, trusted: false },
		],
		["an exact hash that is disputed", { ...exact, trusted: true, standing: "disputed" }],
		["a near match", { hashType: "pdq", distanceBits: 0, trusted: true }],
		["a bank in shadow", { ...exact, trusted: true, shadow: true }],
		["a picture known as harmless", { ...exact, trusted: true, bankKind: "exempt" }],
	] as const)("is not %s", (_what, match) => {
		expect(certainOf([matched(match)], defaultPolicy)).toEqual([]);
	});
});
