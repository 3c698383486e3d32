// Revisions and proposals of the policy, with what they change.
import type { UserId } from "../core/ids.ts";
import { comparePolicies, mayWithholdMore, type PolicyChange } from "../core/policy/compare-policies.ts";
import { withChanges } from "../core/policy/policy-history.ts";
import type { PolicyProposal, PolicyRevision, PolicyStore } from "../core/ports/policy-store.ts";
import type { WirePolicyProposal, WirePolicyRevision } from "../core/wire/policy-api.ts";

export function showRevision(
	{ revision, set, accepted }: PolicyRevision,
	changes: readonly PolicyChange[],
): WirePolicyRevision {
	return {
		...{ revision, set },
		accepted:
			accepted === null
				? null
				: {
						at: accepted.at.toISOString(),
						by: accepted.by.login,
						proposedBy: accepted.proposedBy.login,
						why: accepted.why,
						revertsTo: accepted.revertsTo,
					},
		changes: [...changes],
	};
}

/** The page's revisions, each with what it changed. */
export async function showHistory(
	policy: Pick<PolicyStore, "history">,
	{ before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<readonly WirePolicyRevision[]> {
	const revisions = await policy.history({ before, limit: limit + 1 });
	return withChanges(revisions)
		.slice(0, limit)
		.map(({ changes, ...one }) => showRevision(one, changes));
}

/** `base`: the revision that it was made against. */
export function showProposal(
	proposal: PolicyProposal,
	{ base, inForce, viewer }: { readonly base: PolicyRevision; readonly inForce: number; readonly viewer: UserId },
): WirePolicyProposal {
	const { id, set, revertsTo, why, proposedBy, proposedAt, state } = proposal;
	const changes = comparePolicies(base.set, set);
	return {
		...{ id, set, revertsTo, why, state },
		base: proposal.base,
		proposedBy: proposedBy.login,
		isMine: proposedBy.id === viewer,
		isStale: state === "open" && proposal.base !== inForce,
		proposedAt: proposedAt.toISOString(),
		changes: [...changes],
		mayWithholdMore: mayWithholdMore(changes),
	};
}
