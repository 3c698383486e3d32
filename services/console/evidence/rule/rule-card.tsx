import type { RuleSignal } from "../../../core/signals/rule/rule-signal.ts";
import { formatAbsolute } from "../../format/time.ts";
import { wordFor } from "../../language/dictionary.ts";
import { usePreferences } from "../../shell/console-context.ts";
import type { CardProps } from "../evidence-card.ts";
import { unavailableWords } from "../unavailable/unavailable-words.ts";
import { ruleWords } from "./rule-words.ts";

/** Which rule spoke, in which revision, and what it would have done about the item. */
export function RuleCard({ signal }: CardProps<RuleSignal>) {
	const { words, language, zone } = usePreferences();
	const texts = ruleWords[language];
	const { does, category } = signal;
	const { snoozed, answered, askedBefore, isOfAuthor } = signal;
	const on = (at: string) => formatAbsolute(new Date(at), zone);
	const said = [
		...(snoozed === undefined ? [] : [texts.snoozed[snoozed.kind](on(snoozed.until))]),
		...(answered === undefined ? [] : [texts.answered(on(answered.at), on(answered.until))]),
		...(askedBefore === undefined ? [] : [texts.askedBefore[askedBefore.because](on(askedBefore.at))]),
		...(isOfAuthor === true && answered === undefined && snoozed === undefined ? [texts.ofAccount] : []),
		...(does.label === undefined ? [] : [texts.label(does.label)]),
		...(does.raise === undefined ? [] : [texts.raise(does.raise)]),
		...(does.limitSpread === true ? [texts.limitSpread] : []),
		...(does.friction === true ? [texts.friction] : []),
	];
	return (
		<>
			<h3>{signal.outcome === "failed" ? texts.failed(signal.rule) : texts.name(signal.rule)}</h3>
			<p>
				{texts.revision(signal.revision)}
				{signal.stage === "shadow" && `, ${texts.shadow}`}
				{signal.stage === "canary" && `, ${texts.canary}`}
				{category !== null && `, ${wordFor(words.terms.category, category)}`}
			</p>
			{signal.outcome === "failed" && <p>{unavailableWords[language].caution}</p>}
			{said.map((one) => (
				<p key={one}>{one}</p>
			))}
		</>
	);
}
