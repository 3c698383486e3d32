import type { UnavailableSignal } from "../../../core/signals/unavailable/unavailable.ts";
import { wordFor } from "../../language/dictionary.ts";
import { usePreferences } from "../../shell/console-context.ts";
import type { CardProps } from "../evidence-card.ts";
import { withinWords } from "../within-words.ts";
import { unavailableWords } from "./unavailable-words.ts";

export function UnavailableCard({ signal }: CardProps<UnavailableSignal>) {
	const { words, language } = usePreferences();
	const texts = unavailableWords[language];
	return (
		<>
			<h3>
				{wordFor(words.evidence.detector, signal.detector)}: {texts.title}
			</h3>
			<p>
				{withinWords(texts.reasons[signal.reason], signal.within ?? [], language)}. {texts.caution}
			</p>
		</>
	);
}
