// Questions about another policy: which, of which time, how far that is, and what it has come to. Whoever works on one names where it goes on
// from, so that two do nothing twice, and one that was stopped goes on where it was.
import type { ItemId, PolicyProposalId, QuestionId } from "../ids.ts";
import type { PastVerdict, QuestionTally } from "../policy/past-question.ts";
import type { FactRange } from "./fact-store.ts";

/** A revision, or a proposal that is none yet. */
export type AskedPolicy =
	| { readonly kind: "revision"; readonly revision: number }
	| { readonly kind: "proposal"; readonly id: PolicyProposalId };

export interface PolicyQuestion {
	readonly id: QuestionId;
	readonly asked: AskedPolicy;
	readonly range: FactRange;
	/** The part of the verdicts that is looked at, as if drawn. */
	readonly share: number;
	/** Verdicts of that time when it began, looked at or not. */
	readonly verdicts: number;
	readonly state: "running" | "done";
	/** The last item that was looked at; null before the first. */
	readonly through: ItemId | null;
	readonly tally: QuestionTally;
	readonly startedBy: string;
	readonly startedAt: Date;
	readonly endedAt: Date | null;
}

export interface QuestionStore {
	begin(asked: Pick<PolicyQuestion, "asked" | "range" | "share" | "startedBy">): Promise<PolicyQuestion>;
	/** The newest about a policy that has not ended. */
	unfinished(asked: AskedPolicy): Promise<PolicyQuestion | null>;
	/** Newest first. */
	list(limit: number): Promise<readonly PolicyQuestion[]>;
	/** The next verdicts of its time and share, in the order in which items came. */
	page(
		question: Pick<PolicyQuestion, "range" | "share">,
		after: ItemId | null,
		limit: number,
	): Promise<readonly PastVerdict[]>;
	/** False where somebody else has taken it on since. */
	note(question: PolicyQuestion, step: Pick<PolicyQuestion, "through" | "tally">): Promise<boolean>;
	/** It has looked at all. */
	end(id: QuestionId): Promise<PolicyQuestion>;
}
