// The policy in the words of the command line: tiers, surfaces and categories by their codes, platforms by their names.
import type { PolicyChange } from "../core/policy/compare-policies.ts";
import { mayWithholdMore } from "../core/policy/compare-policies.ts";
import type { Foretold } from "../core/policy/foretell.ts";
import type { PolicyScope, PolicySet } from "../core/policy/policy-set.ts";
import { leavesOf, type SettingsPart, settingNames } from "../core/policy/settings.ts";
import type { Platform } from "../core/ports/platform-store.ts";
import type { PolicyRevision } from "../core/ports/policy-store.ts";
import { policyEnglish } from "../words/policy.en.ts";
import { changeSentence, type KeyNames, sentenceOf } from "../words/policy-words.ts";

const asTheyAre: KeyNames = { tier: (code) => code, surface: (code) => code, category: (code) => code };

export type Platforms = readonly Pick<Platform, "id" | "name">[];

export function scopeName({ platform, surface, country = null }: PolicyScope, platforms: Platforms): string {
	const name = platform === null ? null : (platforms.find(({ id }) => id === platform)?.name ?? platform);
	const parts = [
		...(name === null ? [] : [`platform ${name}`]),
		...(surface === null ? [] : [`surface ${surface}`]),
		...(country === null ? [] : [`country ${country}`]),
	];
	return parts.length === 0 ? "everywhere" : parts.join(", ");
}

/** As JSON for `policy propose`: with platforms by name. */
export function fileOf(set: PolicySet, platforms: Platforms) {
	const overrides = set.overrides.map((one) => ({
		...one,
		platform: one.platform === null ? null : (platforms.find(({ id }) => id === one.platform)?.name ?? one.platform),
	}));
	return { default: set.default, overrides };
}

export function describeSettings(part: SettingsPart): string {
	const leaves = leavesOf(part);
	return settingNames
		.flatMap((setting) => {
			const of = leaves.filter((leaf) => leaf.setting === setting);
			if (of.length === 0) return [];
			const says = of.map((leaf) => `    ${sentenceOf(policyEnglish, leaf, asTheyAre)}`);
			return [`  ${policyEnglish.heading[setting]}`, ...says];
		})
		.join("\n");
}

export function describeSet(set: PolicySet, platforms: Platforms): string {
	return [
		`${scopeName({ platform: null, surface: null }, platforms)}:`,
		describeSettings(set.default),
		...set.overrides.flatMap((one) => [`\n${scopeName(one, platforms)}, otherwise:`, describeSettings(one.settings)]),
	].join("\n");
}

export function describeRevision({ revision, accepted }: PolicyRevision): string {
	if (accepted === null) return `policy revision ${revision}, built in`;
	const { at, by, proposedBy, why, revertsTo } = accepted;
	const back = revertsTo === null ? "" : `, as revision ${revertsTo} had it`;
	return `policy revision ${revision}${back}, in force since ${at.toISOString()}; proposed by ${proposedBy.login} (${why}), accepted by ${by.login}`;
}

export function describeChanges(changes: readonly PolicyChange[], platforms: Platforms): string {
	const lines = changes.map((change) => {
		const effect = change.effect === null ? "" : ` – ${policyEnglish.effect[change.effect]}`;
		return `  ${scopeName(change, platforms)}: ${policyEnglish.heading[change.setting]}: ${changeSentence(policyEnglish, change, asTheyAre)}${effect}`;
	});
	return [...lines, ...(mayWithholdMore(changes) ? ["  NOTE: it may withhold what is not withheld now"] : [])].join(
		"\n",
	);
}

export function describeForetold({ items, moved, reordered }: Foretold): string {
	if (items === 0) return "no item has been judged yet to try it on";
	const names = { withhold: "withheld", review: "sent to people", none: "let be" } as const;
	const moves = moved.map((one) => `${one.items} ${names[one.to]} instead of ${names[one.from]}`);
	const order = reordered === 0 ? [] : [`${reordered} at another place in the queue`];
	const all = [...moves, ...order];
	return `of the last ${items} items it would have had ${all.length === 0 ? "none go another way" : all.join(", ")}`;
}
