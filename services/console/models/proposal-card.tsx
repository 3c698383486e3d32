import type { WireProposal } from "../../core/wire/models-api.ts";
import { formatCount, formatPercent, formatProbability } from "../format/number.ts";
import { wordFor } from "../language/dictionary.ts";
import { Facts } from "../parts/facts.tsx";
import { Ago } from "../parts/moment.tsx";
import { usePreferences } from "../shell/console-context.ts";

interface CardProps {
	readonly proposal: WireProposal;
	readonly onAsk: (verb: "accept" | "reject") => void;
}

/** What would be read differently, and what that rests on. */
export function ProposalCard({ proposal, onAsk }: CardProps) {
	const { words, language } = usePreferences();
	const texts = words.models;
	const { model, version, category, platform, threshold, presentThreshold, evidence, proposedAt } = proposal;
	const share = (value: number) => formatProbability(value, language);
	const percent = (error: number) => formatPercent(error, language);
	const interval = (of: { readonly low: number; readonly high: number } | null) =>
		of === null ? "–" : `${share(of.low)}–${share(of.high)}`;
	const facts = [
		[texts.facts.platform, platform ?? texts.allPlatforms],
		[texts.facts.threshold, share(threshold)],
		[texts.facts.present, presentThreshold === null ? "–" : share(presentThreshold)],
		[texts.facts.precision, interval(evidence.precision)],
		[texts.facts.wanted, share(evidence.wantedPrecision)],
		[texts.facts.recall, interval(evidence.recall)],
		[
			texts.facts.error,
			evidence.errors === undefined ? "–" : `${percent(evidence.errors.now)} → ${percent(evidence.errors.fitted)}`,
		],
		[
			texts.facts.decisions,
			texts.decisions(formatCount(evidence.confirmed, language), formatCount(evidence.rejected, language)),
		],
	] as const;
	return (
		<article class="signal" data-proposal={proposal.id}>
			<h3>
				<span class="code">
					{model}@{version}
				</span>
				: {wordFor(words.terms.category, category)}
			</h3>
			<p class="quiet">
				<Ago at={proposedAt} /> · {texts.origin[evidence.threshold]}
			</p>
			<Facts facts={facts} />
			<div class="button-row">
				{(["accept", "reject"] as const).map((verb) => (
					<button key={verb} type="button" class="button" onClick={() => onAsk(verb)}>
						{texts[verb].name}…
					</button>
				))}
			</div>
		</article>
	);
}
