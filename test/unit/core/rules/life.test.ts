// The steps of a rule's life, and the way back.
import { describe, expect, test } from "@jest/globals";
import { stepBack, stepsFrom, stepTo } from "../../../../services/core/rules/life.ts";
import { type RuleStage, ruleStages } from "../../../../services/core/rules/rule.ts";

const at = (stage: RuleStage, share = 1) => ({ stage, share });

describe("a step on", () => {
	test("goes to the next stage alone, and where the rule is to speak it takes two", () => {
		const steps = ruleStages.flatMap((from) =>
			ruleStages.flatMap((to) => {
				const step = stepTo(at(from), at(to));
				return step === null ? [] : [`${from} ${step} ${to}`];
			}),
		);
		expect(steps).toEqual(["draft moves checked", "backtested moves shadow", "shadow asks canary", "canary asks live"]);
	});
	test("nobody declares a rule backtested: a backtest does", () => {
		expect(stepTo(at("checked"), at("backtested"))).toBeNull();
		expect(stepTo(at("checked"), at("shadow"))).toBeNull();
	});
	test("a smaller share of a canary is one person's, a larger one takes two, and the same is no step", () => {
		expect(stepTo(at("canary", 0.5), at("canary", 0.1))).toBe("moves");
		expect(stepTo(at("canary", 0.1), at("canary", 0.5))).toBe("asks");
		expect(stepTo(at("canary", 0.1), at("canary", 0.1))).toBeNull();
	});
});

test("what a screen offers is what may be done, and a person is offered no backtested", () => {
	for (const from of ruleStages) {
		const offered = stepsFrom(from);
		for (const to of ruleStages) {
			const step = stepTo(at(from, 0.5), at(to, to === "canary" ? 0.2 : 1));
			if (to !== "checked")
				expect({ from, to, is: offered.some((one) => one === to) }).toEqual({ from, to, is: step !== null });
		}
	}
});

describe("a step back", () => {
	const of = (revision: number, stage: RuleStage, wasLive = false) => ({ revision, stage, wasLive });
	test("is of what speaks most widely, and leads to the stage before", () => {
		expect(stepBack([of(2, "canary"), of(1, "live", true)])).toEqual({
			...{ revision: 2, from: "canary", to: "shadow", instead: null },
		});
		expect(stepBack([of(1, "shadow")])).toEqual({ revision: 1, from: "shadow", to: "backtested", instead: null });
	});
	test("from live leads to what was live before, and to a shadow where nothing was", () => {
		const before = [of(3, "live", true), of(2, "retired", true), of(1, "retired", true)];
		expect(stepBack(before)).toEqual({ revision: 3, from: "live", to: "retired", instead: 2 });
		expect(stepBack([of(2, "live", true), of(1, "retired")])).toMatchObject({ to: "shadow", instead: null });
	});
	test("there is none where detectors ask nothing", () => {
		expect(stepBack([of(2, "draft"), of(1, "retired", true)])).toBeNull();
	});
});
