// Rows of the policy's revisions and proposals, as the policy store reads them.
import { sql } from "kysely";
import { z } from "zod";
import { policyProposalId, type UserId, userId } from "../../../core/ids.ts";
import { builtInSet, initialRevision, initialSet } from "../../../core/policy/policy.ts";
import { policySet } from "../../../core/policy/policy-set.ts";
import {
	type PolicyPerson,
	type PolicyProposal,
	type PolicyRevision,
	policyProposalStates,
} from "../../../core/ports/policy-store.ts";
import { column } from "../connection/columns.ts";

const sharedRow = z.object({
	settings: policySet,
	reverts_to: column.whole.nullable(),
	why: column.text,
	proposed_by_id: userId,
	proposed_by_login: column.text,
	decided_by_id: userId.nullable(),
	decided_by_login: column.text.nullable(),
});
export const proposalRow = sharedRow.extend({
	id: policyProposalId,
	base: column.whole,
	proposed_at: column.time,
	state: z.enum(policyProposalStates),
	decided_at: column.time.nullable(),
	decided_why: column.text.nullable(),
});
export type ProposalRow = z.infer<typeof proposalRow>;

const proposalFields = sql`proposal.reverts_to, proposal.why, proposal.proposed_by AS proposed_by_id, proposer.login AS proposed_by_login,
	proposal.decided_by AS decided_by_id, decider.login AS decided_by_login`;
const withPeople = sql`JOIN users AS proposer ON proposer.id = proposal.proposed_by LEFT JOIN users AS decider ON decider.id = proposal.decided_by`;

export const selectProposals = sql`SELECT proposal.id, proposal.base, proposal.settings, proposal.proposed_at, proposal.state, proposal.decided_at,
	proposal.decided_why, ${proposalFields} FROM policy_proposals AS proposal ${withPeople}`;

export const revisionRow = sharedRow.extend({ revision: column.whole, in_force_at: column.time });

export const selectRevisions = sql`SELECT revision, policy_revisions.settings, in_force_at, ${proposalFields}
	FROM policy_revisions JOIN policy_proposals AS proposal ON proposal.id = proposal_id ${withPeople}`;

export function toProposal(row: ProposalRow): PolicyProposal {
	const { base, why, state, decided_at, decided_why } = row;
	const decidedBy = personOf(row.decided_by_id, row.decided_by_login);
	return {
		...{ id: row.id, base, why, state },
		set: row.settings,
		revertsTo: row.reverts_to,
		proposedBy: { id: row.proposed_by_id, login: row.proposed_by_login },
		proposedAt: row.proposed_at,
		decided: decided_at === null || decidedBy === null ? null : { at: decided_at, by: decidedBy, why: decided_why },
	};
}

export function toRevision(row: z.infer<typeof revisionRow>): PolicyRevision {
	const by = personOf(row.decided_by_id, row.decided_by_login);
	if (by === null) throw new Error("a revision of the policy that nobody accepted");
	return {
		revision: row.revision,
		set: row.settings,
		accepted: {
			at: row.in_force_at,
			by,
			proposedBy: { id: row.proposed_by_id, login: row.proposed_by_login },
			why: row.why,
			revertsTo: row.reverts_to,
		},
	};
}

function personOf(id: UserId | null, login: string | null): PolicyPerson | null {
	return id === null || login === null ? null : { id, login };
}

export function builtInRevision(revision: number): PolicyRevision {
	return { revision, set: builtInSet(revision) ?? initialSet, accepted: null };
}

/** Newest first. */
export const builtInRevisions: readonly PolicyRevision[] = Array.from({ length: initialRevision }, (_, at) =>
	builtInRevision(initialRevision - at),
);
