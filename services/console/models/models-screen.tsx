// Which model speaks, what the one in its shadow would have said, and proposals of how to read scores, which a person accepts or not.
import { useState } from "preact/hooks";
import type { WireProposal } from "../../core/wire/models-api.ts";
import { formatCount, formatProbability } from "../format/number.ts";
import { useAct } from "../hooks/use-act.ts";
import { useReread } from "../hooks/use-reread.ts";
import { useResource } from "../hooks/use-resource.ts";
import { ConfirmForm } from "../parts/confirm-form.tsx";
import { OutcomeLines } from "../parts/outcome-lines.tsx";
import { useDesk, usePreferences } from "../shell/console-context.ts";
import { Loaded, PlainPage } from "../shell/plain-page.tsx";
import { DisagreementTable } from "./disagreement-table.tsx";
import { ProposalCard } from "./proposal-card.tsx";
import { TallyTable } from "./tally-table.tsx";

interface Asking {
	readonly verb: "accept" | "reject";
	readonly proposal: WireProposal;
}

export function ModelsScreen() {
	const { words, language } = usePreferences();
	const texts = words.models;
	const { client } = useDesk();
	const models = useResource("models", () => client.models());
	useReread(models.reload);
	const [asking, setAsking] = useState<Asking | null>(null);
	const { act, outcome, problem, isBusy, forget } = useAct(() => setAsking(null), models.reload);
	const ask = (next: Asking | null) => {
		forget();
		setAsking(next);
	};
	return (
		<PlainPage title={texts.title} class="now banks">
			<OutcomeLines outcome={outcome} problem={asking === null ? problem : null} />
			{asking !== null && (
				<ConfirmForm
					title={texts[asking.verb].title(asking.proposal.model, asking.proposal.category)}
					text={texts[asking.verb].text(formatProbability(asking.proposal.threshold, language))}
					onConfirm={() =>
						act(
							({ revision }) => texts[asking.verb].done(revision),
							() => client.decideProposal(asking.verb, asking.proposal.id),
						)
					}
					onCancel={() => ask(null)}
					{...{ problem, isBusy }}
				/>
			)}
			<Loaded resource={models}>
				{({ live, shadow, revision, proposals, tallies, disagreements }) => (
					<>
						<section>
							<h2>{texts.running}</h2>
							<p>
								{texts.live} <span class="code">{live}</span> · {texts.revision(revision)}
							</p>
							{shadow === null ? (
								<p class="quiet">{texts.noShadow}</p>
							) : (
								<p>
									{texts.shadow} <span class="code">{shadow.model}</span> ·{" "}
									{texts.share(formatCount(shadow.share * 100, language))}
								</p>
							)}
						</section>
						<section>
							<h2>{texts.proposals}</h2>
							{proposals.length === 0 && <p class="quiet">{texts.noProposals}</p>}
							{proposals.map((proposal) => (
								<ProposalCard key={proposal.id} proposal={proposal} onAsk={(verb) => ask({ verb, proposal })} />
							))}
						</section>
						<section>
							<h2>{texts.compared}</h2>
							{tallies.length === 0 ? <p class="quiet">{texts.noTallies}</p> : <TallyTable tallies={tallies} />}
						</section>
						{tallies.length > 0 && (
							<section>
								<h2>{texts.disagreements}</h2>
								<p class="quiet">{disagreements.length === 0 ? texts.noDisagreements : texts.disagreementsIntro}</p>
								{disagreements.length > 0 && <DisagreementTable disagreements={disagreements} />}
							</section>
						)}
					</>
				)}
			</Loaded>
		</PlainPage>
	);
}
