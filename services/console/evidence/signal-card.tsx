import { assertNever } from "../../core/assert-never.ts";
import type { WireMatchedEntry, WireSignal } from "../../core/wire/review-case.ts";
import { useWords } from "../shell/console-context.ts";
import { MatchCard } from "./match-card.tsx";
import { ScoreCard } from "./score-card.tsx";

interface CardProps {
	readonly signal: WireSignal;
	readonly entries: readonly WireMatchedEntry[];
}

export function SignalCard({ signal, entries }: CardProps) {
	const { evidence } = useWords();
	switch (signal.kind) {
		case "matched":
			return <MatchCard signal={signal} entry={entries.find(({ id }) => id === signal.match.entryId) ?? null} />;
		case "scored":
			return <ScoreCard signal={signal} />;
		case "clear":
			return (
				<article class="signal signal-clear">
					<h3>
						{evidence.detector[signal.detector]}: {evidence.clear}
					</h3>
					<p class="quiet">
						{evidence.version} <span class="code">{signal.version}</span>
					</p>
				</article>
			);
		case "unavailable":
			return (
				<article class="signal signal-unavailable">
					<h3>
						{evidence.detector[signal.detector]}: {evidence.unavailable.title}
					</h3>
					<p>
						{evidence.unavailable.reasons[signal.reason]}. {evidence.unavailable.caution}
					</p>
					<p class="quiet">
						{evidence.version} <span class="code">{signal.version}</span>
					</p>
				</article>
			);
		default:
			return assertNever(signal);
	}
}
