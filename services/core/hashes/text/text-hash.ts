// The exact hash of a text as people read it: writing the same words with other cases, widths, spaces or invisible characters
// gives the same hash. Near-duplicates and spelling tricks are not its business.
import { createHash } from "node:crypto";

export const textHashVersion = "text-sha256-1";

/** Zero-width characters, bidirectional controls and other formatting that the eye does not see (Unicode category Cf), and controls. */
const invisible = /[\p{Cf}\p{Cc}]/gu;

export function normalizeText(text: string): string {
	return text.normalize("NFKC").replace(/\s+/gu, " ").replace(invisible, "").toLowerCase().normalize("NFC").trim();
}

/** 32 bytes; null where nothing readable is left to hash. */
export function hashText(text: string): Uint8Array | null {
	const normalized = normalizeText(text);
	return normalized === "" ? null : createHash("sha256").update(normalized, "utf8").digest();
}
