// Which settings hold where, and what a proposed change makes of a policy.
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { BreakwaterError } from "../../../../services/core/errors.ts";
import {
	builtInSet,
	createPolicies,
	defaultPolicy,
	initialRevision,
	initialSet,
	policyOfRevision,
	strictestForPeople,
} from "../../../../services/core/policy/policy.ts";
import { applyChange, parsePolicySet, scopeKey, settingsFor } from "../../../../services/core/policy/policy-set.ts";
import { withPart } from "../../../../services/core/policy/settings.ts";
import { messageOf } from "../../../../services/words/message.ts";
import { anyPart, anyScope, anySet, platforms } from "../../../support/policies.ts";

const [forum = null, shop = null] = platforms;

function refusalOf(act: () => unknown): string {
	try {
		act();
	} catch (error) {
		if (error instanceof BreakwaterError) return `${error.code}: ${messageOf(error)}`;
		throw error;
	}
	return "not refused";
}

describe("which settings hold", () => {
	const set = applyChange(initialSet, {
		overrides: [
			{ platform: null, surface: "direct", settings: { minimumQuality: 60, textUrgency: 1 } },
			{ platform: forum, surface: null, settings: { minimumQuality: 70, actions: { K2: "review" } } },
			{ platform: forum, surface: "direct", settings: { minimumQuality: 80 } },
		],
	});

	test("those of the default, but for what is said otherwise of the surface, the platform, and the surface of the platform", () => {
		const at = (platform: typeof forum, surface: "public" | "direct") => settingsFor(set, { platform, surface });
		expect(at(shop, "public")).toEqual(initialSet.default);
		expect(at(shop, "direct")).toMatchObject({ minimumQuality: 60, textUrgency: 1 });
		expect(at(forum, "public")).toMatchObject({
			minimumQuality: 70,
			textUrgency: 5,
			actions: { K1: "withhold", K2: "review" },
		});
		expect(at(forum, "direct")).toMatchObject({ minimumQuality: 80, textUrgency: 1, actions: { K2: "review" } });
	});

	test("the law of a country holds whatever a platform has everywhere, and not where the platform has it otherwise for that country", () => {
		const lawful = applyChange(initialSet, {
			overrides: [
				{ platform: forum, surface: "direct", settings: { legalBasis: { scored: "given" } } },
				{ platform: null, surface: "direct", country: "DE", settings: { legalBasis: { scored: "missing" } } },
				{ platform: shop, surface: "direct", country: "DE", settings: { legalBasis: { scored: "given" } } },
			],
		});
		const of = createPolicies(lawful, 7).of;
		expect(of(forum, "direct", "DE").legalBasis.scored).toBe("missing");
		expect(of(forum, "direct", "VN").legalBasis.scored).toBe("given");
		expect(of(forum, "public", "DE").legalBasis.scored).toBe("given");
		expect(of(shop, "direct", "DE").legalBasis.scored).toBe("given");
	});

	test("an override changes nothing anywhere else", () => {
		fc.assert(
			fc.property(anySet, anyScope, anyPart, anyScope, (before, at, settings, elsewhere) => {
				fc.pre(scopeKey(at) !== "//");
				const reaches =
					(at.platform === null || at.platform === elsewhere.platform) &&
					(at.surface === null || at.surface === elsewhere.surface) &&
					(at.country === null || at.country === elsewhere.country);
				fc.pre(!reaches);
				const after = applyChange(before, { overrides: [{ ...at, settings }] });
				expect(settingsFor(after, elsewhere)).toEqual(settingsFor(before, elsewhere));
			}),
		);
	});

	test("what is kept in mind says the same as what is worked out anew", () => {
		fc.assert(
			fc.property(anySet, fc.array(anyScope), (any, scopes) => {
				const policies = createPolicies(any, 7);
				for (const at of [...scopes, ...scopes])
					expect(policies.of(at.platform, at.surface, at.country)).toEqual({ ...settingsFor(any, at), revision: 7 });
			}),
		);
	});

	test("of a case whose items stand under several policies, the strictest", () => {
		const careful = withPart(defaultPolicy, { removalPeople: { K1: 2 }, undoWithinMs: 1_000 });
		const hasty = withPart(defaultPolicy, { restorePeople: { K1: 1 } });
		expect(strictestForPeople([hasty, careful])).toMatchObject({
			removalPeople: { K1: 2 },
			restorePeople: { K1: 2 },
			undoWithinMs: 1_000,
		});
	});
});

describe("a change says only what differs", () => {
	test("at any depth; null takes a threshold away", () => {
		const { default: after } = applyChange(initialSet, {
			default: { modelThresholds: { adult: 0.9, offensive: null }, actions: { K3: "none" } },
		});
		expect(after.modelThresholds).toEqual({ adult: 0.9 });
		expect(after.actions).toEqual({ ...initialSet.default.actions, K3: "none" });
	});

	test("to an override that is there it adds; null takes a setting, or the whole, back to what holds elsewhere", () => {
		const one = applyChange(initialSet, {
			overrides: [{ platform: forum, surface: null, settings: { actions: { K2: "review" } } }],
		});
		const two = applyChange(one, {
			overrides: [{ platform: forum, surface: null, settings: { minimumQuality: 60 } }],
		});
		expect(two.overrides).toEqual([
			{ platform: forum, surface: null, settings: { actions: { K2: "review" }, minimumQuality: 60 } },
		]);
		const taken = (settings: Record<string, unknown> | null) =>
			applyChange(two, { overrides: [{ platform: forum, surface: null, settings }] }).overrides;
		expect(taken({ actions: null })).toEqual([{ platform: forum, surface: null, settings: { minimumQuality: 60 } }]);
		expect(taken(null)).toEqual([]);
		expect(taken({ actions: null, minimumQuality: null })).toEqual([]);
	});

	test("what would be no policy is refused, and the field named", () => {
		const refusal = (settings: Record<string, unknown>) =>
			refusalOf(() => applyChange(initialSet, { default: settings }));
		expect(refusal({ actions: { T: "withhold" } })).toMatch(
			/rule-broken: default\.actions\.T: a machine withholds only K1/,
		);
		expect(refusal({ modelThresholds: { adult: 2 } })).toContain("default.modelThresholds.adult");
		expect(refusal({ undoWithinMs: null })).toContain("default.undoWithinMs");
		expect(refusal({ radius: 3 })).toContain("radius");
		expect(
			refusalOf(() => applyChange(initialSet, { overrides: [{ platform: null, surface: null, settings: {} }] })),
		).toContain("names a platform, a surface or a country");
	});

	test.each(["K3", "M", "T", "none"] as const)("nobody can have a machine withhold by itself on %s", (tier) => {
		expect(refusalOf(() => applyChange(initialSet, { default: { actions: { [tier]: "withhold" } } }))).toContain(tier);
		const settings = { actions: { [tier]: "withhold" } };
		expect(
			refusalOf(() => applyChange(initialSet, { overrides: [{ platform: forum, surface: null, settings }] })),
		).toContain(tier);
	});

	test.each(["K1", "K2"] as const)("nobody can have what is known (%s) go unseen", (tier) => {
		expect(refusalOf(() => applyChange(initialSet, { default: { actions: { [tier]: "none" } } }))).toContain(
			"people are asked",
		);
	});
});

test("a policy comes back from its stored form as it was", () => {
	fc.assert(fc.property(anySet, (any) => expect(parsePolicySet(JSON.parse(JSON.stringify(any)))).toEqual(any)));
});

test("the built-in revisions are policies that people could have accepted, and old verdicts find them by name", () => {
	for (const revision of [1, 2]) {
		const set = builtInSet(revision);
		expect(parsePolicySet(set)).toEqual(set);
		expect(policyOfRevision(revision)).toEqual({ ...set?.default, revision });
	}
	expect(policyOfRevision(initialRevision + 1)).toBeNull();
	expect(builtInSet(initialRevision)).toEqual(initialSet);
});
