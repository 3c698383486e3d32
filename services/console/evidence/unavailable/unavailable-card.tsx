import type { UnavailableSignal } from "../../../core/signals/unavailable/unavailable.ts";
import { wordFor } from "../../language/dictionary.ts";
import { useWords } from "../../shell/console-context.ts";
import type { CardProps } from "../evidence-card.ts";

export function UnavailableCard({ signal }: CardProps<UnavailableSignal>) {
	const { evidence } = useWords();
	return (
		<>
			<h3>
				{wordFor(evidence.detector, signal.detector)}: {evidence.unavailable.title}
			</h3>
			<p>
				{evidence.unavailable.reasons[signal.reason]}. {evidence.unavailable.caution}
			</p>
		</>
	);
}
