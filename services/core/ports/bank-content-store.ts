// Content as clients of HMA know it: what a bank holds under one number, with the hashes made of it. Several contents may have
// the same hash; the bank has one entry for it, positive for each source whose content is on. Entries that came another way
// (imports, cases) get a number when they are first asked for.

import type { HashType } from "../hashes/hash-type.ts";
import type { VideoFrame } from "../hashes/vpdq/video-frame.ts";
import type { BankId } from "../ids.ts";

/** An entry by what it is, rather than by its id: it may be removed and come back. */
export interface HeldHash {
	readonly bankId: BankId;
	readonly hashType: HashType;
	readonly hash: Uint8Array;
}

export interface ContentRef {
	readonly id: number;
	/** Null: an entry that came another way. */
	readonly source: string | null;
	readonly disableUntilTs: number;
}

interface ContentHash extends Pick<HeldHash, "hashType" | "hash"> {
	/** Those that the hash names, where it is of frames. */
	readonly frames?: readonly VideoFrame[];
}

export interface BankContent extends ContentRef {
	readonly bankId: BankId;
	readonly note: string | null;
	readonly metadata: Readonly<Record<string, unknown>> | null;
	readonly hashes: readonly ContentHash[];
}

export interface NewContent extends Pick<BankContent, "bankId" | "note" | "metadata"> {
	readonly source: string;
	readonly hashes: readonly (ContentHash & { readonly quality: number | null })[];
}

interface EntryCount {
	readonly hashType: HashType;
	readonly entries: number;
	readonly newestAt: Date | null;
}

/** Magic values of `disableUntilTs`; any other is the Unix time from which the content is on again. */
export const contentOff = 0;
export const contentOn = 1;

export function isContentOn(disableUntilTs: number, nowMs: number): boolean {
	return disableUntilTs !== contentOff && disableUntilTs * 1_000 <= nowMs;
}

export interface BankContentStore {
	/** With its entries, in one transaction; answers the number. */
	add(content: NewContent, by: string): Promise<number>;
	find(id: number): Promise<BankContent | null>;
	/** Null where there is no such content. What is off no longer speaks for its entries. */
	update(
		id: number,
		change: { readonly disableUntilTs?: number; readonly note?: string | null },
		by: string,
	): Promise<BankContent | null>;
	/** An entry goes with the last that held it. */
	remove(id: number, by: string): Promise<boolean>;
	/** For each hash the contents that have it, by number. `numbered`: give an entry without one a number of its own. */
	holding(hashes: readonly (HeldHash & { readonly numbered: boolean })[]): Promise<readonly (readonly ContentRef[])[]>;
	/** Lets content speak again whose time is over; answers how many. */
	enableDue(by: string): Promise<number>;
	/** Counts the entries of banks of known content, by type. */
	counts(): Promise<readonly EntryCount[]>;
}
