// Characters as addresses, program text and mail escape them, what colors text in terminals and chats, and text that is written backwards
// and shown forwards. Each pattern needs a sign that plain text seldom has.

/** Nothing below finds anything in a text without these. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin colors.
const mayEscape = /[%\\=\u0003\u001b\u202e]/u;

/** The same string where nothing is escaped in it. */
export function readEscapes(text: string): string {
	if (!mayEscape.test(text)) return text;
	const read = withoutColors(readForwards(text))
		.replace(/(?:%[0-9a-f]{2})+/gi, decoded)
		.replace(/%u([0-9a-f]{4})/gi, character)
		.replace(/\\u\{0{0,4}([0-9a-f]{1,6})\}/gi, character)
		.replace(/\\u([0-9a-f]{4})/gi, character)
		.replace(/\\x([0-9a-f]{2})/gi, character)
		.replace(/\\([0-9a-f]{6}|[0-9a-f]{4,5} )/gi, character);
	return isQuotedPrintable(read) ? read.replace(/=\r?\n/g, "").replace(/(?:=[0-9a-f]{2})+/gi, decodedMail) : read;
}

/** `%E1%BB%91`. */
function decoded(escaped: string): string {
	try {
		return decodeURIComponent(escaped);
	} catch {
		return escaped;
	}
}

/** `=E1=BB=91` (RFC 2045). */
function decodedMail(escaped: string): string {
	return decoded(escaped.replaceAll("=", "%"));
}

/** In an address `=20` is more likely a number. */
function isQuotedPrintable(text: string): boolean {
	return /=[c-f][0-9a-f]=[89ab][0-9a-f]/i.test(text);
}

/** `\u1ed1`, `\u{1ed1}`, `%u1ed1`, `\xf4`, and `\001ed1` of style sheets. */
function character(escaped: string, hex: string): string {
	const code = Number.parseInt(hex, 16);
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : escaped;
}

/** Terminals have escape sequences for them (ECMA-48, SGR), chats a control character with numbers behind it. */
function withoutColors(text: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what begins a color.
	return text.replace(/\u001b\[[\d;]{0,20}m|\u0003\d{0,2}(?:,\d{1,2})?/g, "");
}

/** Between a right-to-left override and its end all characters stand in the other order than they are read in. */
function readForwards(text: string): string {
	return text.replace(/\u202e([^\u202c\u202e\n\r]*)\u202c?/gu, (_, backwards: string) =>
		(backwards.match(/\P{M}\p{M}*|\p{M}/gu) ?? []).reverse().join(""),
	);
}
