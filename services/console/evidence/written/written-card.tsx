import type { WrittenSignal } from "../../../core/signals/written/written.ts";
import { usePreferences } from "../../shell/console-context.ts";
import type { CardProps } from "../evidence-card.ts";
import { MatchCard } from "../matched/match-card.tsx";
import { ScoreCard } from "../scored/score-card.tsx";
import { writtenWords } from "./written-words.ts";

export function WrittenCard({ signal: { says, isTyped }, ground, entries }: CardProps<WrittenSignal>) {
	const { language } = usePreferences();
	const { title, caution, typed } = writtenWords[language];
	return (
		<>
			<p class="tag">{isTyped === true ? typed.title : title}</p>
			{says.kind === "matched" ? (
				<MatchCard signal={says} ground={ground} entries={entries} />
			) : (
				<ScoreCard signal={says} ground={ground} entries={entries} />
			)}
			{isTyped === true ? null : <p class="quiet">{caution}</p>}
		</>
	);
}
