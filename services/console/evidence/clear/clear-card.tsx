import type { ClearSignal } from "../../../core/signals/clear/clear.ts";
import { wordFor } from "../../language/dictionary.ts";
import { useWords } from "../../shell/console-context.ts";
import type { CardProps } from "../evidence-card.ts";

export function ClearCard({ signal }: CardProps<ClearSignal>) {
	const { evidence } = useWords();
	return (
		<h3>
			{wordFor(evidence.detector, signal.detector)}: {evidence.clear}
		</h3>
	);
}
