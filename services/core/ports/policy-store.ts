// The revisions of the policy, kept for ever, and the proposals that become them once another person has accepted. Whoever follows the
// policy learns of a new revision within a second.
import type { PolicyProposalId, UserId } from "../ids.ts";
import type { PolicySet } from "../policy/policy-set.ts";

export interface PolicyPerson {
	readonly id: UserId;
	readonly login: string;
}

export interface PolicyRevision {
	readonly revision: number;
	readonly set: PolicySet;
	/** Null of those that are built in: nobody proposed them. */
	readonly accepted: {
		readonly at: Date;
		readonly by: PolicyPerson;
		readonly proposedBy: PolicyPerson;
		readonly why: string;
		/** The revision whose settings it took up again; null where they are its own. */
		readonly revertsTo: number | null;
	} | null;
}

export const policyProposalStates = ["open", "accepted", "rejected"] as const;
type PolicyProposalState = (typeof policyProposalStates)[number];

export interface PolicyProposal {
	readonly id: PolicyProposalId;
	/** The revision that it was made against; where another has come into force since, it is stale and cannot be accepted. */
	readonly base: number;
	readonly set: PolicySet;
	readonly revertsTo: number | null;
	readonly why: string;
	readonly proposedBy: PolicyPerson;
	readonly proposedAt: Date;
	readonly state: PolicyProposalState;
	/** Null while it is open. */
	readonly decided: { readonly at: Date; readonly by: PolicyPerson; readonly why: string | null } | null;
}

export interface NewPolicyProposal {
	/** Makes the proposed settings of those in force, under the lock that keeps others from coming into force meanwhile. */
	readonly make: (inForce: PolicyRevision) => PolicySet;
	/** Refused as `policy-stale` unless it is in force; null: whatever is. */
	readonly base: number | null;
	readonly why: string;
	readonly by: UserId;
}

export interface PolicyStore {
	/** The newest revision: the one in force. */
	current(): Promise<PolicyRevision>;
	find(revision: number): Promise<PolicyRevision | null>;
	/** Newest first, from before the revision given; the built-in ones are the last. */
	history(page: { readonly before: number | null; readonly limit: number }): Promise<readonly PolicyRevision[]>;
	/** Throws `nothing-changed` where it would leave everything as it is. */
	propose(proposal: NewPolicyProposal): Promise<PolicyProposal>;
	/** Proposes the settings of an older revision; `not-found` where there is none of that number. */
	proposeRevert(to: number, proposal: Pick<NewPolicyProposal, "base" | "why" | "by">): Promise<PolicyProposal>;
	findProposal(id: PolicyProposalId): Promise<PolicyProposal | null>;
	/** Newest first. */
	proposals(filter: {
		readonly state: PolicyProposalState | null;
		readonly limit: number;
	}): Promise<readonly PolicyProposal[]>;
	/**
	 * Puts a proposal in force as the next revision, in one transaction. Throws `same-person` to whoever proposed it, `policy-stale` where
	 * another revision has come into force since, `not-decidable` where it is decided already.
	 */
	accept(id: PolicyProposalId, by: UserId, why: string | null): Promise<PolicyRevision>;
	/** Anybody who may decide may reject; whoever proposed it takes it back so. */
	reject(id: PolicyProposalId, by: UserId, why: string): Promise<PolicyProposal>;
	onChanged(listener: () => void): Promise<AsyncDisposable>;
}
