// A text as a browser or a forum would show it: tags gone, entities read, marks that only enclose or strike letters taken off.

/** By Unicode's names of marks: HTML names most accented letters so (`&agrave;`, `&ecirc;`). */
const accents: Readonly<Record<string, string>> = {
	grave: "\u0300",
	acute: "\u0301",
	circ: "\u0302",
	tilde: "\u0303",
	uml: "\u0308",
	breve: "\u0306",
	ring: "\u030a",
	cedil: "\u0327",
	caron: "\u030c",
};
const named: Readonly<Record<string, string>> = {
	amp: "&",
	lt: "<",
	gt: ">",
	quot: '"',
	apos: "'",
	nbsp: " ",
	ensp: " ",
	emsp: " ",
	thinsp: " ",
	Tab: "\t",
	NewLine: "\n",
	zwnj: "",
	zwj: "",
	lrm: "",
	rlm: "",
	shy: "",
	dstrok: "đ",
	Dstrok: "Đ",
	hellip: "…",
	ndash: "–",
	mdash: "—",
	lsquo: "‘",
	rsquo: "’",
	ldquo: "“",
	rdquo: "”",
	laquo: "«",
	raquo: "»",
	middot: "·",
	bull: "•",
	period: ".",
	comma: ",",
	colon: ":",
	semi: ";",
	excl: "!",
	quest: "?",
	hyphen: "-",
	dash: "-",
	lowbar: "_",
	ast: "*",
	num: "#",
	commat: "@",
	dollar: "$",
	lpar: "(",
	rpar: ")",
	sol: "/",
};
const longestEntity = 12;
/** Text between these stands on lines of its own. */
const blocks = new Set(
	"address article aside blockquote br center dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre quote section table tbody td tfoot th thead title tr ul".split(
		" ",
	),
);
/** Tags of forums, in square brackets. */
const bracketed = new Set(
	"b i u s url img color colour size font quote code center left right list li spoiler email".split(" "),
);
const longestTag = 2_000;
const enclosing = /\p{Me}|\u0335|\u0336|\u0337|\u0338/gu;

/** The same string where there is no markup in it. */
export function readMarkup(text: string): string {
	if (isPlain(text)) return text;
	const written = withoutHidden(readEscapes(text));
	// Twice: what was escaped on the way into one system and again into the next is shown by the second as it was written.
	const read = withoutTags(readEntities(withoutTags(readEntities(written))));
	return read.replace(enclosing, "");
}

/** Nothing below finds anything in a text without these. */
function isPlain(text: string): boolean {
	return !/[&<[%\\]|\u0335|\u0336|\u0337|\u0338|\p{Me}/u.test(text);
}

/** Characters as addresses and program text escape them: `%E1%BB%91`, `\u1ed1`. */
function readEscapes(text: string): string {
	return text
		.replace(/(?:%[0-9a-f]{2})+/gi, decoded)
		.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function decoded(escaped: string): string {
	try {
		return decodeURIComponent(escaped);
	} catch {
		return escaped;
	}
}

/** Elements without others in them of which their own tag says that nobody sees them. */
const hidden =
	/<([a-z]{1,10})\b[^<>]*(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|\shidden(?=[\s>=]))[^<>]*>[^<]*<\/\1\s*>/gi;

function withoutHidden(text: string): string {
	return text.replace(hidden, "");
}

export function readEntities(text: string): string {
	let out = "";
	let from = 0;
	for (let at = text.indexOf("&"); at >= 0; at = text.indexOf("&", at + 1)) {
		const entity = entityAt(text, at);
		if (entity === null) continue;
		out += text.slice(from, at) + entity.shown;
		from = entity.end;
		at = entity.end - 1;
	}
	return from === 0 ? text : out + text.slice(from);
}

interface Entity {
	readonly shown: string;
	readonly end: number;
}

function entityAt(text: string, at: number): Entity | null {
	if (text.charAt(at + 1) === "#") return numericAt(text, at);
	let end = at + 1;
	while (end - at <= longestEntity && /[A-Za-z0-9]/.test(text.charAt(end))) end += 1;
	if (text.charAt(end) !== ";") return null;
	const shown = shownByName(text.slice(at + 1, end));
	return shown === null ? null : { shown, end: end + 1 };
}

function numericAt(text: string, at: number): Entity | null {
	const isHex = /x/i.test(text.charAt(at + 2));
	const first = at + (isHex ? 3 : 2);
	const digit = isHex ? /[0-9a-f]/i : /[0-9]/;
	let end = first;
	while (end - first <= longestEntity && digit.test(text.charAt(end))) end += 1;
	if (end === first || end - first > longestEntity) return null;
	const code = Number.parseInt(text.slice(first, end), isHex ? 16 : 10);
	const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
	return isCharacter ? { shown: String.fromCodePoint(code), end: text.charAt(end) === ";" ? end + 1 : end } : null;
}

function shownByName(name: string): string | null {
	const mark = accents[name.slice(1)];
	return mark === undefined ? (named[name] ?? null) : `${name.charAt(0)}${mark}`.normalize("NFC");
}

function withoutTags(text: string): string {
	let out = "";
	let from = 0;
	for (let at = nextOpening(text, 0); at >= 0; at = nextOpening(text, at + 1)) {
		const end = tagEnd(text, at);
		if (end === null) continue;
		out += text.slice(from, at) + (blocks.has(nameOf(text, at)) ? "\n" : "");
		from = end;
		at = end - 1;
	}
	return from === 0 ? text : out + text.slice(from);
}

function nextOpening(text: string, from: number): number {
	for (let at = from; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		if (code === 0x3c || code === 0x5b) return at;
	}
	return -1;
}

/** Where the tag that begins here ends; null where it is none. It looks no further than the next opening, so that no character is read twice. */
function tagEnd(text: string, at: number): number | null {
	const isForum = text.charAt(at) === "[";
	if (!/[a-z/!?]/i.test(text.charAt(at + 1))) return null;
	if (isForum && !bracketed.has(nameOf(text, at))) return null;
	const closing = isForum ? "]" : ">";
	const opening = text.charAt(at);
	for (let end = at + 1; end < text.length && end - at <= longestTag; end += 1) {
		const character = text.charAt(end);
		if (character === closing) return end + 1;
		if (character === opening) return null;
	}
	return null;
}

function nameOf(text: string, at: number): string {
	let from = at + 1;
	if (text.charAt(from) === "/") from += 1;
	let end = from;
	while (end - from < 12 && /[a-z0-9]/i.test(text.charAt(end))) end += 1;
	return text.slice(from, end).toLowerCase();
}
