import { createHash } from "node:crypto";

/** The first 16 bytes of SHA-256, hexadecimal, of names as JSON, in which no two lists of names look alike. */
export function shortKey(...names: readonly string[]): string {
	return createHash("sha256").update(JSON.stringify(names)).digest("hex").slice(0, 32);
}
