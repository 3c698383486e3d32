// What people are told of a proposal before they accept it: what changes, and what that may do.
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { comparePolicies, mayWithholdMore } from "../../../../services/core/policy/compare-policies.ts";
import { decideVerdict } from "../../../../services/core/policy/decide-verdict.ts";
import { foretell } from "../../../../services/core/policy/foretell.ts";
import { createPolicies, initialSet } from "../../../../services/core/policy/policy.ts";
import { applyChange, type PolicySet } from "../../../../services/core/policy/policy-set.ts";
import { matchedSignal } from "../../../../services/core/signals/matched/matched.ts";
import { scoredSignal } from "../../../../services/core/signals/scored/scored.ts";
import { surfaces } from "../../../../services/core/wire/item-event.ts";
import { newMatch, ofNearText } from "../../../support/bank-fixtures.ts";
import { anyPart, anyScope, anySet, platforms } from "../../../support/policies.ts";

const [forum = null] = platforms;
const effectsOf = (settings: Record<string, unknown>, from: PolicySet = initialSet) =>
	comparePolicies(from, applyChange(from, { default: settings })).map(({ effect }) => effect);

const anySignal = fc.oneof(
	fc
		.record({
			hashType: fc.constantFrom("sha256" as const, "pdq" as const),
			bankKind: fc.constantFrom("known" as const, "exempt" as const),
			standing: fc.constantFrom("confirmed" as const, "probable" as const, "disputed" as const),
			trusted: fc.boolean(),
			isQuarantined: fc.boolean(),
			distance: fc.integer({ min: 0, max: 31 }),
			queryQuality: fc.integer({ min: 0, max: 100 }),
			transform: fc.constantFrom("none" as const, "trimmed" as const, "uncropped" as const),
		})
		.map(({ distance, ...match }) =>
			matchedSignal("hash", "1", newMatch({ ...match, distanceBits: match.hashType === "pdq" ? distance : 0 })),
		),
	fc
		.integer({ min: 0, max: 3 })
		.map((distanceBits) => matchedSignal("text", "1", newMatch({ ...ofNearText, distanceBits }))),
	fc.double({ min: 0, max: 1, noNaN: true }).map((probability) =>
		scoredSignal({
			detector: "model",
			version: "1",
			model: "m",
			backend: "cpu",
			category: "adult",
			probability,
			labels: {},
		}),
	),
);

/** To one place, or the default; mostly of few settings. */
const anyChange = fc.oneof(
	anyPart.map((settings) => ({ default: settings })),
	fc
		.record({ at: anyScope, settings: fc.option(anyPart) })
		.filter(({ at }) => at.platform !== null || at.surface !== null)
		.map(({ at, settings }) => ({ overrides: [{ ...at, settings }] })),
);

describe("what a change does is said in codes", () => {
	test.each([
		["a tier that is left to people", { actions: { K2: "review" } }, "withholds-less"],
		["a tier that nobody looks at any more", { actions: { K3: "none" } }, "asks-less"],
		["near texts that are withheld", { nearTiers: { text: "K2" } }, "withholds-more"],
		["near pictures that ask people, and exempt no longer", { nearTiers: { picture: "K3" } }, "withholds-otherwise"],
		["poorer pictures that are trusted", { minimumQuality: 30 }, "withholds-more"],
		["a higher threshold", { modelThresholds: { adult: 0.9 } }, "asks-less"],
		["a category that had no threshold", { modelThresholds: { other: 0.9 } }, "asks-more"],
		["a threshold that is taken away", { modelThresholds: { adult: null } }, "asks-less"],
		["a second person for removals", { removalPeople: { K1: 2 } }, "more-people"],
		["one person for restoring", { restorePeople: { K1: 1 } }, "fewer-people"],
		["another order of work", { urgency: { K1: 90 } }, null],
	])("%s", (_what, settings, effect) => {
		expect(effectsOf(settings)).toEqual([effect]);
	});

	test("where, which setting, from what to what", () => {
		const after = applyChange(initialSet, {
			overrides: [{ platform: forum, surface: "direct", settings: { actions: { K2: "review" } } }],
		});
		const change = { platform: forum, surface: "direct", country: null, setting: "actions", key: "K2" };
		expect(comparePolicies(initialSet, after)).toEqual([
			{ ...change, before: null, after: "review", effect: "withholds-less" },
		]);
		expect(comparePolicies(after, initialSet)).toEqual([
			{ ...change, before: "review", after: null, effect: "withholds-more" },
		]);
	});

	test("an override that says what holds anyway does nothing", () => {
		const after = applyChange(initialSet, {
			overrides: [{ platform: forum, surface: null, settings: { minimumQuality: 50 } }],
		});
		expect(comparePolicies(initialSet, after)).toMatchObject([{ before: null, after: 50, effect: null }]);
	});
});

test("two policies that are not the same differ in something, and one does not differ from itself", () => {
	fc.assert(
		fc.property(anySet, anySet, (one, other) => {
			expect(comparePolicies(one, one)).toEqual([]);
			expect(comparePolicies(one, other).length === 0).toBe(JSON.stringify(one) === JSON.stringify(other));
		}),
	);
});

test("where it is said that nothing more may be withheld, nothing more is, whatever was found", () => {
	let checked = 0;
	fc.assert(
		fc.property(anySet, anyChange, fc.array(anySignal, { maxLength: 4 }), (one, change, signals) => {
			const other = applyChange(one, change);
			if (mayWithholdMore(comparePolicies(one, other))) return;
			checked += 1;
			const places = platforms.flatMap((platform) =>
				surfaces.flatMap((surface) => [null, "DE", "VN"].map((country) => ({ platform, surface, country }))),
			);
			for (const { platform, surface, country } of places) {
				const under = (set: PolicySet) =>
					decideVerdict(signals, surface, createPolicies(set, 1).of(platform, surface, country)).action;
				if (under(one) !== "withhold") expect(under(other)).not.toBe("withhold");
			}
		}),
		{ numRuns: 400 },
	);
	expect(checked).toBeGreaterThan(50);
});

test("an override that is taken away is said to bring to light what it hid", () => {
	const hidden = applyChange(initialSet, {
		default: { nearTiers: { picture: "K3" } },
		overrides: [
			{ platform: null, surface: "direct", settings: { nearTiers: { picture: "K2" } } },
			{ platform: forum, surface: null, settings: { nearTiers: { picture: "K3" } } },
		],
	});
	const shown = applyChange(hidden, { overrides: [{ platform: forum, surface: null, settings: null }] });
	expect(comparePolicies(hidden, shown)).toMatchObject([
		{ platform: forum, before: "K3", after: null, effect: "withholds-more" },
	]);
});

test("what another policy would have made of past items is counted, each under the policy of its platform and surface", () => {
	const [one, two] = platforms;
	if (one === undefined || two === undefined) throw new Error("there are platforms");
	const near = [matchedSignal("hash", "1", newMatch({}))];
	const proposed = applyChange(initialSet, {
		overrides: [
			{ platform: one, surface: null, settings: { actions: { K2: "review" } } },
			{ platform: null, surface: "direct", settings: { urgency: { K2: 99 } } },
		],
	});
	const items = [
		{ platformId: one, surface: "public", country: null, signals: near },
		{ platformId: one, surface: "direct", country: null, signals: near },
		{ platformId: two, surface: "public", country: null, signals: near },
		{ platformId: two, surface: "direct", country: null, signals: near },
		{ platformId: one, surface: "public", country: null, signals: [] },
	] as const;
	expect(foretell(items, { now: initialSet, proposed })).toEqual({
		items: 5,
		moved: [{ from: "withhold", to: "review", items: 2 }],
		reordered: 1,
	});
});
