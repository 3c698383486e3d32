// One hash as people and tools write it, as bytes.

const plainHex = /^[0-9a-f]+$/i;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const pairs = /^[0-9a-f]{2}([: -][0-9a-f]{2})+$/i;

/** Hex, perhaps behind 0x, with its bytes parted, or as a UUID; or base64. Null where it is none of so many bits. */
export function readHash(text: string, bits: number): Uint8Array | null {
	// Nearly all of a million are so.
	if (text.length * 4 === bits && plainHex.test(text)) return Buffer.from(text, "hex");
	const hex = toHexDigits(text);
	if (hex !== null && hex.length * 4 === bits) return Buffer.from(hex, "hex");
	const trimmed = trimUnseen(text).replace(/=+$/, "");
	const bytes = /^[\w+/-]+$/.test(trimmed) ? Buffer.from(trimmed, "base64") : null;
	// Node passes over what is not base64, and both alphabets are read.
	const isWhole = bytes?.toString("base64url").replace(/=+$/, "") === trimmed.replaceAll("+", "-").replaceAll("/", "_");
	return bytes !== null && isWhole && bytes.length * 8 === bits ? bytes : null;
}

/** The digits of what is hex; null of what is not. */
export function toHexDigits(text: string): string | null {
	const trimmed = withoutQuotes(trimUnseen(text)).replace(/^0x/i, "");
	const digits = uuid.test(trimmed) || pairs.test(trimmed) ? trimmed.replace(/[: -]/g, "") : trimmed;
	return plainHex.test(digits) ? digits.toLowerCase() : null;
}

/** Spreadsheets and programs put values in quotes, braces, or both behind an equals sign, so that they stay text. */
function withoutQuotes(text: string): string {
	return text.replace(/^=?["'“”‘’{]+|["'“”‘’}]+$/gu, "");
}

const unseen = /[\s\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/** Without what shows nothing at either end: spaces of every kind, marks of direction, a byte order mark, which come along where somebody copies from a page. */
export function trimUnseen(text: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && unseen.test(text.charAt(start))) start += 1;
	while (end > start && unseen.test(text.charAt(end - 1))) end -= 1;
	return text.slice(start, end);
}
