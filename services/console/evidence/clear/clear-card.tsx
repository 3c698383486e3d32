import type { ClearSignal } from "../../../core/signals/clear/clear.ts";
import { wordFor } from "../../language/dictionary.ts";
import { usePreferences } from "../../shell/console-context.ts";
import type { CardProps } from "../evidence-card.ts";
import { clearWords } from "./clear-words.ts";

export function ClearCard({ signal }: CardProps<ClearSignal>) {
	const { words, language } = usePreferences();
	return (
		<h3>
			{wordFor(words.evidence.detector, signal.detector)}: {clearWords[language].title}
		</h3>
	);
}
