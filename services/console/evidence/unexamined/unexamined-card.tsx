import type { UnexaminedSignal } from "../../../core/signals/unexamined/unexamined.ts";
import { usePreferences } from "../../shell/console-context.ts";
import type { CardProps } from "../evidence-card.ts";
import { sentenceOf } from "./unexamined-part.ts";
import { unexaminedWords } from "./unexamined-words.ts";

export function UnexaminedCard({ signal }: CardProps<UnexaminedSignal>) {
	const texts = unexaminedWords[usePreferences().language];
	return (
		<>
			<h3>{texts.title}</h3>
			<p>
				{sentenceOf(signal, texts)}. {texts.caution}
			</p>
		</>
	);
}
