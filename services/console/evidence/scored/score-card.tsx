import type { ScoredSignal } from "../../../core/signals/scored/scored.ts";
import { formatProbability } from "../../format/number.ts";
import { wordFor } from "../../language/dictionary.ts";
import { usePreferences } from "../../shell/console-context.ts";
import type { CardProps } from "../evidence-card.ts";
import { Gauge } from "../gauge.tsx";
import { scoredWords } from "./scored-words.ts";

export function ScoreCard({ signal, ground }: CardProps<ScoredSignal>) {
	const { words, language } = usePreferences();
	const score = scoredWords[language];
	const { probability } = signal;
	const threshold = ground?.limits.threshold ?? null;
	const text = formatProbability(probability, language);
	const full = threshold === null ? text : score.against(text, formatProbability(threshold, language));
	const title = threshold === null ? score.free : probability >= threshold ? score.over : score.under;
	const labels = Object.entries(signal.labels).toSorted(([, a], [, b]) => b - a);
	return (
		<>
			<h3>
				{title}: {wordFor(words.terms.category, signal.category)}
			</h3>
			<Gauge value={probability} maximum={1} mark={threshold} label={`${score.probability} ${full}`} />
			<p class="gauge-legend numbers">
				<strong>{full}</strong>
			</p>
			<p class="quiet">{score.caution}</p>
			{labels.length > 0 && (
				<details>
					<summary>{score.labels}</summary>
					<ul class="labels numbers">
						{labels.map(([label, value]) => (
							<li key={label}>
								<span>{label}</span>
								<span>{formatProbability(value, language)}</span>
							</li>
						))}
					</ul>
				</details>
			)}
			<p class="quiet">
				{score.model} <span class="code">{signal.model}</span> ({signal.backend})
			</p>
		</>
	);
}
