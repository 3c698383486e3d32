// What rules advise short of hiding, which of it a machine does by itself, and what becomes of that once nobody asks the rule any more.
import { describe, expect, test } from "@jest/globals";
import { platformId, uuidv7 } from "../../../../services/core/ids.ts";
import { advisedBy, advisesLimit, leftToMachines, orderOnArrival } from "../../../../services/core/measures/advice.ts";
import { afterRule } from "../../../../services/core/measures/after-rule.ts";
import type { BreakerScope } from "../../../../services/core/policy/breaker.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";
import type { VerdictAction } from "../../../../services/core/policy/verdict.ts";
import { type RuleSignal, ruleSignal } from "../../../../services/core/signals/rule/rule-signal.ts";

const platform = platformId.parse(uuidv7(1));
const said = (change: Partial<RuleSignal> = {}) =>
	ruleSignal({
		...{ rule: "many-links", revision: 1, stage: "live", outcome: "held", category: null, known: null },
		...{ does: { review: true, limitSpread: true }, isOnModelAlone: false, ...change },
	});
const machine = { ...defaultPolicy, spreadLimits: "machine" } as const;

describe("a rule advises", () => {
	test("what it says, once, by the first of those that say so", () => {
		const advice = [{ measure: { kind: "limit-spread" }, rule: "many-links" }];
		expect(advisedBy([said(), said({ rule: "shouting" })])).toEqual(advice);
		expect(advisesLimit([said({ does: { review: true } })])).toBe(false);
	});

	test("labels and friction, too, each label by its name", () => {
		const does = { label: "advertising", friction: true } as const;
		const signals = [said({ does }), said({ rule: "other", does: { label: "spam", friction: true } })];
		expect(advisedBy(signals)).toEqual([
			{ measure: { kind: "label", label: "advertising" }, rule: "many-links" },
			{ measure: { kind: "friction" }, rule: "many-links" },
			{ measure: { kind: "label", label: "spam" }, rule: "other" },
		]);
	});

	test.each([
		["in shadow", { stage: "shadow" }],
		["that could not be worked out", { outcome: "failed" }],
		["that holds on a model's word alone", { isOnModelAlone: true }],
	] as const)("nothing %s", (_, change) => {
		expect(advisedBy([said(change)])).toEqual([]);
	});
});

describe("a machine limits spread on a rule's word", () => {
	const left = (
		{ action = "review", policy = machine }: { action?: VerdictAction; policy?: typeof defaultPolicy } = {},
		open: readonly BreakerScope[] = [],
	) => {
		const isOpen = (scope: BreakerScope) => open.some(({ kind, key }) => kind === scope.kind && key === scope.key);
		return leftToMachines({ action, signals: [said()] }, { policy, platformId: platform, isOpen });
	};

	test("where the policy leaves that to it and people look at the item", () => {
		expect(left()).toHaveLength(1);
		expect(left({ policy: defaultPolicy })).toEqual([]);
		expect(left({ action: "none" })).toEqual([]);
		expect(left({ action: "withhold" })).toEqual([]);
	});

	test("each measure by a setting of its own; of what is withheld the account alone is slowed down", () => {
		const signals = [said({ does: { review: true, limitSpread: true, label: "advertising", friction: true } })];
		const kinds = (action: VerdictAction, change: Partial<typeof defaultPolicy>) => {
			const place = { policy: { ...defaultPolicy, ...change }, platformId: platform, isOpen: () => false };
			return leftToMachines({ action, signals }, place).map(({ measure }) => measure.kind);
		};
		const every = { spreadLimits: "machine", labels: "machine", friction: "machine" } as const;
		expect(kinds("review", { labels: "machine" })).toEqual(["label"]);
		expect(kinds("review", { friction: "machine" })).toEqual(["friction"]);
		expect(kinds("review", every)).toEqual(["limit-spread", "label", "friction"]);
		expect(kinds("withhold", every)).toEqual(["friction"]);
		expect(kinds("none", every)).toEqual([]);
	});

	test("not while a kill switch leaves everything, or the platform, to people", () => {
		expect(left({}, [{ kind: "all", key: "*" }])).toEqual([]);
		expect(left({}, [{ kind: "platform", key: platform }])).toEqual([]);
	});

	test("by one order, with which the item comes in; what is withheld is told of that alone", () => {
		const measures = left();
		expect(orderOnArrival({ verdict: { action: "review" }, measures })).toEqual({
			...{ action: "limit-spread", rule: "many-links" },
		});
		expect(orderOnArrival({ verdict: { action: "withhold" }, measures })).toEqual({ action: "withhold" });
		expect(orderOnArrival({ verdict: { action: "review" } })).toBeNull();
	});
});

test("what a machine did on a rule's word stays once nobody asks the rule, until people decide or lift it", () => {
	expect(afterRule({ "limit-spread": 3, label: 0, friction: 0 }, { isAsked: false })).toBe("stays");
	expect(afterRule({ "limit-spread": 3, label: 0, friction: 0 }, { isAsked: true })).toBe("goes-on");
	expect(afterRule({ "limit-spread": 0, label: 0, friction: 0 }, { isAsked: false })).toBe("nothing");
});
