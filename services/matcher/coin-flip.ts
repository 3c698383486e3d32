// Whether a bank that is on in part answers. HMA tosses a coin for each request; here it falls by the content, so that the same
// hash always gets the same answer, unless the caller gives a seed of its own.
import { createHash } from "node:crypto";

/** 0 up to but not including 1; a bank answers where its share is at least that. */
export function coinOf(hash: Uint8Array, seed: string | undefined): number {
	const digest = createHash("sha256")
		.update(seed === undefined || seed === "" ? hash : seed)
		.digest();
	return digest.readUIntBE(0, 6) / 2 ** 48;
}
