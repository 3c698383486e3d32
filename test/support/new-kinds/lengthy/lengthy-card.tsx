import type { CardProps } from "../../../../services/console/evidence/evidence-card.ts";
import { usePreferences } from "../../../../services/console/shell/console-context.ts";
import type { LengthySignal } from "./lengthy.ts";

export function LengthyCard({ signal }: CardProps<LengthySignal>) {
	const { language } = usePreferences();
	return <h3>{language === "vi" ? `Văn bản dài: ${signal.words} từ` : `A long text: ${signal.words} words`}</h3>;
}
