import type { WirePolicyRevision } from "../../core/wire/policy-api.ts";
import { Moment } from "../parts/moment.tsx";
import { useWords } from "../shell/console-context.ts";
import { hashOf } from "../shell/route.ts";
import { ChangeList } from "./change-list.tsx";
import type { Platforms } from "./use-policy-words.ts";

interface HistoryProps {
	/** Newest first. */
	readonly revisions: readonly WirePolicyRevision[];
	readonly inForce: number;
	readonly platforms: Platforms;
	/** Null where this person may not, or something is asked already. */
	readonly onRevert: ((to: WirePolicyRevision) => void) | null;
}

export function RevisionList({ revisions, inForce, platforms, onRevert }: HistoryProps) {
	const texts = useWords().policy;
	return (
		<ol class="policy-revisions" reversed>
			{revisions.map((one) => (
				<li key={one.revision} value={one.revision}>
					<RevisionLine revision={one} />
					<ChangeList changes={one.changes} platforms={platforms} />
					<div class="button-row">
						<a href={hashOf({ name: "policy", revision: one.revision })}>{texts.readIt(one.revision)}</a>
						{one.revision !== inForce && onRevert !== null && (
							<button type="button" class="button" onClick={() => onRevert(one)}>
								{texts.revert.name}… <span class="for-readers">{one.revision}</span>
							</button>
						)}
					</div>
				</li>
			))}
		</ol>
	);
}

/** Whose it is, since when, and why. */
export function RevisionLine({ revision: { accepted } }: { readonly revision: WirePolicyRevision }) {
	const texts = useWords().policy;
	if (accepted === null) return <p>{texts.builtIn}</p>;
	const { at, by, proposedBy, why, revertsTo } = accepted;
	return (
		<p>
			{why}
			<br />
			<span class="quiet">
				<Moment at={at} /> · {texts.proposedBy(proposedBy)} · {texts.acceptedBy(by)}
				{revertsTo !== null && <> · {texts.backTo(revertsTo)}</>}
			</span>
		</p>
	);
}
