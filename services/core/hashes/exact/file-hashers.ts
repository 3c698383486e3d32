// How the hashes of files are made.
import { createHash } from "node:crypto";
import type { FileHashType } from "../hash-type.ts";

/** Takes a file's bytes piece by piece. */
export interface FileHasher {
	update(bytes: Uint8Array): unknown;
	/** Ends it. */
	digest(): Uint8Array;
}

export const fileHashers = {
	sha256: () => createHash("sha256"),
	sha1: () => createHash("sha1"),
	md5: () => createHash("md5"),
} as const satisfies Readonly<Record<FileHashType, () => FileHasher>>;
