import type { PolicyChange } from "../../core/policy/compare-policies.ts";
import type { PolicyScope } from "../../core/policy/policy-set.ts";
import type { Leaf, LeafValue, SettingName } from "../../core/policy/settings.ts";
import type { PolicyAnswer } from "../../core/wire/policy-api.ts";
import { policyEnglish } from "../../words/policy.en.ts";
import { policyVietnamese } from "../../words/policy.vi.ts";
import { changeSentence, type KeyNames, keyName, type PolicyWords, sentenceOf } from "../../words/policy-words.ts";
import { countryName } from "../language/country-name.ts";
import { wordFor } from "../language/dictionary.ts";
import { usePreferences } from "../shell/console-context.ts";

export type Platforms = PolicyAnswer["platforms"];

export interface PolicySays {
	readonly words: PolicyWords;
	keyName(setting: SettingName, key: string): string;
	leaf(leaf: Omit<Leaf, "value"> & { readonly value: LeafValue | null }): string;
	change(change: PolicyChange): string;
	scope(scope: PolicyScope, platforms: Platforms): string;
}

/** What policies say, in the language of the page. */
export function usePolicyWords(): PolicySays {
	const { words: dictionary, language } = usePreferences();
	const words = language === "vi" ? policyVietnamese : policyEnglish;
	const { terms } = dictionary;
	const names: KeyNames = {
		tier: (code) => wordFor(terms.tier, code),
		surface: (code) => wordFor(terms.surface, code),
		category: (code) => wordFor(terms.category, code),
	};
	return {
		words,
		keyName: (setting, key) => keyName(words, names, setting, key),
		leaf: (leaf) => sentenceOf(words, leaf, names),
		change: (change) => changeSentence(words, change, names),
		scope({ platform, surface, country = null }, platforms) {
			const parts = [
				...(platform === null ? [] : [platforms.find(({ id }) => id === platform)?.name ?? platform]),
				...(surface === null ? [] : [terms.surface[surface]]),
				...(country === null ? [] : [countryName(country, language)]),
			];
			return parts.length === 0 ? dictionary.policy.everywhere : parts.join(" · ");
		},
	};
}
