// What people may enter for a setting: for what it has a value each, and what each may be.
import { policyCategories } from "../../core/policy/categories.ts";
import { contactsBasis, examiningKind } from "../../core/policy/legal-basis.ts";
import { policyOverride } from "../../core/policy/policy-set.ts";
import type { LeafValue, SettingName } from "../../core/policy/settings.ts";
import { tiers } from "../../core/policy/verdict.ts";
import { accountRestrictions } from "../../core/strikes/account-restriction.ts";
import { surfaces } from "../../core/wire/item-event.ts";

export type SettingInput = { readonly keys: readonly string[] } & (
	| { readonly kind: "choice"; readonly values: readonly string[] }
	/** `unit`: how much of the stored value one of what is typed is. */
	| {
			readonly kind: "number";
			readonly least: number;
			readonly most: number;
			readonly step: number;
			readonly unit: number;
	  }
);

const points = { kind: "number", least: 0, most: 100, step: 1, unit: 1 } as const;
const people = { kind: "number", least: 1, most: 2, step: 1, unit: 1 } as const;

export const settingInputs = {
	modelThresholds: { keys: policyCategories, kind: "number", least: 0, most: 1, step: 0.001, unit: 1 },
	actions: { keys: tiers, kind: "choice", values: ["withhold", "review", "none"] },
	urgency: { keys: tiers, ...points },
	textUrgency: { keys: [], ...points },
	surfaceUrgency: { keys: surfaces, ...points },
	removalPeople: { keys: tiers, ...people },
	undoWithinMs: { keys: [], kind: "number", least: 0, most: 7 * 24 * 60, step: 1, unit: 60_000 },
	restorePeople: { keys: tiers, ...people },
	nearTiers: { keys: ["picture", "reframed", "text", "video", "sound"], kind: "choice", values: ["K2", "K3"] },
	minimumQuality: { keys: [], ...points },
	shortestShownMs: { keys: [], kind: "number", least: 0, most: 3_600, step: 0.5, unit: 1_000 },
	sweepItems: { keys: [], kind: "number", least: 0, most: 1_000_000, step: 1, unit: 1 },
	accountRestriction: { keys: [], kind: "choice", values: accountRestrictions },
	spreadLimits: { keys: [], kind: "choice", values: ["people", "machine"] },
	wordsInPictures: { keys: [], kind: "choice", values: ["unread", "read"] },
	labels: { keys: [], kind: "choice", values: ["people", "machine"] },
	friction: { keys: [], kind: "choice", values: ["people", "machine"] },
	contactLimits: { keys: ["ledAway", "youngerLedAway"], kind: "number", least: 1, most: 1_000, step: 1, unit: 1 },
	ruleAnswerDays: { keys: [], kind: "number", least: 0, most: 365, step: 1, unit: 1 },
	legalBasis: { keys: examiningKind.options, kind: "choice", values: contactsBasis.options },
} as const satisfies Record<SettingName, SettingInput>;

/** One value of a setting, as it is proposed. */
export function partOf(
	setting: SettingName,
	key: string | null,
	value: LeafValue | null,
): Readonly<Record<string, unknown>> {
	return { [setting]: key === null ? value : { [key]: value } };
}

/** The values that a policy may have there, of those there are. */
export function choicesFor(setting: SettingName, key: string | null): readonly string[] {
	const input: SettingInput = settingInputs[setting];
	if (input.kind !== "choice") return [];
	return input.values.filter(
		(value) => policyOverride.safeParse({ surface: "public", settings: partOf(setting, key, value) }).success,
	);
}
