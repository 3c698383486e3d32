import type { PolicyOutlookAnswer, WirePolicyProposal } from "../../core/wire/policy-api.ts";
import { formatCount } from "../format/number.ts";
import { useResource } from "../hooks/use-resource.ts";
import { Ago } from "../parts/moment.tsx";
import { useDesk, usePreferences, useWords } from "../shell/console-context.ts";
import { ChangeList } from "./change-list.tsx";
import type { Platforms } from "./use-policy-words.ts";

interface CardProps {
	readonly proposal: WirePolicyProposal;
	readonly platforms: Platforms;
	/** Null while something is asked already. */
	readonly onAsk: ((verb: "accept" | "reject") => void) | null;
}

/** What somebody proposes, what it would change, and what it would have made of past items. */
export function PolicyProposalCard({ proposal, platforms, onAsk }: CardProps) {
	const { may } = useDesk();
	const texts = useWords().policy;
	const { id, base, revertsTo, why, proposedBy, proposedAt, isMine, isStale, changes, mayWithholdMore } = proposal;
	return (
		<article class="signal" data-proposal={id}>
			<h3>{why}</h3>
			<p class="quiet">
				{proposedBy} · <Ago at={proposedAt} /> · {texts.against(base)}
				{revertsTo !== null && <> · {texts.backTo(revertsTo)}</>}
			</p>
			<ChangeList changes={changes} platforms={platforms} />
			{mayWithholdMore && <p class="notice">{texts.mayWithholdMore}</p>}
			{isStale ? <p class="notice">{texts.stale}</p> : <Outlook id={id} />}
			{may("policy:decide") && (
				<>
					{isMine && !isStale && <p class="quiet">{texts.isMine}</p>}
					<div class="button-row">
						{!isMine && !isStale && (
							<button type="button" class="button" disabled={onAsk === null} onClick={() => onAsk?.("accept")}>
								{texts.accept.name}…
							</button>
						)}
						<button type="button" class="button" disabled={onAsk === null} onClick={() => onAsk?.("reject")}>
							{isMine ? texts.takeBack : texts.reject.name}…
						</button>
					</div>
				</>
			)}
		</article>
	);
}

function Outlook({ id }: Pick<WirePolicyProposal, "id">) {
	const { client } = useDesk();
	const texts = useWords().policy.outlook;
	const { value, problem } = useResource(id, () => client.policyOutlook(id));
	if (value === null) return <p class="quiet">{problem === null ? texts.underWay : texts.failed}</p>;
	return <Foretold outlook={value} />;
}

function Foretold({ outlook: { items, moved, reordered } }: { readonly outlook: PolicyOutlookAnswer }) {
	const { words, language } = usePreferences();
	const texts = words.policy.outlook;
	const count = (value: number) => formatCount(value, language);
	if (items === 0) return <p class="quiet">{texts.noItems}</p>;
	if (moved.length === 0 && reordered === 0) return <p>{texts.same(count(items))}</p>;
	return (
		<>
			<p>{texts.moved(count(items))}</p>
			<ul>
				{moved.map((one) => (
					<li key={`${one.from} ${one.to}`}>
						{texts.move(count(one.items), texts.actions[one.to], texts.actions[one.from])}
					</li>
				))}
				{reordered > 0 && <li>{texts.reordered(count(reordered))}</li>}
			</ul>
		</>
	);
}
