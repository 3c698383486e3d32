import type { WireMatchedEntry, WireSignal } from "../../core/wire/review-case.ts";
import { useCards, useEvidence, usePreferences } from "../shell/console-context.ts";
import { GroundLine } from "./ground-line.tsx";
import { groundWords } from "./ground-words.ts";

interface CardProps {
	readonly signal: WireSignal;
	readonly entries: readonly WireMatchedEntry[];
}

export function SignalCard({ signal, entries }: CardProps) {
	const { language } = usePreferences();
	const found = useEvidence().read(signal);
	const kind = useCards()[signal.kind];
	return (
		<article class={`signal signal-${signal.kind}`}>
			{found === null || kind === undefined ? (
				<h3>{groundWords[language].unknownKind(signal.kind)}</h3>
			) : (
				<kind.Card {...found.shown} entries={entries} />
			)}
			<GroundLine signal={signal} />
		</article>
	);
}
