// Banks and entries in bulk: what a snapshot holds, and what the record hands over to a matcher that starts.
import type { BankSettings } from "./bank.ts";
import type { EntryDetail } from "./entry-details.ts";

export interface BankContents {
	readonly banks: readonly BankSettings[];
	readonly details: readonly (EntryDetail | null)[];
	/** {@link rowBytes} an entry: its id, its hash filled up with zeros, and the number of its detail (32 bits, little-endian). */
	readonly rows: Uint8Array;
	/** What the hashes of frames name, each with the PDQ of its frames (32 bytes) one after the other. */
	readonly frames?: readonly NamedFrames[];
}

export interface NamedFrames {
	readonly hash: Uint8Array;
	readonly framePdqs: Uint8Array;
}

export const rowBytes = 16 + 32 + 4;
