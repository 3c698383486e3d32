import type { PolicySet } from "../policy/policy-set.ts";
import type { Proposal, Revision, RevisionStore } from "./revision-store.ts";

export type PolicyRevision = Revision<PolicySet>;
export type PolicyProposal = Proposal<PolicySet>;
/** The policy, which two people change. Throws `policy-stale` where another revision has come into force since a proposal. */
export type PolicyStore = RevisionStore<PolicySet>;
