// Hashes as fields of a printed line, one for each type.
import type { MediaHashes } from "../core/banks/bank.ts";
import { fileHashTypes, type HashType } from "../core/hashes/hash-type.ts";
import { toHex } from "./examine-files.ts";

interface Hashed {
	readonly type: HashType;
	readonly hash: Uint8Array | null;
}

/** A type that the item has no hash of is null. */
export function hexByType(hashes: readonly Hashed[]): Readonly<Record<string, string | null>> {
	return Object.fromEntries(hashes.map(({ type, hash }) => [type, hash === null ? null : toHex(hash)]));
}

/** A file's hashes of its bytes, in hex; all are null where it could not be read. */
export function fileHexes(hashes: MediaHashes | null): Readonly<Record<string, string | null>> {
	return hexByType(fileHashTypes.map((type) => ({ type, hash: hashes?.[type] ?? null })));
}
