import type { WireSignal } from "../../core/wire/review-case.ts";
import { useEvidence, usePreferences } from "../shell/console-context.ts";
import { groundWords } from "./ground-words.ts";

/** What the verdict made of a signal, as it was recorded then. */
export function GroundLine({ signal }: { readonly signal: WireSignal }) {
	const { words, language } = usePreferences();
	const evidence = useEvidence();
	const { ground } = signal;
	const said = groundWords[language];
	// For whoever asks a year later, and not for the one who decides now.
	const version = (
		<details class="quiet">
			<summary>{words.evidence.version}</summary>
			<span class="code">{signal.version}</span>
		</details>
	);
	if (ground === null)
		return (
			<>
				<p class="quiet">{said.unknown}</p>
				{version}
			</>
		);
	const tierText = (tier: typeof ground.tier) => `${tier} ${words.terms.tier[tier]}`;
	const reasons = evidence.reasons(signal, ground, language);
	return (
		<>
			<p class="quiet">
				{ground.alone === "none" ? said.aloneNothing : said.alone(tierText(ground.alone))}
				{ground.tier !== ground.alone &&
					`, ${ground.tier === "none" ? said.ignored : said.counted(tierText(ground.tier))}`}
				{reasons.length > 0 && `: ${reasons.join("; ")}`}
			</p>
			{version}
		</>
	);
}
