// The banks of record. Detectors hold a copy in memory and follow the change sequence; a change is visible to all of them
// within a second.
import type { BankId, EntryId } from "../ids.ts";
import type { BankChange, BankEntry, BankSettings, HashType, Opinion } from "../matching/bank.ts";

export interface NewEntry {
	readonly hashType: HashType;
	readonly hash: Uint8Array;
	readonly quality: number | null;
	readonly opinion: Opinion;
	readonly externalId: string | null;
	readonly note: string | null;
}

export interface BankSummary extends BankSettings {
	readonly entryCount: number;
	readonly updatedAt: Date;
}

export interface BankStore {
	create(settings: Omit<BankSettings, "id">, by: string): Promise<BankSettings>;
	/** Answers `not-found` where there is none. */
	update(id: BankId, change: Partial<Omit<BankSettings, "id" | "name">>, by: string): Promise<BankSettings>;
	remove(id: BankId, by: string): Promise<void>;
	list(): Promise<readonly BankSummary[]>;
	findByName(name: string): Promise<BankSettings | null>;
	/** Adds entries or opinions to them: a hash already in the bank gains the opinion (a source's newer one replaces its older). In one transaction. */
	addEntries(
		id: BankId,
		entries: readonly NewEntry[],
		by: string,
	): Promise<{ readonly added: number; readonly changed: number; readonly same: number }>;
	removeEntry(id: EntryId, by: string): Promise<boolean>;
	findEntries(
		id: BankId,
		page: { readonly after: EntryId | null; readonly limit: number },
	): Promise<readonly BankEntry[]>;
	/** All banks and entries as of one sequence number, streamed. */
	load(onChange: (change: BankChange) => void): Promise<{ readonly sequence: number }>;
	/** Changes after a sequence, in order; an empty answer means that there is nothing newer. */
	changesSince(sequence: number, limit: number): Promise<readonly BankChange[]>;
	onChanged(listener: () => void): Promise<AsyncDisposable>;
}
