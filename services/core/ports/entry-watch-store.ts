// Entries under watch: how much they match, which are in quarantine, and what people conclude of them. Matches are counted by the
// verdict store, in the transaction of the verdicts.

import type { EntryJudgement } from "../banks/entry-judgement.ts";
import type { EntryActivity, QuarantineReason } from "../banks/entry-surge.ts";
import type { HashType } from "../hashes/hash-type.ts";
import type { BankId, EntryId } from "../ids.ts";
import type { FullOpinion } from "./bank-store.ts";

interface QuarantinedEntry {
	readonly id: EntryId;
	readonly bankId: BankId;
	readonly bankName: string;
	readonly hashType: HashType;
	readonly opinions: readonly FullOpinion[];
	readonly at: Date;
	readonly reason: QuarantineReason;
	readonly activity: EntryActivity;
	/** Undecided cases that its matches are in. */
	readonly openCases: number;
}

export interface EntryWatchStore {
	/** Answers what was seen of those entries that are not in quarantine already. */
	activity(
		ids: readonly EntryId[],
		at: Date,
	): Promise<readonly { readonly entryId: EntryId; readonly activity: EntryActivity }[]>;
	/** False where it is in quarantine already, or gone. */
	quarantine(id: EntryId, reason: QuarantineReason, at: Date): Promise<boolean>;
	/** Oldest first. */
	listQuarantined(at: Date, limit: number): Promise<readonly QuarantinedEntry[]>;
	countQuarantined(): Promise<number>;
	/** A person's conclusion: written to the entry as the opinion of `here`, and the end of its quarantine. False where there is no such entry. */
	judge(
		id: EntryId,
		judgement: EntryJudgement,
		person: { readonly by: string; readonly why: string; readonly at: Date },
	): Promise<boolean>;
	/** Forgets what is older than any baseline. */
	trim(at: Date): Promise<void>;
}
