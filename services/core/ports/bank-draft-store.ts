// Imports into banks, and proposals of what one person may not do alone. Rows are staged into a draft, the draft shows its delta, and a person accepts or rejects it as a whole. What
// was accepted is carried out in steps, each a transaction, resumed where it stopped.

import type { BankProposal } from "../banks/bank-proposal.ts";
import type { AllowanceFault, ImportDelta } from "../banks/import-allowance.ts";
import type { ImportRemark } from "../banks/import-remark.ts";
import type { Rejection, RejectionCode } from "../banks/rejection.ts";
import type { Widening } from "../banks/widened-trust.ts";
import type { BankId, DraftId } from "../ids.ts";
import type { Quoted } from "../quoted.ts";
import type { NewEntry } from "./bank-store.ts";

export const draftStates = ["building", "open", "accepted", "applied", "rejected"] as const;
export type DraftState = (typeof draftStates)[number];

export const draftLapses = ["abandoned", "bank-removed", "bank-put-back", "asked-again"] as const;
export type DraftLapse = { readonly code: (typeof draftLapses)[number] };

/** Rows that may not enter, counted by reason, and the first of them with their line; never their hash. */
export interface RejectedRows {
	readonly count: number;
	readonly byCode: Readonly<Partial<Record<RejectionCode, number>>>;
	readonly first: readonly { readonly line: number; readonly why: Rejection | Quoted }[];
}

/** Who speaks in the rows, most rows first. */
interface DraftSources {
	readonly count: number;
	readonly first: readonly {
		readonly source: string;
		readonly rows: number;
		/** One more name that does not count alone confirms nothing (aggregate-opinions.ts). */
		readonly countsAlone: boolean;
	}[];
}

export interface BankDraft {
	readonly id: DraftId;
	readonly bankId: BankId;
	readonly bankName: string;
	readonly origin: string;
	readonly isReplacing: boolean;
	readonly state: DraftState;
	readonly createdBy: string;
	readonly createdAt: Date;
	/** Staged rows, and how many of them are in the bank. */
	readonly rowCount: number;
	readonly doneRows: number;
	readonly entriesBefore: number;
	readonly delta: ImportDelta;
	readonly rejected: RejectedRows;
	readonly remarks: readonly ImportRemark[];
	readonly sources: DraftSources;
	/** What is asked of the bank otherwise than by rows; null of an import. */
	readonly proposal: BankProposal | null;
	/** The bank's history was this long when the draft was last shown. */
	readonly baseSequence: number;
	/** Why a second person must accept it; empty where one is enough. */
	readonly faults: readonly (AllowanceFault | Widening | Quoted)[];
	readonly decidedBy: string | null;
	readonly decidedAt: Date | null;
	/** What the person said who accepted or rejected it. */
	readonly why: string | null;
	/** Why it ended where nobody decided on it. */
	readonly lapsed: DraftLapse["code"] | null;
	/** Where it records that the bank was put back: to which step of its history. */
	readonly putBackTo: number | null;
}

export interface NewDraft {
	readonly bankId: BankId;
	readonly by: string;
	/** The file's name, or what else the rows come from. */
	readonly origin: string;
	/** Who speaks in rows that name nobody. */
	readonly source: string;
	/** The rows are all that their sources say: what these said before and do not say now is taken back. */
	readonly isReplacing: boolean;
}

export interface Acceptance {
	/** Whether it was proven who accepts. */
	readonly name?: "proven" | "typed";
	/** Why, where somebody said so. */
	readonly why?: string;
	/** {@link BankDraft.baseSequence} of the draft as it was shown; left out, as it now is. */
	readonly shown?: number;
}

export interface BankDraftStore {
	/** Answers `not-found` where there is no such bank. */
	open(draft: NewDraft): Promise<DraftId>;
	stage(id: DraftId, entries: readonly NewEntry[]): Promise<void>;
	/** No more rows: computes the delta. */
	close(id: DraftId, rejected: RejectedRows): Promise<BankDraft>;
	find(id: DraftId): Promise<BankDraft | null>;
	/** Newest first. */
	list(filter: { readonly states?: readonly DraftState[]; readonly limit: number }): Promise<readonly BankDraft[]>;
	/**
	 * Throws `over-allowance` (an import) or `same-person` (a proposal) where it takes a second person, and `by` made it or is a name that
	 * was only typed; `draft-stale` where the bank has changed since: the draft then shows what it would now do. An accepted draft is left
	 * as it is.
	 */
	accept(id: DraftId, by: string, said?: Acceptance): Promise<BankDraft>;
	/** Takes the next rows of an accepted draft into the bank. */
	carryOut(id: DraftId, maxRows: number): Promise<BankDraft>;
	reject(id: DraftId, by: string, why: string): Promise<BankDraft>;
}
