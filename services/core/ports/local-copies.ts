import type { ExactHashes } from "../hashes/exact/exact-hashes.ts";

/** An object of the media store in a file of this machine, which goes when it is disposed of. */
export interface LocalCopy extends AsyncDisposable {
	readonly path: string;
	readonly head: Uint8Array;
	readonly exact: ExactHashes;
	read(): AsyncIterable<Uint8Array>;
}

/** Copies of what is too large to be held in memory. */
export interface LocalCopies {
	/**
	 * Null where there is no such object. Rejects with `content-too-large` for objects over `maxBytes`, and for those whose first bytes (a
	 * kibibyte, or all) are not wanted; with `store-unavailable` where the store or this machine's disk is full or out of reach.
	 */
	copy(key: string, maxBytes: number, isWanted: (head: Uint8Array) => boolean): Promise<LocalCopy | null>;
}
