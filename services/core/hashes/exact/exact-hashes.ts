// The exact hashes of a file, in one pass: each piece goes through all three while the caches still hold it.
import { createHash } from "node:crypto";

export interface ExactHashes {
	readonly sha256: Uint8Array;
	readonly sha1: Uint8Array;
	readonly md5: Uint8Array;
}

export interface ExactHasher {
	update(bytes: Uint8Array): void;
	/** Ends it. */
	digest(): ExactHashes;
}

const pieceBytes = 65_536;

export function createExactHasher(): ExactHasher {
	const [sha256, sha1, md5] = [createHash("sha256"), createHash("sha1"), createHash("md5")];
	return {
		update(bytes) {
			for (let from = 0; from < bytes.length; from += pieceBytes) {
				const piece = bytes.subarray(from, from + pieceBytes);
				for (const hash of [sha256, sha1, md5]) hash.update(piece);
			}
		},
		digest: () => ({ sha256: sha256.digest(), sha1: sha1.digest(), md5: md5.digest() }),
	};
}

export function exactHashes(bytes: Uint8Array): ExactHashes {
	const hasher = createExactHasher();
	hasher.update(bytes);
	return hasher.digest();
}
