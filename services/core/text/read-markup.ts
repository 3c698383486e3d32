// A text as a browser or a forum would show it: tags gone, entities and escapes read, marks that only enclose or strike letters taken off.
import { readEntities } from "./read-entities.ts";
import { readEscapes } from "./read-escapes.ts";

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

/** What was escaped on the way into one system and again into the next is shown by the last as it was written. */
const mostTurns = 4;

/** The same string where there is no markup in it. */
export function readMarkup(text: string): string {
	if (isPlain(text)) return text;
	let read = text;
	for (let turn = 0; turn < mostTurns; turn += 1) {
		const before = read;
		read = withoutTags(withoutLinks(withoutSections(readEntities(withoutHidden(readEscapes(before))))));
		if (read === before) break;
	}
	return read.replace(enclosing, "");
}

/** Nothing below finds anything in a text without these. */
function isPlain(text: string): boolean {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin colors.
	return !/[&<[%\\=\u0003\u001b\u202e]|\u0335|\u0336|\u0337|\u0338|\p{Me}/u.test(text);
}

/** Elements without others in them of which their own tag says that nobody sees them. */
const hidden =
	/<([a-z]{1,10})\b[^<>]*(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])|\shidden(?=[\s>=]))[^<>]*>[^<]*<\/\1\s*>/gi;

function withoutHidden(text: string): string {
	return text.replace(hidden, "");
}

/** What a section of XML holds is text. */
function withoutSections(text: string): string {
	return text.includes("<![CDATA[") ? text.replaceAll("<![CDATA[", "").replaceAll("]]>", "") : text;
}

/** What Markdown shows of a link or a picture. */
function withoutLinks(text: string): string {
	return text.includes("](") ? text.replace(/!?\[([^[\]]{0,500})\]\([^()\s]{1,500}\)/g, "$1") : text;
}

function withoutTags(text: string): string {
	const pairs = pairsIn(text);
	let out = "";
	let from = 0;
	for (let at = nextOpening(text, 0); at >= 0; at = nextOpening(text, at + 1)) {
		const end = text.charAt(at) === "<" ? tagEnd(text, at) : forumTagEnd(text, at, pairs);
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

/** Where the tag that begins here ends; null where it is none. It looks no further than the next opening, so that no character is read more than twice. */
function tagEnd(text: string, at: number): number | null {
	if (!/[a-z/!?]/i.test(text.charAt(at + 1))) return null;
	if (text.startsWith("<!--", at)) return commentEnd(text, at) ?? closingOf(text, at, ">");
	return closingOf(text, at, ">", true) ?? closingOf(text, at, ">");
}

/** A comment may hold tags. */
function commentEnd(text: string, at: number): number | null {
	const end = text.slice(at, at + longestTag).indexOf("-->", 4);
	return end < 0 ? null : at + end + 3;
}

function forumTagEnd(text: string, at: number, pairs: ReadonlySet<string>): number | null {
	const name = nameOf(text, at);
	// A letter in brackets is no tag by itself.
	if (!pairs.has(name) && (name.length < 2 || !bracketed.has(name))) return null;
	return closingOf(text, at, "]");
}

const forumTag = /\[(\/?)([a-z][a-z0-9]{0,11})(?=[\]=\s])/gi;

/** The names in square brackets that are closed in the text as well as opened. */
function pairsIn(text: string): ReadonlySet<string> {
	const [opened, closed] = [new Set<string>(), new Set<string>()];
	if (text.includes("[/"))
		for (const [, slash, name = ""] of text.matchAll(forumTag))
			(slash === "" ? opened : closed).add(name.toLowerCase());
	return new Set([...closed].filter((name) => opened.has(name)));
}

/** With `inQuotes`, what stands in quotes is passed over, but no opening. */
function closingOf(text: string, at: number, closing: string, inQuotes = false): number | null {
	const opening = text.charAt(at);
	let quote = "";
	for (let end = at + 1; end < text.length && end - at <= longestTag; end += 1) {
		const character = text.charAt(end);
		if (character === closing && quote === "") return end + 1;
		if (character === opening) return null;
		if (!inQuotes) continue;
		if (character === quote) quote = "";
		else if (quote === "" && (character === '"' || character === "'")) quote = character;
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
