import { describe, expect, test } from "@jest/globals";
import { caseId, itemId, platformId, uuidv7 } from "../../../../services/core/ids.ts";
import {
	addAnswers,
	answersUnder,
	emptyQuestionTally,
	outlookOf,
	type PastVerdict,
} from "../../../../services/core/policy/past-question.ts";
import { createPolicies, initialSet } from "../../../../services/core/policy/policy.ts";
import { applyChange, type PolicyChangeRequest } from "../../../../services/core/policy/policy-set.ts";
import { signalCatalogue } from "../../../../services/core/signals/catalogue.ts";
import { clearSignal } from "../../../../services/core/signals/clear/clear.ts";
import { matchedSignal } from "../../../../services/core/signals/matched/matched.ts";
import { scoredSignal } from "../../../../services/core/signals/scored/scored.ts";
import type { Signal } from "../../../../services/core/signals/signal.ts";
import { unexaminedSignal } from "../../../../services/core/signals/unexamined/unexamined.ts";
import { newMatch } from "../../../support/bank-fixtures.ts";

function past(signals: readonly Signal[], change: Partial<PastVerdict> = {}): PastVerdict {
	return {
		...{ itemId: itemId.parse(uuidv7(0)), platformId: platformId.parse(uuidv7(0)), surface: "public", country: null },
		...{ signals, action: "none", isDiverted: false, isShortened: false },
		...change,
	};
}
const matched = matchedSignal("hash", "1", newMatch());
const scored = (probability: number) =>
	scoredSignal({
		...{ detector: "model", version: "1", model: "test", backend: "test", category: "adult" },
		...{ probability, labels: {} },
	});
const under = (one: PastVerdict, change: PolicyChangeRequest) =>
	answersUnder(createPolicies(applyChange(initialSet, change), 1), [one], signalCatalogue).map(({ to, doubts }) => ({
		to,
		doubts,
	}))[0];

describe("what a policy would have made of an item", () => {
	test("follows from its recorded scores and matches, and nothing is doubted where that is all it would have had", () => {
		expect(under(past([scored(0.7)]), { default: { modelThresholds: { adult: 0.6 } } })).toEqual({
			...{ to: "review", doubts: [] },
		});
		expect(
			under(past([matched, scored(0.1)], { action: "withhold" }), { default: { actions: { K2: "review" } } }),
		).toEqual({ to: "review", doubts: [] });
	});
	test("is doubted where no model was asked, and what was known would pass", () => {
		const change = { default: { nearTiers: { picture: "K3" }, actions: { K3: "none" } } } as const;
		expect(under(past([matched], { action: "withhold" }), change)).toEqual({ to: "none", doubts: ["model-not-asked"] });
		expect(under(past([matched, scored(0.1)], { action: "withhold" }), change)?.doubts).toEqual([]);
	});
	test("is doubted where it lets something be looked at that nobody might look at", () => {
		const unseen = past([clearSignal("hash", "1"), unexaminedSignal("model", "scored")]);
		expect(under(unseen, {})).toEqual({ to: "none", doubts: ["not-looked"] });
		expect(under(unseen, { default: { legalBasis: { scored: "missing" } } })?.doubts).toEqual([]);
	});
	test("is doubted where a breaker had left it to people, and where not all that answered is recorded and it goes another way", () => {
		const diverted = past([matched], { action: "review", isDiverted: true, isShortened: true });
		expect(under(diverted, {})).toEqual({ to: "withhold", doubts: ["breaker", "shortened"] });
		expect(under({ ...diverted, action: "withhold", isDiverted: false }, {})?.doubts).toEqual([]);
	});
});

test("a tally counts from what to what, what people decided of it, and how much a sample leaves open", () => {
	const policies = createPolicies(applyChange(initialSet, { default: { modelThresholds: { adult: 0.6 } } }), 1);
	const items = Array.from({ length: 10 }, (_, at) => past([scored(at < 4 ? 0.7 : 0.1)]));
	const decide = (at: number, decision: "remove" | "restore") =>
		[items[at]?.itemId ?? itemId.parse(uuidv7(1)), { caseId: caseId.parse(uuidv7(0)), decision }] as const;
	const decisions = new Map([decide(0, "remove"), decide(1, "remove"), decide(2, "restore")]);
	const half = [items.slice(0, 5), items.slice(5)];
	const tally = half.reduce(
		(sum, page) => addAnswers(sum, answersUnder(policies, page, signalCatalogue), decisions),
		emptyQuestionTally,
	);
	expect(tally.examined).toBe(10);
	expect(tally.flows).toEqual([
		{ from: "none", to: "review", items: 4, unsure: 0, removed: 2, letBe: 1 },
		{ from: "none", to: "none", items: 6, unsure: 0, removed: 0, letBe: 0 },
	]);
	const [whole] = outlookOf(tally, 10);
	expect(whole).toMatchObject({ inAll: { low: 4, high: 4 }, precision: { share: 2 / 3 } });
	const [sampled] = outlookOf(tally, 1_000);
	expect(sampled?.inAll.low).toBeLessThan(400);
	expect(sampled?.inAll.high).toBeGreaterThan(400);
	expect(outlookOf(tally, 10)[1]?.precision).toBeNull();
});
