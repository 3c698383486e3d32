// Policy is data with revisions: what the tiers do, from which probability a model speaks up, how many people a removal takes. Revisions
// are accepted by people and kept in the record; those of before that stand here, and the last of them holds until somebody proposes
// another. It holds no deadline of any law: those arrive with their sources as jurisdiction profiles.
import type { PlatformId } from "../ids.ts";
import { usualRestriction } from "../strikes/account-restriction.ts";
import type { Country } from "../wire/country.ts";
import type { Surface } from "../wire/item-event.ts";
import { usualLegalBasis } from "./legal-basis.ts";
import { type PolicyScope, type PolicySet, scopeKey, settingsFor } from "./policy-set.ts";
import { type PolicySettings, usualContactLimits } from "./settings.ts";

/** The settings that hold for one item, and the revision that they are of. */
export interface Policy extends PolicySettings {
	readonly revision: number;
}

/** The same in every built-in revision. Quality 50: PDQ's own recommendation. Shown for 3 s: a few stills of one a second. */
const base = {
	actions: { K1: "withhold", K2: "withhold", K3: "review", M: "review", T: "review", none: "none" },
	urgency: { K1: 80, K2: 75, K3: 60, M: 40, T: 30, none: 20 },
	surfaceUrgency: { public: 15, group: 8, direct: 0 },
	removalPeople: { K1: 1, K2: 1, K3: 2, M: 2, T: 2, none: 2 },
	undoWithinMs: 15 * 60_000,
	restorePeople: { K1: 2, K2: 2, K3: 1, M: 1, T: 1, none: 1 },
	minimumQuality: 50,
	shortestShownMs: 3_000,
	sweepItems: 1_000,
	accountRestriction: usualRestriction,
	spreadLimits: "people",
	wordsInPictures: "unread",
	labels: "people",
	friction: "people",
	contactLimits: usualContactLimits,
	ruleAnswerDays: 30,
	legalBasis: usualLegalBasis,
	modelThresholds: { adult: 0.8, offensive: 0.99 },
	textUrgency: 5,
} as const satisfies Partial<PolicySettings>;

/** Under revision 1 a near match was always one of a picture as it is, turned or mirrored. */
const first: PolicySettings = {
	...base,
	nearTiers: { picture: "K2", reframed: "K2", text: "K2", video: "K2", sound: "K3" },
};

/**
 * A machine withholds what is known; everything else is for people. Texts that are nearly the same ask people
 * (infra/decisions/0040-near-texts.md); other framings count as the picture (0041-other-framings.md).
 */
const second: PolicySettings = {
	...base,
	nearTiers: { picture: "K2", reframed: "K2", text: "K3", video: "K2", sound: "K3" },
};

/** A policy everywhere the same, by its revision. Verdicts name these: they stay as they are, and none is added. */
const builtIn: ReadonlyMap<number, PolicySettings> = new Map([
	[1, first],
	[2, second],
]);

/** The revision in force where nobody has accepted one. */
export const initialRevision = 2;

/** Null for a revision of the record's own. */
export function builtInSet(revision: number): PolicySet | null {
	const settings = builtIn.get(revision);
	return settings === undefined ? null : { default: settings, overrides: [] };
}

export const initialSet: PolicySet = { default: second, overrides: [] };

/** What holds everywhere until people have accepted otherwise. */
export const defaultPolicy: Policy = { ...second, revision: initialRevision };

/** Null where it is not built in. Verdicts of before grounds were kept name no other. */
export function policyOfRevision(revision: number): Policy | null {
	const settings = builtIn.get(revision);
	return settings === undefined ? null : { ...settings, revision };
}

/** The policy in force, asked anew for each item: a revision may be accepted between two of them. */
export interface Policies {
	readonly revision: number;
	/** Null for what is of no platform, of no surface, or of no country that anybody named. */
	of(platform: PlatformId | null, surface: Surface | null, country: Country | null): Policy;
}

export function createPolicies(set: PolicySet, revision: number): Policies {
	const resolved = new Map<string, Policy>();
	const particular = new Set(set.overrides.flatMap(({ platform }) => platform ?? []));
	const lands = new Set(set.overrides.flatMap(({ country }) => country ?? []));
	return {
		revision,
		of(platform, surface, country) {
			// Platforms and countries without anything of their own share an entry: what is kept does not grow with them.
			const at: PolicyScope = {
				platform: platform !== null && particular.has(platform) ? platform : null,
				...{ surface, country: country !== null && lands.has(country) ? country : null },
			};
			const known = resolved.get(scopeKey(at));
			if (known !== undefined) return known;
			const policy = { ...settingsFor(set, at), revision };
			resolved.set(scopeKey(at), policy);
			return policy;
		},
	};
}

/** The policies of an installation where nobody has accepted anything. */
export const initialPolicies: Policies = createPolicies(initialSet, initialRevision);

/** What people's decisions on a case take: where its items' policies differ, the strictest of them. */
export type DecisionPolicy = Pick<
	PolicySettings,
	"removalPeople" | "restorePeople" | "undoWithinMs" | "accountRestriction"
>;

export function strictestForPeople([first = defaultPolicy, ...others]: readonly DecisionPolicy[]): DecisionPolicy {
	return others.reduce<DecisionPolicy>(
		(strict, one) => ({
			// Of an account's case alone, which has one policy.
			accountRestriction: strict.accountRestriction,
			removalPeople: morePeople(strict.removalPeople, one.removalPeople),
			restorePeople: morePeople(strict.restorePeople, one.restorePeople),
			undoWithinMs: Math.min(strict.undoWithinMs, one.undoWithinMs),
		}),
		first,
	);
}

function morePeople(
	a: DecisionPolicy["removalPeople"],
	b: DecisionPolicy["removalPeople"],
): DecisionPolicy["removalPeople"] {
	return {
		K1: Math.max(a.K1, b.K1),
		K2: Math.max(a.K2, b.K2),
		K3: Math.max(a.K3, b.K3),
		M: Math.max(a.M, b.M),
		T: Math.max(a.T, b.T),
		none: Math.max(a.none, b.none),
	};
}
