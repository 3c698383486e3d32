// Words of rules that take more than a look into the dictionary: faults, stages, percentages.
import type { RuleEffect, RuleStage } from "../../core/rules/rule.ts";
import type { CheckRuleAnswer, WireSnooze } from "../../core/wire/rules-api.ts";
import { ruleFaults as englishFaults } from "../../words/rule-faults.en.ts";
import { ruleFaults as vietnameseFaults } from "../../words/rule-faults.vi.ts";
import { formatPercent } from "../format/number.ts";
import { usePreferences } from "../shell/console-context.ts";

const faultWords = { en: englishFaults, vi: vietnameseFaults };

export function useRuleWords() {
	const { words, language } = usePreferences();
	const texts = words.rules;
	const percent = (share: number) => formatPercent(share, language);
	return {
		percent,
		between: ({ share, low, high }: { readonly share: number; readonly low: number; readonly high: number }) =>
			texts.backtest.between(percent(share), percent(low), percent(high)),
		stage: (stage: RuleStage, share: number) =>
			stage === "canary" ? texts.canaryOf(percent(share)) : texts.stages[stage],
		snoozed: ({ of }: WireSnooze) =>
			of.kind === "cluster" ? texts.snoozes.cluster(of.clusterId) : texts.snoozes.account(of.accountId, of.platform),
		fault: (fault: CheckRuleAnswer["faults"][number]) =>
			texts.editor.at(String(fault.line), String(fault.column), faultWords[language][fault.code](fault)),
		does: (does: RuleEffect) =>
			[
				...(does.withhold === true ? [texts.effects.withhold] : []),
				...(does.review === true ? [texts.effects.review] : []),
				...(does.raise === undefined ? [] : [texts.effects.raiseBy(String(does.raise))]),
				...(does.label === undefined ? [] : [texts.effects.labelled(does.label)]),
				...(does.limitSpread === true ? [texts.effects.limitSpread] : []),
				...(does.friction === true ? [texts.effects.friction] : []),
			].join(" · "),
	};
}
