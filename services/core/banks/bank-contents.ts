// Banks and entries in bulk: what a snapshot holds, and what the record hands over to a matcher that starts.
import type { BankSettings } from "./bank.ts";
import type { EntryDetail } from "./entry-details.ts";

export interface BankContents {
	readonly banks: readonly BankSettings[];
	readonly details: readonly (EntryDetail | null)[];
	/** {@link rowBytes} an entry: its id, its hash filled up with zeros, and the number of its detail (32 bits, little-endian). */
	readonly rows: Uint8Array;
}

export const rowBytes = 16 + 32 + 4;
