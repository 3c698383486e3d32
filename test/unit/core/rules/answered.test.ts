// Whether what a rule asks about an account was answered by people who let it be.
import { describe, expect, test } from "@jest/globals";
import { caseId, uuidv7 } from "../../../../services/core/ids.ts";
import { advisedBy } from "../../../../services/core/measures/advice.ts";
import { decideVerdict } from "../../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";
import { letBeAmong, withAnswer } from "../../../../services/core/rules/answered.ts";
import { type RuleSignal, ruleSignal, spokenBy } from "../../../../services/core/signals/rule/rule-signal.ts";

const [first, second] = [caseId.parse(uuidv7(1)), caseId.parse(uuidv7(2))];
const at = new Date("2026-06-01T00:00:00.000Z");
const dayMs = 86_400_000;
const daysLater = (days: number) => at.getTime() + days * dayMs;

function asks(count: number, change: Partial<RuleSignal> = {}): RuleSignal {
	return ruleSignal({
		...{ rule: "busy", revision: 1, stage: "live", outcome: "held", category: null, known: null },
		...{ does: { review: true, friction: true }, isOnModelAlone: false, isOfAuthor: true },
		...{ tallies: { "account.items1d": count }, ...change },
	});
}

const seen = (...counts: readonly number[]) =>
	letBeAmong(counts.map((count) => ({ caseId: first, at, signal: asks(count) })));
const hear = (said: RuleSignal, letBe = seen(5, 8, 6), day = 1, days = 30) =>
	withAnswer(said, letBe, { days, arrivedAtMs: daysLater(day) });

describe("people let be what a rule had asked about an account", () => {
	test("the same rule is silent about it: nobody is asked, and nothing that it advises follows", () => {
		const said = hear(asks(9));
		expect(said.answered).toEqual({ caseId: first, at: at.toISOString(), until: "2026-07-01T00:00:00.000Z" });
		expect(decideVerdict([said], "public", defaultPolicy)).toMatchObject({ tier: "none", action: "none" });
		expect(decideVerdict([said], "public", defaultPolicy).grounds[0]?.reasons).toEqual(["rule-answered"]);
		expect(advisedBy([said])).toEqual([]);
		expect(spokenBy(said)).toBeNull();
	});

	test("it asks again once it counts as much again as the most that they saw, and says so", () => {
		expect(hear(asks(15)).answered).toBeDefined();
		const said = hear(asks(16));
		expect(said).toMatchObject({ askedBefore: { caseId: first, because: "as-much-again" } });
		expect(decideVerdict([said], "public", defaultPolicy)).toMatchObject({ tier: "T", action: "review" });
		expect(hear(asks(1), seen(0)).askedBefore?.because).toBe("as-much-again");
		expect(hear(asks(0), seen(0)).answered).toBeDefined();
	});

	test("it asks again when the time that the policy gives has passed", () => {
		expect(hear(asks(8), seen(8), 29).answered).toBeDefined();
		expect(hear(asks(8), seen(8), 30)).toMatchObject({ askedBefore: { because: "long-ago" } });
		expect(hear(asks(8), seen(8), 1, 1).askedBefore?.because).toBe("long-ago");
	});

	test("what came before they decided was asked about as well", () => {
		expect(hear(asks(8), seen(8), -1).answered).toBeDefined();
	});

	test("another rule, another revision, and a rule about the item itself ask as ever", () => {
		expect(hear(asks(8, { rule: "other" }))).toEqual(asks(8, { rule: "other" }));
		const revised = asks(8, { revision: 2 });
		expect(hear(revised)).toEqual(revised);
		const { isOfAuthor: _, ...ofItem } = asks(8);
		expect(hear(ofItem)).toEqual(ofItem);
		const failed = asks(8, { outcome: "failed" });
		expect(hear(failed)).toEqual(failed);
		const onTrial = asks(8, { stage: "shadow" });
		expect(hear(onTrial)).toEqual(onTrial);
	});
});

test("a later case in which the rule was silent does not make its answer last longer", () => {
	const answered = hear(asks(9));
	const later = new Date(daysLater(20));
	const letBe = letBeAmong([
		{ caseId: second, at: later, signal: answered },
		{ caseId: second, at: later, signal: asks(1, { rule: "other" }) },
		{ caseId: first, at, signal: asks(8) },
	]);
	expect(letBe.map(({ rule, at: on }) => [rule, on])).toEqual([
		["other", later],
		["busy", at],
	]);
	expect(hear(asks(8), letBe, 31).askedBefore?.because).toBe("long-ago");
});

test("of several cases the last one counts, with what it counted", () => {
	const later = new Date(daysLater(20));
	const letBe = letBeAmong([
		{ caseId: second, at: later, signal: asks(20) },
		{ caseId: first, at, signal: asks(50) },
	]);
	expect(letBe).toEqual([{ caseId: second, at: later, rule: "busy", revision: 1, tallies: { "account.items1d": 20 } }]);
});

test("verdicts of before did not say what they counted: then time alone makes it ask again", () => {
	const { tallies: _, ...before } = asks(8);
	const letBe = letBeAmong([{ caseId: first, at, signal: before }]);
	expect(hear(asks(500), letBe).answered).toBeDefined();
});
