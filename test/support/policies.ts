// Policies made up for tests, as people may accept them.
import fc from "fast-check";
import { type PlatformId, platformId, uuidv7 } from "../../services/core/ids.ts";
import { initialSet } from "../../services/core/policy/policy.ts";
import { type PolicySet, parsePolicySet, scopeKey } from "../../services/core/policy/policy-set.ts";
import { type SettingsPart, settingsPart, withPart } from "../../services/core/policy/settings.ts";
import { tiers } from "../../services/core/policy/verdict.ts";
import { surfaces } from "../../services/core/wire/item-event.ts";

export const platforms: readonly PlatformId[] = [1, 2, 3].map((ms) => platformId.parse(uuidv7(ms)));

const nearTier = fc.constantFrom("K2", "K3");
const people = fc.dictionary(fc.constantFrom(...tiers), fc.integer({ min: 1, max: 2 }));
const points = fc.integer({ min: 0, max: 100 });

export const anyPart: fc.Arbitrary<SettingsPart> = fc
	.record(
		{
			modelThresholds: fc.dictionary(
				fc.constantFrom("adult", "offensive", "other"),
				fc.integer({ min: 0, max: 10 }).map((n) => n / 10),
			),
			actions: fc.record(
				{
					K1: fc.constantFrom("withhold", "review"),
					K2: fc.constantFrom("withhold", "review"),
					K3: fc.constantFrom("review", "none"),
					M: fc.constantFrom("review", "none"),
					T: fc.constantFrom("review", "none"),
				},
				{ requiredKeys: [] },
			),
			urgency: fc.dictionary(fc.constantFrom(...tiers), points),
			textUrgency: points,
			surfaceUrgency: fc.dictionary(fc.constantFrom(...surfaces), points),
			removalPeople: people,
			undoWithinMs: fc.integer({ min: 0, max: 3_600_000 }),
			restorePeople: people,
			nearTiers: fc.dictionary(fc.constantFrom("picture", "reframed", "text", "video"), nearTier),
			minimumQuality: points,
			sweepItems: fc.integer({ min: 0, max: 1_000_000 }),
			spreadLimits: fc.constantFrom("people", "machine"),
			wordsInPictures: fc.constantFrom("unread", "read"),
			labels: fc.constantFrom("people", "machine"),
			friction: fc.constantFrom("people", "machine"),
			contactLimits: fc.record(
				{ ledAway: fc.integer({ min: 1, max: 9 }), youngerLedAway: fc.integer({ min: 1, max: 9 }) },
				{ requiredKeys: [] },
			),
			ruleAnswerDays: fc.integer({ min: 0, max: 365 }),
			legalBasis: fc.dictionary(
				fc.constantFrom("matched", "scored", "rule", "contacts"),
				fc.constantFrom("given", "missing"),
			),
		},
		{ requiredKeys: [] },
	)
	.chain((part) => fc.subarray(Object.entries(part), { maxLength: Math.min(4, Object.keys(part).length) }))
	.map((few) => settingsPart.parse(Object.fromEntries(few)));

export const anyScope = fc.record({
	platform: fc.constantFrom(null, ...platforms),
	surface: fc.constantFrom(null, ...surfaces),
	country: fc.constantFrom(null, "DE", "VN"),
});

export const anySet: fc.Arbitrary<PolicySet> = fc
	.record({
		part: anyPart,
		overrides: fc.uniqueArray(
			fc.record({ at: anyScope, settings: anyPart }).filter(({ at }) => scopeKey(at) !== "//"),
			{ selector: ({ at }) => scopeKey(at), maxLength: 4 },
		),
	})
	.map(({ part, overrides }) =>
		parsePolicySet({
			default: withPart(initialSet.default, part),
			overrides: overrides.map(({ at, settings }) => ({ ...at, settings })),
		}),
	);
