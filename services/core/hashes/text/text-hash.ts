// The exact hash of a text as people read it: writing the same words with other cases, widths, spaces or characters that show nothing
// gives the same hash. Near-duplicates and spelling tricks are not its business.
import { createHash } from "node:crypto";
import { blanksAsSpaces, isPlainAscii, shownText } from "../../text/shown-text.ts";

export const textHashVersion = "text-sha256-2";

export function normalizeText(text: string): string {
	if (isPlainAscii(text)) return text.toLowerCase().replace(/\s+/g, " ").trim();
	// Normalization makes characters that show nothing of others, and spaces.
	return shownText(shownText(text).normalize("NFKC")).toLowerCase().normalize("NFC").replace(/\s+/gu, " ").trim();
}

/** 32 bytes; null where nothing readable is left to hash. */
export function hashText(text: string): Uint8Array | null {
	const normalized = normalizeText(text);
	return normalized === "" ? null : sha256(normalized);
}

/**
 * The hash, then others under which the same text may be known: with blank letters read as the spaces that they look like, and as
 * text-sha256-1 had it, which took a few characters that show nothing for visible (entries are hashes, and cannot be made anew).
 */
export function hashesOfText(text: string): readonly Uint8Array[] {
	const form = normalizeText(text);
	if (form === "") return [];
	if (!hasUnseen(text)) return [sha256(form)];
	return [...new Set([form, normalizeText(blanksAsSpaces(text)), normalizedBefore(text)])].map(sha256);
}

/** Without such characters all forms are one. */
function hasUnseen(text: string): boolean {
	if (isPlainAscii(text)) return false;
	const composed = text.normalize("NFKC");
	return shownText(text) !== text || shownText(composed) !== composed;
}

function normalizedBefore(text: string): string {
	return text
		.normalize("NFKC")
		.replace(/\s+/gu, " ")
		.replace(/[\p{Cf}\p{Cc}]/gu, "")
		.toLowerCase()
		.normalize("NFC")
		.trim();
}

function sha256(text: string): Uint8Array {
	return createHash("sha256").update(text, "utf8").digest();
}
