import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { ContactPicture } from "../../../../services/core/conversations/contact-picture.ts";
import { decideVerdict } from "../../../../services/core/policy/decide-verdict.ts";
import { mayGather } from "../../../../services/core/policy/legal-basis.ts";
import { createPolicies, defaultPolicy, initialPolicies, initialSet } from "../../../../services/core/policy/policy.ts";
import { applyChange } from "../../../../services/core/policy/policy-set.ts";
import { createFactCatalogue } from "../../../../services/core/rules/fact-catalogue.ts";
import { signalCatalogue } from "../../../../services/core/signals/catalogue.ts";
import { contactsSignal } from "../../../../services/core/signals/contacts/contacts.ts";
import { matchedSignal } from "../../../../services/core/signals/matched/matched.ts";
import { surfaces } from "../../../../services/core/wire/item-event.ts";
import { newMatch } from "../../../support/bank-fixtures.ts";
import { anySet } from "../../../support/policies.ts";

const none: ContactPicture = {
	...{ begun: 0, received: 0, unanswered: 0, toNew: 0, moved: 0, ledAway: 0 },
	...{ younger: 0, youngerLedAway: 0, gapYears: null },
};
const signalOf = (picture: Partial<ContactPicture>, isOneOfThem = true) =>
	contactsSignal({ picture: { ...none, ...picture }, days: 7, isOneOfThem });
const verdictOn = (signal: ReturnType<typeof signalOf>) => {
	const { tier, action } = decideVerdict([signal], "public", defaultPolicy);
	return `${tier} ${action}`;
};

describe("whom an account writes to", () => {
	test("asks people from three accounts led away, or two much younger ones", () => {
		expect(verdictOn(signalOf({ begun: 3, moved: 3, ledAway: 3 }))).toBe("T review");
		expect(verdictOn(signalOf({ begun: 2, moved: 2, ledAway: 2, younger: 2, youngerLedAway: 2 }))).toBe("T review");
		expect(verdictOn(signalOf({ begun: 2, moved: 2, ledAway: 2 }))).toBe("none none");
	});
	test("asks from as many as the policy says", () => {
		const policy = { ...defaultPolicy, contactLimits: { ledAway: 5, youngerLedAway: 1 } };
		const tierOf = (picture: Partial<ContactPicture>) => decideVerdict([signalOf(picture)], "public", policy).tier;
		expect(tierOf({ begun: 4, moved: 4, ledAway: 4 })).toBe("none");
		expect(tierOf({ begun: 5, moved: 5, ledAway: 5 })).toBe("T");
		expect(tierOf({ begun: 1, moved: 1, ledAway: 1, younger: 1, youngerLedAway: 1 })).toBe("T");
	});
	test("asks again, once people have let it be, when as many were led away since", () => {
		const since = "2026-11-30T00:00:00.000Z";
		const tierOf = (ledAway: number, youngerLedAway = 0) =>
			verdictOn({ ...signalOf({ begun: 9, moved: 9, ledAway: 9 }), afresh: { since, ledAway, youngerLedAway } });
		expect(tierOf(2)).toBe("none none");
		expect(tierOf(3)).toBe("T review");
		expect(tierOf(2, 2)).toBe("T review");
	});
	test("asks nobody however many somebody writes to, is not answered by, or invites elsewhere at once", () => {
		expect(verdictOn(signalOf({ begun: 900, unanswered: 900, toNew: 900, moved: 900 }))).toBe("none none");
	});
	test("asks only about posts that are part of it", () => {
		expect(verdictOn(signalOf({ begun: 9, moved: 9, ledAway: 9 }, false))).toBe("none none");
	});
	test("has nothing withheld under any policy", () => {
		fc.assert(
			fc.property(anySet, fc.constantFrom(...surfaces), fc.nat(1_000), (set, surface, ledAway) => {
				const policy = createPolicies(set, 3).of(null, surface, null);
				const { tier, action } = decideVerdict(
					[signalOf({ begun: ledAway, moved: ledAway, ledAway })],
					surface,
					policy,
				);
				expect(["T", "none"]).toContain(tier);
				expect(action).not.toBe("withhold");
			}),
		);
	});
	test("is told to rules in numbers", () => {
		const { read } = createFactCatalogue(signalCatalogue);
		const item = { kind: "post", surface: "direct", platform: "forum", language: null, mediaType: null, isEdit: false };
		const signal = signalOf({ begun: 6, received: 2, unanswered: 3, toNew: 5, gapYears: 20, younger: 1 });
		expect(read({ ...item, text: "" }, [signal]).contacts).toEqual({
			...{ begun: 6, received: 2, begunShare: 0.75, unansweredShare: 0.5, toNew: 5, moved: 0, ledAway: 0 },
			...{ younger: 1, gapYears: 20 },
		});
	});
});

describe("who writes to whom is gathered", () => {
	const direct = (contacts: string) =>
		createPolicies(
			applyChange(initialSet, {
				overrides: [{ platform: null, surface: "direct", settings: { legalBasis: { contacts } } }],
			}),
			3,
		);
	test("in public, unless the policy says otherwise; in private only where it names a basis", () => {
		const gathered = surfaces.filter((one) => mayGather(initialPolicies.of(null, one, null), one));
		expect(gathered).toEqual(["public"]);
		expect(mayGather(direct("given").of(null, "direct", null), "direct")).toBe(true);
		expect(mayGather(direct("given").of(null, "group", null), "group")).toBe(false);
		expect(mayGather(direct("missing").of(null, "public", null), "public")).toBe(true);
	});
	test("by no other word than those there are", () => {
		expect(() => direct("perhaps")).toThrow();
	});
});

test("a link or a term of a list of places off the platform asks nobody by itself", () => {
	const of = (hashType: "link" | "text-term", category: string) =>
		decideVerdict(
			[matchedSignal("text", "1", newMatch({ hashType, category, distanceBits: 0 }))],
			"public",
			defaultPolicy,
		);
	expect(of("link", "off-platform").tier).toBe("none");
	expect(of("text-term", "off-platform").tier).toBe("none");
	expect(of("link", "other").tier).toBe("T");
});
