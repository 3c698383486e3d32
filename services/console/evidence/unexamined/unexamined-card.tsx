import type { UnexaminedSignal } from "../../../core/signals/unexamined/unexamined.ts";
import { useWords } from "../../shell/console-context.ts";
import type { CardProps } from "../evidence-card.ts";
import { sentenceOf } from "./unexamined-part.ts";

export function UnexaminedCard({ signal }: CardProps<UnexaminedSignal>) {
	const { evidence } = useWords();
	return (
		<>
			<h3>{evidence.unexamined.title}</h3>
			<p>
				{sentenceOf(signal, evidence.unexamined)}. {evidence.unexamined.caution}
			</p>
		</>
	);
}
