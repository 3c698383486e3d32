// Bytes of media: uploads on their way to a detector, and what reviewers must be able to see. Keys are chosen by us. Rejects with
// `store-unavailable` where the store is full or out of reach.
export interface MediaStore {
	/** Durable when resolved. Stops and cleans up with `content-too-large` once `maxBytes` is passed. Writing the same key again replaces it. */
	put(
		key: string,
		bytes: Uint8Array | AsyncIterable<Uint8Array>,
		maxBytes: number,
	): Promise<{ readonly sizeBytes: number; readonly sha256: Uint8Array }>;
	/** Null where there is no such object. Rejects with `content-too-large` for objects over `maxBytes`. */
	get(key: string, maxBytes: number): Promise<Uint8Array | null>;
	/** Piece by piece, none of them large. Null where there is no such object. Rejects with `content-too-large` for objects over `maxBytes`. */
	read(key: string, maxBytes: number): Promise<AsyncIterable<Uint8Array> | null>;
	delete(key: string): Promise<void>;
	/** Keys that begin so, and may be those of unfinished objects, in any order; what is written or deleted meanwhile may be there or not. */
	list(prefix: `${string}/`): AsyncIterable<string>;
	/** Writes something and removes it: a store that can only be read is of no use. */
	check(): Promise<void>;
}
