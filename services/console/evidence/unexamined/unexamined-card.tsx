import type { UnexaminedSignal } from "../../../core/signals/unexamined/unexamined.ts";
import { useWords } from "../../shell/console-context.ts";
import type { CardProps } from "../evidence-card.ts";

export function UnexaminedCard({ signal }: CardProps<UnexaminedSignal>) {
	const { evidence } = useWords();
	return (
		<>
			<h3>{evidence.unexamined.title}</h3>
			<p>
				{evidence.unexamined.of[signal.of]}. {evidence.unexamined.caution}
			</p>
		</>
	);
}
