// Every setting of every policy, and every change, has a sentence in each language.
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { comparePolicies } from "../../../services/core/policy/compare-policies.ts";
import { initialSet } from "../../../services/core/policy/policy.ts";
import { applyChange } from "../../../services/core/policy/policy-set.ts";
import { leavesOf } from "../../../services/core/policy/settings.ts";
import { policyEnglish } from "../../../services/words/policy.en.ts";
import { policyVietnamese } from "../../../services/words/policy.vi.ts";
import { changeSentence, sentenceOf } from "../../../services/words/policy-words.ts";
import { anySet, platforms } from "../../support/policies.ts";

const languages = { en: policyEnglish, vi: policyVietnamese };
const same = (code: string) => `<${code}>`;
const names = { tier: same, surface: same, category: same };

test.each(["en", "vi"] as const)("whatever a policy says, and changes, is a sentence of its own (%s)", (language) => {
	const words = languages[language];
	fc.assert(
		fc.property(anySet, anySet, (one, other) => {
			const said = leavesOf(one.default).map((leaf) => `${leaf.setting} ${sentenceOf(words, leaf, names)}`);
			expect(new Set(said).size).toBe(said.length);
			for (const change of comparePolicies(one, other)) {
				expect(changeSentence(words, change, names)).not.toMatch(/undefined|NaN|null/);
				if (change.effect !== null) expect(words.effect[change.effect]).toBeTruthy();
			}
		}),
	);
});

test("figures and times are written as the language writes them", () => {
	const say = (language: "en" | "vi", settings: Record<string, unknown>) => {
		const [change] = comparePolicies(initialSet, applyChange(initialSet, { default: settings }));
		return change === undefined ? "" : changeSentence(languages[language], change, names);
	};
	expect(say("en", { modelThresholds: { adult: 0.85 } })).toBe(
		"<adult>: people are asked from a probability of 0.85 (before: <adult>: people are asked from a probability of 0.8)",
	);
	expect(say("vi", { modelThresholds: { adult: 0.85 } })).toContain("0,85");
	expect(say("en", { undoWithinMs: 60_000 })).toContain("for 1 minute (before: whoever decided may for 15 minutes)");
	expect(say("en", { modelThresholds: { adult: null } })).toContain("no score asks people");
});

test("an override is said to be as elsewhere where it says nothing", () => {
	const [platform = null] = platforms;
	const after = applyChange(initialSet, { overrides: [{ platform, surface: null, settings: { minimumQuality: 60 } }] });
	const [change] = comparePolicies(initialSet, after);
	if (change === undefined) throw new Error("it changes something");
	expect(changeSentence(policyEnglish, change, names)).toBe(
		"below 60 of 100 a near match is not trusted (before: as elsewhere)",
	);
});
