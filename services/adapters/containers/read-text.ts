// Whether bytes are a text, in UTF-8 or in UTF-16 with its mark, and which.

/** White space aside, no text has control characters. */
const control = /[^\P{Cc}\s]/u;
/** What shows in its first part is no text, whatever follows: most files need not be read further. */
const probeBytes = 512;

/** Null where it is none. */
export function readText(bytes: Uint8Array): string | null {
	const encoding =
		bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
	if (encoding === "utf-8" && bytes.subarray(0, probeBytes).includes(0)) return null;
	try {
		const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
		return control.test(text) ? null : text;
	} catch {
		return null;
	}
}
