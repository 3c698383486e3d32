// The banks of record. Detectors hold a copy in memory and follow the change sequence; a change is visible to all of them
// within a second. Imports, which are drafts first, have a port of their own (bank-draft-store.ts).

import type { BankChange, BankEntry, BankSettings, NewBank, Opinion } from "../banks/bank.ts";
import type { BankContents } from "../banks/bank-contents.ts";
import type { BankStep } from "../banks/bank-step.ts";
import type { QuarantineReason } from "../banks/entry-surge.ts";
import type { HashType } from "../hashes/hash-type.ts";
import type { VideoFrame } from "../hashes/vpdq/video-frame.ts";
import type { BankId, DraftId, EntryId } from "../ids.ts";
import type { BankDraft } from "./bank-draft-store.ts";

export interface NewEntry {
	readonly hashType: HashType;
	readonly hash: Uint8Array;
	/** Those that the hash names, where it is of frames. */
	readonly frames?: readonly VideoFrame[];
	readonly quality: number | null;
	readonly opinion: Opinion;
	readonly externalId: string | null;
	readonly note: string | null;
}

/** What a bank in shadow would have done, in items, since it went into shadow. */
export interface ShadowTally {
	readonly since: Date;
	readonly matched: number;
	/** Those items that would have gone another way with it. */
	readonly wouldWithhold: number;
	readonly wouldReview: number;
	readonly wouldLetPass: number;
	/** Distinct accounts whose items it matched, about. */
	readonly accounts: number;
}

export interface BankSummary extends BankSettings {
	readonly entryCount: number;
	readonly quarantinedCount: number;
	readonly updatedAt: Date;
	/** Null where the bank is not in shadow. */
	readonly shadowTally: ShadowTally | null;
}

/** All that one source says; matchers need less. */
export interface FullOpinion extends Opinion {
	readonly externalId?: string;
	readonly note?: string;
}

export interface EntryDetail extends Omit<BankEntry, "framePdqs"> {
	/** Those that its hash names, where it is of frames. */
	readonly frames?: readonly VideoFrame[];
	readonly opinions: readonly FullOpinion[];
	readonly addedBy: string;
	readonly addedAt: Date;
	readonly updatedAt: Date;
	readonly quarantine: { readonly at: Date; readonly reason: QuarantineReason } | null;
}

/** One step of a bank's history. */
export interface BankRevision {
	/** From 1 in each bank; null of what an import wrote, which is one revision as a whole. */
	readonly revision: number | null;
	/** The number among all banks' changes. */
	readonly sequence: number;
	readonly at: Date;
	readonly by: string;
	readonly entryId: EntryId | null;
	readonly step: BankStep;
}

/** What came of a change that one person made by themselves. */
export interface ChangedAlone {
	readonly bank: BankSettings;
	/** What makes the bank do more than before, and waits for a second person; null where nothing does. */
	readonly waiting: BankDraft | null;
}

export interface BankStore {
	/** With all that it says, at once: for what has been agreed to, and for demonstrations. People go by way of {@link createAlone}. */
	create(settings: NewBank, by: string): Promise<BankSettings>;
	/** The same, of a bank that is there. Throws `not-found` where there is none, `name-taken` where another has the name. */
	update(id: BankId, change: Partial<Omit<BankSettings, "id">>, by: string): Promise<BankSettings>;
	/**
	 * As one person may: what makes it do more than any new bank waits (widened-trust.ts). Where no account could agree to it, nothing waits:
	 * there is nobody yet to wait for.
	 */
	createAlone(settings: NewBank, by: string): Promise<ChangedAlone>;
	updateAlone(id: BankId, change: Partial<Omit<BankSettings, "id" | "kind">>, by: string): Promise<ChangedAlone>;
	/** At once for all that match; its entries and staged imports are swept afterwards. */
	remove(id: BankId, by: string): Promise<void>;
	/** Deletes some of what removed banks and decided imports left behind; answers how much, 0 where nothing is left. */
	sweep(maxRows: number): Promise<number>;
	list(): Promise<readonly BankSummary[]>;
	/** Counts the enabled exemption banks that end within {@link exemptionNoticeMs} of `at`, and those that have ended. */
	countExemptions(at: Date): Promise<{ readonly ending: number; readonly expired: number }>;
	findByName(name: string): Promise<BankSettings | null>;
	/** Adds entries or opinions to them: a hash already in the bank gains the opinion (a source's newer one replaces its older). In one transaction. */
	addEntries(
		id: BankId,
		entries: readonly NewEntry[],
		by: string,
	): Promise<{ readonly added: number; readonly changed: number; readonly same: number }>;
	removeEntry(id: EntryId, by: string): Promise<boolean>;
	findEntry(id: EntryId): Promise<EntryDetail | null>;
	findEntries(
		id: BankId,
		page: { readonly after: EntryId | null; readonly limit: number },
	): Promise<readonly EntryDetail[]>;
	/** The links whose hash begins so, of banks that are on; at most so many. */
	findLinks(prefix: Uint8Array, limit: number): Promise<readonly EntryDetail[]>;
	/** One source's opinion of an entry, in place of its former one; false where there is no such entry. */
	setOpinion(id: EntryId, opinion: FullOpinion, by: string): Promise<boolean>;
	/**
	 * Newest first; of a removed bank as well. An import is one step, under the number of the last entry that it wrote. `before` null
	 * starts at the newest; `within` asks for the entries that one import wrote.
	 */
	history(
		name: string,
		page: { readonly before: number | null; readonly limit: number; readonly within?: DraftId | null },
	): Promise<readonly BankRevision[]>;
	/** Answers the last change of that revision. Throws `not-found`, with how many there are, where the bank has not come so far. */
	sequenceOf(name: string, revision: number): Promise<number>;
	/**
	 * Puts settings and entries back to what they were at that sequence, itself a change; a removed bank comes back under its id.
	 * Quarantines stay, and settings under which it did more than it now does wait for a second person. Done in steps; asked for again, it goes on where it was interrupted. Throws `not-found` where the bank did not exist then, or nothing has come so far.
	 */
	revert(name: string, toSequence: number, by: string): Promise<RevertedBank>;
	/** All banks and entries as of one sequence number, in portions; the next one waits for `onPortion`. */
	load(onPortion: (contents: BankContents) => Promise<void>): Promise<{ readonly sequence: number }>;
	/** Changes after a sequence, in order; an empty answer means that there is nothing newer. */
	changesSince(sequence: number, limit: number): Promise<readonly BankChange[]>;
	onChanged(listener: () => void): Promise<BankNotices>;
}

export interface RevertedBank {
	/** In entries. */
	readonly restored: number;
	readonly changed: number;
	readonly removed: number;
	readonly waiting: BankDraft | null;
}

interface BankNotices extends AsyncDisposable {
	/** False while notices cannot arrive, and only asking by sequence finds what is new. */
	isConnected(): boolean;
}
