// Rows of revisions and of proposals, whatever their settings are.
import { sql } from "kysely";
import { z } from "zod";
import { policyProposalId, type UserId, userId } from "../../../core/ids.ts";
import {
	type Proposal,
	type ProposalPerson,
	proposalStates,
	type Revision,
} from "../../../core/ports/revision-store.ts";
import { column } from "../connection/columns.ts";

const sharedRow = z.object({
	settings: z.unknown(),
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
	state: z.enum(proposalStates),
	decided_at: column.time.nullable(),
	decided_why: column.text.nullable(),
});
export type ProposalRow = z.infer<typeof proposalRow>;
export const revisionRow = sharedRow.extend({ revision: column.whole, in_force_at: column.time });

/** Whose they are, as their tables are named. */
export type Subject = "policy" | "law" | "template";

const proposalFields = sql`proposal.reverts_to, proposal.why, proposal.proposed_by AS proposed_by_id, proposer.login AS proposed_by_login,
	proposal.decided_by AS decided_by_id, decider.login AS decided_by_login`;
const withPeople = sql`JOIN users AS proposer ON proposer.id = proposal.proposed_by LEFT JOIN users AS decider ON decider.id = proposal.decided_by`;

export function tablesOf(subject: Subject) {
	return { proposals: sql.table(`${subject}_proposals`), revisions: sql.table(`${subject}_revisions`) };
}

export function selectProposals(subject: Subject) {
	return sql`SELECT proposal.id, proposal.base, proposal.settings, proposal.proposed_at, proposal.state, proposal.decided_at,
		proposal.decided_why, ${proposalFields} FROM ${tablesOf(subject).proposals} AS proposal ${withPeople}`;
}

export function selectRevisions(subject: Subject) {
	const { proposals, revisions } = tablesOf(subject);
	return sql`SELECT revision, kept.settings, in_force_at, ${proposalFields}
		FROM ${revisions} AS kept JOIN ${proposals} AS proposal ON proposal.id = proposal_id ${withPeople}`;
}

export function toProposal<S>(row: ProposalRow, parse: (settings: unknown) => S): Proposal<S> {
	const { base, why, state, decided_at, decided_why } = row;
	const decidedBy = personOf(row.decided_by_id, row.decided_by_login);
	return {
		...{ id: row.id, base, why, state },
		set: parse(row.settings),
		revertsTo: row.reverts_to,
		proposedBy: { id: row.proposed_by_id, login: row.proposed_by_login },
		proposedAt: row.proposed_at,
		decided: decided_at === null || decidedBy === null ? null : { at: decided_at, by: decidedBy, why: decided_why },
	};
}

export function toRevision<S>(row: z.infer<typeof revisionRow>, parse: (settings: unknown) => S): Revision<S> {
	const by = personOf(row.decided_by_id, row.decided_by_login);
	if (by === null) throw new Error("a revision that nobody accepted");
	return {
		revision: row.revision,
		set: parse(row.settings),
		accepted: {
			at: row.in_force_at,
			by,
			proposedBy: { id: row.proposed_by_id, login: row.proposed_by_login },
			why: row.why,
			revertsTo: row.reverts_to,
		},
	};
}

function personOf(id: UserId | null, login: string | null): ProposalPerson | null {
	return id === null || login === null ? null : { id, login };
}
