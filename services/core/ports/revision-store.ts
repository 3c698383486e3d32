// Settings that two people change: the revisions of them, kept for ever, and the proposals that become them once another person has accepted.
// Whoever follows them learns of a new revision within a second.
import type { PolicyProposalId, UserId } from "../ids.ts";

export interface ProposalPerson {
	readonly id: UserId;
	readonly login: string;
}

export interface Revision<S> {
	readonly revision: number;
	readonly set: S;
	/** Null of those that are built in: nobody proposed them. */
	readonly accepted: {
		readonly at: Date;
		readonly by: ProposalPerson;
		readonly proposedBy: ProposalPerson;
		readonly why: string;
		/** The revision whose settings it took up again; null where they are its own. */
		readonly revertsTo: number | null;
	} | null;
}

export const proposalStates = ["open", "accepted", "rejected"] as const;
type ProposalState = (typeof proposalStates)[number];

export interface Proposal<S> {
	readonly id: PolicyProposalId;
	/** The revision that it was made against; where another has come into force since, it is stale and cannot be accepted. */
	readonly base: number;
	readonly set: S;
	readonly revertsTo: number | null;
	readonly why: string;
	readonly proposedBy: ProposalPerson;
	readonly proposedAt: Date;
	readonly state: ProposalState;
	/** Null while it is open. */
	readonly decided: { readonly at: Date; readonly by: ProposalPerson; readonly why: string | null } | null;
}

export interface NewProposal<S> {
	/** Makes the proposed settings of those in force, under the lock that keeps others from coming into force meanwhile. */
	readonly make: (inForce: Revision<S>) => S;
	/** Refused as stale unless it is in force; null: whatever is. */
	readonly base: number | null;
	readonly why: string;
	readonly by: UserId;
}

export interface RevisionStore<S> {
	/** The newest revision: the one in force. */
	current(): Promise<Revision<S>>;
	find(revision: number): Promise<Revision<S> | null>;
	/** Newest first, from before the revision given; the built-in ones are the last. */
	history(page: { readonly before: number | null; readonly limit: number }): Promise<readonly Revision<S>[]>;
	/** Throws `nothing-changed` where it would leave everything as it is. */
	propose(proposal: NewProposal<S>): Promise<Proposal<S>>;
	/** Proposes the settings of an older revision; `not-found` where there is none of that number. */
	proposeRevert(to: number, proposal: Pick<NewProposal<S>, "base" | "why" | "by">): Promise<Proposal<S>>;
	findProposal(id: PolicyProposalId): Promise<Proposal<S> | null>;
	/** Newest first. */
	proposals(filter: { readonly state: ProposalState | null; readonly limit: number }): Promise<readonly Proposal<S>[]>;
	/**
	 * Puts a proposal in force as the next revision, in one transaction. Throws `same-person` to whoever proposed it, what says that it is stale where
	 * another revision has come into force since, `not-decidable` where it is decided already.
	 */
	accept(id: PolicyProposalId, by: UserId, why: string | null): Promise<Revision<S>>;
	/** Anybody who may decide may reject; whoever proposed it takes it back so. */
	reject(id: PolicyProposalId, by: UserId, why: string): Promise<Proposal<S>>;
	onChanged(listener: () => void): Promise<AsyncDisposable>;
}
