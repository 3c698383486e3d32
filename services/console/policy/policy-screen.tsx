// What the machine does with what it finds, and what people must agree on: the revision in force or an older one, proposals, history.
import { useState } from "preact/hooks";
import type {
	NewPolicyProposalRequest,
	PolicyAnswer,
	WirePolicyProposal,
	WirePolicyRevision,
} from "../../core/wire/policy-api.ts";
import { type Acting, useAct } from "../hooks/use-act.ts";
import { useReread } from "../hooks/use-reread.ts";
import { useResource } from "../hooks/use-resource.ts";
import { OutcomeLines } from "../parts/outcome-lines.tsx";
import { ReasonForm } from "../parts/reason-form.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { Loaded, PlainPage } from "../shell/plain-page.tsx";
import { PolicyProposalCard } from "./policy-proposal-card.tsx";
import { ProposeForm } from "./propose-form.tsx";
import { RevisionLine, RevisionList } from "./revision-list.tsx";
import { PolicySays } from "./settings-list.tsx";

type Asking =
	| { readonly kind: "propose" }
	| { readonly kind: "accept" | "reject"; readonly proposal: WirePolicyProposal }
	| { readonly kind: "revert"; readonly to: WirePolicyRevision };

interface Everything extends PolicyAnswer {
	readonly revisions: readonly WirePolicyRevision[];
	/** The one asked for: in force, or older. */
	readonly shown: WirePolicyRevision;
}

const revisionsShown = 50;

/** `revision` null: the one in force. */
export function PolicyScreen({ revision }: { readonly revision: number | null }) {
	const { client } = useDesk();
	const texts = useWords().policy;
	const all = useResource(`policy ${revision}`, async (): Promise<Everything> => {
		const [policy, { revisions }, older] = await Promise.all([
			client.policy(),
			client.policyHistory(revisionsShown),
			revision === null ? null : client.policyRevision(revision),
		]);
		return { ...policy, revisions, shown: older ?? policy.inForce };
	});
	const [asking, setAsking] = useState<Asking | null>(null);
	// What is proposed rests on the revision that its author read.
	useReread(asking === null ? all.reload : null);
	const acting = useAct(() => setAsking(null), all.reload);
	const ask = (next: Asking | null) => {
		acting.forget();
		setAsking(next);
	};
	return (
		<PlainPage title={texts.title} class="now banks">
			<OutcomeLines outcome={acting.outcome} problem={asking === null ? acting.problem : null} />
			<Loaded resource={all}>
				{(everything) => (
					<>
						{asking !== null && <Ask {...{ asking, everything, acting }} onCancel={() => ask(null)} />}
						<Sections everything={everything} onAsk={asking === null ? ask : null} />
					</>
				)}
			</Loaded>
		</PlainPage>
	);
}

interface SectionsProps {
	readonly everything: Everything;
	/** Null while something is asked already. */
	readonly onAsk: ((asking: Asking) => void) | null;
}

function Sections({ everything: { inForce, shown, proposals, platforms, revisions }, onAsk }: SectionsProps) {
	const { may } = useDesk();
	const texts = useWords().policy;
	const isInForce = shown.revision === inForce.revision;
	return (
		<>
			<section>
				<h2>{texts.proposals}</h2>
				{proposals.length === 0 && <p class="quiet">{texts.noProposals}</p>}
				{proposals.map((proposal) => (
					<PolicyProposalCard
						key={proposal.id}
						{...{ proposal, platforms }}
						onAsk={onAsk === null ? null : (kind) => onAsk({ kind, proposal })}
					/>
				))}
				{may("policy:decide") && onAsk !== null && (
					<button type="button" class="button" onClick={() => onAsk({ kind: "propose" })}>
						{texts.form.open}…
					</button>
				)}
			</section>
			<section data-revision={shown.revision}>
				<h2>{isInForce ? texts.inForce(shown.revision) : texts.older(shown.revision)}</h2>
				<RevisionLine revision={shown} />
				{!isInForce && (
					<p>
						<a href="#/policy">{texts.toInForce(inForce.revision)}</a>
					</p>
				)}
				<PolicySays set={shown.set} platforms={platforms} />
			</section>
			<section>
				<h2>{texts.history}</h2>
				<RevisionList
					{...{ revisions, platforms }}
					inForce={inForce.revision}
					onRevert={may("policy:decide") && onAsk !== null ? (to) => onAsk({ kind: "revert", to }) : null}
				/>
			</section>
		</>
	);
}

interface AskProps {
	readonly asking: Asking;
	readonly everything: Everything;
	readonly acting: Acting;
	readonly onCancel: () => void;
}

function Ask({ asking, everything: { inForce, platforms }, acting: { act, problem, isBusy }, onCancel }: AskProps) {
	const { client } = useDesk();
	const texts = useWords().policy;
	const common = { problem, isBusy, onCancel };
	const propose = (request: NewPolicyProposalRequest) => act(texts.form.done, () => client.proposePolicy(request));
	switch (asking.kind) {
		case "propose":
			return <ProposeForm base={inForce.revision} platforms={platforms} onPropose={propose} {...common} />;
		case "revert": {
			const { revision } = asking.to;
			return (
				<ReasonForm
					title={texts.revert.title(revision)}
					text={texts.revert.text}
					onConfirm={(why) => propose({ base: inForce.revision, why, what: { kind: "revert", to: revision } })}
					{...common}
				/>
			);
		}
		case "accept": {
			const { id, why: purpose } = asking.proposal;
			return (
				<ReasonForm
					title={texts.accept.title(purpose)}
					text={texts.accept.text}
					onConfirm={(why) =>
						act(
							({ revision }) => texts.accept.done(revision),
							() => client.acceptPolicy(id, why),
						)
					}
					{...common}
				/>
			);
		}
		case "reject": {
			const { id, why: purpose } = asking.proposal;
			return (
				<ReasonForm
					title={texts.reject.title(purpose)}
					text={texts.reject.text}
					onConfirm={(why) => act(texts.reject.done, () => client.rejectPolicy(id, why))}
					{...common}
				/>
			);
		}
	}
}
