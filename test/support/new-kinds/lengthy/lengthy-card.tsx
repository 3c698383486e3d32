import type { CardProps } from "../../../../services/console/evidence/evidence-card.ts";
import { usePreferences } from "../../../../services/console/shell/console-context.ts";
import type { LengthySignal } from "./lengthy.ts";
import { lengthyWords } from "./lengthy-part.ts";

export function LengthyCard({ signal }: CardProps<LengthySignal>) {
	return <h3>{lengthyWords[usePreferences().language].title(signal.words)}</h3>;
}
