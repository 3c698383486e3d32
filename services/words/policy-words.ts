// What a policy says, as sentences: what each setting makes of things, what differs between two revisions, and what that may do.
import type { PolicyChange, PolicyEffect } from "../core/policy/compare-policies.ts";
import type { ExaminingKind } from "../core/policy/legal-basis.ts";
import type { Leaf, LeafValue, SettingName } from "../core/policy/settings.ts";

/** What a setting has a value for each of. */
type KeyKind = "tier" | "category" | "surface" | "resemblance" | "examination" | "contacts" | "nothing";

const keyKinds = {
	modelThresholds: "category",
	actions: "tier",
	urgency: "tier",
	textUrgency: "nothing",
	surfaceUrgency: "surface",
	removalPeople: "tier",
	undoWithinMs: "nothing",
	restorePeople: "tier",
	nearTiers: "resemblance",
	minimumQuality: "nothing",
	shortestShownMs: "nothing",
	sweepItems: "nothing",
	accountRestriction: "nothing",
	spreadLimits: "nothing",
	wordsInPictures: "nothing",
	labels: "nothing",
	friction: "nothing",
	contactLimits: "contacts",
	ruleAnswerDays: "nothing",
	legalBasis: "examination",
} as const satisfies Record<SettingName, KeyKind>;

/** One language. A sentence has no capital and no full stop, so that it may stand within another. */
export interface PolicyWords {
	readonly heading: Readonly<Record<SettingName, string>>;
	/** What a setting's value means; null where there is none, which only a model's threshold may be. */
	readonly says: { readonly [S in SettingName]: (key: string, value: LeafValue | null) => string };
	readonly resemblance: Readonly<Record<string, string>>;
	/** Kinds of signal, by what makes them. */
	readonly examination: Readonly<Record<ExaminingKind, string>>;
	/** Whom somebody led elsewhere. */
	readonly contacts: Readonly<Record<string, string>>;
	/** What is so now, and what was. */
	readonly change: (after: string, before: string) => string;
	/** An override that sets nothing of its own. */
	readonly asElsewhere: string;
	readonly effect: Readonly<Record<PolicyEffect, string>>;
}

/** How whoever shows them calls tiers, surfaces and categories. */
export type KeyNames = Readonly<Record<"tier" | "category" | "surface", (code: string) => string>>;

export function sentenceOf(
	words: PolicyWords,
	{ setting, key, value }: Omit<Leaf, "value"> & { readonly value: LeafValue | null },
	names: KeyNames,
): string {
	return words.says[setting](keyName(words, names, setting, key ?? ""), value);
}

export function changeSentence(words: PolicyWords, change: PolicyChange, names: KeyNames): string {
	const isOverride = change.platform !== null || change.surface !== null;
	const side = (value: LeafValue | null) =>
		isOverride && value === null ? words.asElsewhere : sentenceOf(words, { ...change, value }, names);
	return words.change(side(change.after), side(change.before));
}

/** How a tier, category, surface or resemblance is called that a setting has a value for. */
export function keyName(words: PolicyWords, names: KeyNames, setting: SettingName, key: string): string {
	const kind: KeyKind = keyKinds[setting];
	if (kind === "nothing") return "";
	if (kind === "examination") return Object.entries(words.examination).find(([one]) => one === key)?.[1] ?? key;
	if (kind === "resemblance" || kind === "contacts") return words[kind][key] ?? key;
	return names[kind](key);
}
