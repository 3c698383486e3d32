// The hashes of a file's bytes, in one pass: each piece goes through all of them while the caches still hold it.
import type { FileHashType } from "../hash-type.ts";
import { type FileHasher, fileHashers } from "./file-hashers.ts";

export type ExactHashes = Readonly<Record<FileHashType, Uint8Array>>;

export interface ExactHasher {
	update(bytes: Uint8Array): void;
	/** Ends it. */
	digest(): ExactHashes;
}

const pieceBytes = 65_536;

export function createExactHasher(): ExactHasher {
	const hashers = Object.entries(fileHashers).map(([type, begin]): readonly [string, FileHasher] => [type, begin()]);
	return {
		update(bytes) {
			for (let from = 0; from < bytes.length; from += pieceBytes) {
				const piece = bytes.subarray(from, from + pieceBytes);
				for (const [, hasher] of hashers) hasher.update(piece);
			}
		},
		// There is one for each of the catalogue's types of files.
		digest: () => Object.fromEntries(hashers.map(([type, hasher]) => [type, hasher.digest()])) as ExactHashes,
	};
}

export function exactHashes(bytes: Uint8Array): ExactHashes {
	const hasher = createExactHasher();
	hasher.update(bytes);
	return hasher.digest();
}
