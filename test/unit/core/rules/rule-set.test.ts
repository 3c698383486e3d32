// What rules do to a verdict.
import { describe, expect, test } from "@jest/globals";
import { type ClusterId, clusterId, platformId, snoozeId, uuidv7 } from "../../../../services/core/ids.ts";
import { decideVerdict } from "../../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy, type Policy } from "../../../../services/core/policy/policy.ts";
import { createRuleCompiler } from "../../../../services/core/rules/compile-rule.ts";
import { createFactCatalogue } from "../../../../services/core/rules/fact-catalogue.ts";
import type { RuleEffect } from "../../../../services/core/rules/rule.ts";
import { type AskedRule, createRuleSet } from "../../../../services/core/rules/rule-set.ts";
import type { ActiveSnooze } from "../../../../services/core/rules/snooze.ts";
import { signalCatalogue } from "../../../../services/core/signals/catalogue.ts";
import { matchedSignal } from "../../../../services/core/signals/matched/matched.ts";
import { snoozedBy } from "../../../../services/core/signals/rule/rule-signal.ts";
import type { Signal } from "../../../../services/core/signals/signal.ts";
import { newMatch } from "../../../support/bank-fixtures.ts";

const facts = createFactCatalogue(signalCatalogue);
const compiler = createRuleCompiler(facts);
const platform = platformId.parse(uuidv7(1));
const clear: Signal = { kind: "clear", detector: "text", version: "1" };
const near = matchedSignal("hash", "1", newMatch({ distanceBits: 10 }));

function newRule(when: string, does: RuleEffect, change: Partial<AskedRule> = {}): AskedRule {
	const body = { name: "a-rule", when, does, category: "other", owner: "an", reviewBy: "2027-06-30" };
	return { body, revision: 1, stage: "live", share: 1, ...change };
}

interface World {
	readonly signals?: readonly Signal[];
	readonly policy?: Policy;
	readonly isStopped?: boolean;
	readonly authorId?: string;
	readonly clusterId?: ClusterId;
	readonly arrivedAt?: string;
	readonly text?: string;
}

function judge(rules: readonly AskedRule[], world: World = {}) {
	const { signals = [clear], policy = defaultPolicy, isStopped = false, authorId = "author" } = world;
	const item = { kind: "post", surface: "public", platform: "forum", language: null, mediaType: null, isEdit: false };
	const values = facts.read({ ...item, text: world.text ?? "https://a.example https://b.example" }, signals);
	const said = createRuleSet(rules, compiler, signalCatalogue).ask({
		...{ facts: values, signals, policy, platformId: platform, authorId, clusterId: world.clusterId ?? null },
		arrivedAtMs: Date.parse(world.arrivedAt ?? "2026-06-01T00:00:00Z"),
		isOpen: ({ kind, key }) => isStopped && kind === "rule" && key === "a-rule",
	});
	return decideVerdict([...signals, ...said], "public", policy);
}

const many = "item.links >= 2";

test("a rule that holds asks people, and the verdict names it and its revision", () => {
	const verdict = judge([newRule(many, { review: true }, { revision: 3 })]);
	expect(verdict).toMatchObject({ tier: "T", action: "review", category: "other", isIncomplete: false });
	expect(verdict.signals.at(-1)).toMatchObject({ kind: "rule", rule: "a-rule", revision: 3, outcome: "held" });
	expect(verdict.grounds.at(-1)).toMatchObject({ tier: "T", restsOn: ["rule:a-rule"] });
	expect(judge([newRule("item.links > 9", { review: true })])).toMatchObject({ tier: "none", action: "none" });
});

test("on a model's word alone it is weighed as a model, and the policy says what models may ask", () => {
	const score = { kind: "scored", detector: "model", version: "1", model: "m", backend: "cpu", labels: {} };
	const signals = [{ ...score, category: "adult", probability: 0.5 }];
	const quiet = { ...defaultPolicy, actions: { ...defaultPolicy.actions, M: "none" as const } };
	const rule = newRule("model.adult > 0.4", { review: true });
	expect(judge([rule], { signals })).toMatchObject({ tier: "M", action: "review" });
	expect(judge([rule], { signals, policy: quiet }).action).toBe("none");
});

test("it adds urgency to what reaches people, and asks nobody by that", () => {
	const raising = newRule(many, { raise: 7 }, { revision: 2 });
	expect(judge([raising]).action).toBe("none");
	const asking = {
		...newRule(many, { review: true }),
		body: { ...newRule(many, { review: true }).body, name: "other" },
	};
	expect(judge([asking, raising]).urgency - judge([asking]).urgency).toBe(7);
});

describe("it withholds", () => {
	const withholding = newRule("known.count > 0", { withhold: true });
	test("together with a match that the policy lets withhold, and rests on what that rests on", () => {
		const verdict = judge([withholding], { signals: [near] });
		expect(verdict).toMatchObject({ tier: "K2", action: "withhold" });
		expect(verdict.grounds.at(-1)?.restsOn).toEqual(
			expect.arrayContaining([`bank:${near.match.bankId}`, "rule:a-rule"]),
		);
	});
	test("never where the match is only probable, or the policy asks people", () => {
		const far = matchedSignal("hash", "1", newMatch({ distanceBits: 31 }));
		expect(judge([withholding], { signals: [far] }).action).toBe("review");
		const careful = { ...defaultPolicy, actions: { ...defaultPolicy.actions, K2: "review" as const } };
		expect(judge([withholding], { signals: [near], policy: careful }).action).toBe("review");
	});
});

test("what it cannot work out is not clear: people look", () => {
	const dividing = newRule("10 / item.links > 1", { review: true });
	expect(judge([dividing], { text: "" })).toMatchObject({ tier: "none", action: "review", isIncomplete: true });
	const onTrial = { ...dividing, stage: "shadow" } as const;
	expect(judge([onTrial], { text: "" })).toMatchObject({ action: "none", isIncomplete: false });
});

test("one that cannot be read any more fails on each item, and people look", () => {
	expect(judge([newRule("item.gone > 1", { review: true })])).toMatchObject({ action: "review", isIncomplete: true });
});

test("in shadow it changes nothing, and the verdict says what it would have been", () => {
	const verdict = judge([newRule(many, { review: true }, { stage: "shadow" })]);
	expect(verdict).toMatchObject({ action: "none", shadow: { tier: "T", action: "review" } });
	expect(verdict.shadowOutcomes).toEqual([{ on: "rule:a-rule", action: "review" }]);
});

test("while its breaker is open it is not asked", () => {
	expect(judge([newRule(many, { review: true })], { isStopped: true })).toMatchObject({
		action: "none",
		signals: [clear],
	});
});

test("in canary it speaks of a share of accounts, always the same, and the live revision of all others", () => {
	const rules = [
		newRule(many, { review: true }),
		newRule(many, { review: true, label: "newer" }, { revision: 2, stage: "canary", share: 0.25 }),
	];
	const revisions = Array.from({ length: 1_000 }, (_, at) => {
		const said = judge(rules, { authorId: `author-${at}` }).signals.filter(({ kind }) => kind === "rule");
		return said.map(({ revision }) => revision).join();
	});
	expect(new Set(revisions)).toEqual(new Set(["1", "2"]));
	const share = revisions.filter((one) => one === "2").length / revisions.length;
	expect(share).toBeGreaterThan(0.15);
	expect(share).toBeLessThan(0.35);
	expect(judge(rules, { authorId: "author-7" }).signals.at(-1)?.revision).toBe(Number(revisions[7]));
});

describe("a rule that people want to hear nothing of for a while", () => {
	const cluster = clusterId.parse(uuidv7(2));
	const until = "2026-07-01T00:00:00.000Z";
	const id = snoozeId.parse(uuidv7(3));
	const ofAccount = { id, until, of: { kind: "account", platformId: platform, accountId: "loud" } } as const;
	const ofCluster = { id, until, of: { kind: "cluster", clusterId: cluster } } as const;
	const heard = (snooze: ActiveSnooze, world: World, does: RuleEffect = { review: true, raise: 9 }) => {
		const verdict = judge([newRule(many, does, { snoozes: [snooze] })], world);
		return {
			tier: verdict.tier,
			urgency: verdict.urgency,
			said: verdict.signals.at(-1),
			why: verdict.grounds.at(-1)?.reasons,
		};
	};

	test.each([
		["of the account", ofAccount, { authorId: "loud" }],
		["of the cluster", ofCluster, { clusterId: cluster }],
	])("is recorded as snoozed and does nothing: %s", (_, snooze, world) => {
		const { tier, urgency, said, why } = heard(snooze, world);
		expect([tier, why]).toEqual(["none", ["rule-snoozed"]]);
		expect(urgency).toBe(judge([], world).urgency);
		expect(said).toMatchObject({ outcome: "held", snoozed: { id, until } });
		expect(snoozedBy({ signals: said === undefined ? [] : [said] })).toEqual([id]);
	});

	test.each([
		["of another account", ofAccount, { authorId: "quiet" }],
		["of an item that is of no cluster", ofCluster, {}],
		["of what comes when it is over", ofAccount, { authorId: "loud", arrivedAt: until }],
	])("is heard %s", (_, snooze, world) => expect(heard(snooze, world)).toMatchObject({ tier: "T" }));

	test("withholds nothing together with a known match, which does by itself what it would without the rule", () => {
		const does = { withhold: true } as const;
		const when = "known.count > 0";
		const world = { authorId: "loud", signals: [near] };
		const alone = decideVerdict([near], "public", defaultPolicy);
		const verdict = judge([newRule(when, does, { snoozes: [ofAccount] })], world);
		expect([verdict.tier, verdict.action]).toEqual([alone.tier, alone.action]);
	});

	test("what cannot be worked out is snoozed as well", () => {
		const rule = newRule("item.textLength / item.digits > 1", { review: true }, { snoozes: [ofAccount] });
		const verdict = judge([rule], { authorId: "loud", text: "no digit" });
		expect([verdict.isIncomplete, verdict.signals.at(-1)?.outcome]).toEqual([false, "failed"]);
		expect(judge([rule], { authorId: "quiet", text: "no digit" }).isIncomplete).toBe(true);
	});
});

test("where no law lets rules read an item none is asked, and the verdict says so", () => {
	const said = createRuleSet([newRule(many, { review: true })], compiler, signalCatalogue).ask({
		...{ facts: null, signals: [clear], policy: defaultPolicy, platformId: platform, authorId: "author" },
		...{ clusterId: null, arrivedAtMs: 0, isOpen: () => false },
	});
	expect(said).toMatchObject([{ kind: "unexamined", of: "rule" }]);
});
