// What one person has asked of a bank and may not do alone: what the bank would do more, and who may accept it.
import type { WireDraft } from "../../core/wire/bank-api.ts";
import { Ago } from "../parts/moment.tsx";
import { useDesk, useSays, useWords } from "../shell/console-context.ts";
import { shortIdOf } from "../shell/route.ts";

export type Proposed = WireDraft & { readonly proposal: NonNullable<WireDraft["proposal"]> };

export function isProposed(draft: WireDraft): draft is Proposed {
	return draft.proposal !== null;
}

interface ProposalCardProps {
	readonly draft: Proposed;
	readonly onAccept: () => void;
	readonly onReject: () => void;
}

export function ProposalCard({ draft, onAccept, onReject }: ProposalCardProps) {
	const { proposals: texts, imports } = useWords().banks;
	const says = useSays();
	const { may } = useDesk();
	const { proposal, faults, isMine, bankName } = draft;
	const needsAnother = isMine && faults.length > 0;
	return (
		<article class="signal" data-draft={draft.id}>
			<h3>{texts.heading[proposal.kind](bankName)}</h3>
			<p class="quiet">
				{imports.by(draft.createdBy)} · <Ago at={draft.createdAt} />
			</p>
			<p>{texts.asked}</p>
			<ul>
				{faults.map((one) => (
					<li key={one.code}>{says(one)}</li>
				))}
			</ul>
			{proposal.kind === "settings" ? (
				<p class="quiet">{texts.becomes(says(proposal.becomes))}</p>
			) : (
				<p class="quiet">
					{texts.entry(shortIdOf(proposal.entryId))} {texts.reason(proposal.reason)}
				</p>
			)}
			{needsAnother && (
				<p class="notice">
					<strong>{texts.another}</strong>
				</p>
			)}
			{may("bank:change") && (
				<div class="button-row">
					<button type="button" class="button" disabled={needsAnother} onClick={onAccept}>
						{texts.accept}
					</button>
					<button type="button" class="button" onClick={onReject}>
						{imports.reject}
					</button>
				</div>
			)}
		</article>
	);
}
