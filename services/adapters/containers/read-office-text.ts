// The words in a part of an Office file: WordprocessingML, SpreadsheetML and DrawingML (ECMA-376), or OpenDocument. Read from front to end, once;
// what is no proper XML gives what can be told of it.
import { readEntities } from "../../core/text/read-entities.ts";
import { type Typed, typedUpTo } from "./typed.ts";

interface Dialect {
	/** Elements whose characters people read, and those in whose place white space is. */
	readonly read: ReadonlySet<string>;
	readonly lines: ReadonlySet<string>;
	readonly spaces: ReadonlySet<string>;
}

const names = (list: string): ReadonlySet<string> => new Set(list.split(" "));
const officeOpen: Dialect = {
	read: names("t delText instrText text title subject description keywords"),
	lines: names("p br cr si is c comment text threadedComment title subject description keywords"),
	spaces: names("tab"),
};
const openDocument: Dialect = {
	read: names("p h title subject description keyword"),
	lines: names("p h line-break title subject description keyword"),
	spaces: names("s tab"),
};
/** Namespaces are declared by the first element, whose tag may be long. */
const declaredWithin = 16_384;
/** A cell whose formula gives a text, and formulas that hold an address. */
const textCell = /\st="str"/;
const isAddress = /:\/\//;
/** Where a relationship or a link leads to, if not within the file. */
const target = /\s(?:\w+:)?(?:Target|href)\s*=\s*(?:"([^"]*:\/\/[^"]*)"|'([^']*:\/\/[^']*)')/;

/** The rest of a longer tag is not looked at. */
const longestTag = 4_096;

/** Null where it is no part of an Office file. */
export function readOfficeText(xml: string, mostLetters: number): Typed | null {
	const dialect = dialectOf(xml.slice(0, declaredWithin));
	return dialect === null ? null : collect(xml, dialect, mostLetters);
}

function dialectOf(head: string): Dialect | null {
	if (!/^\ufeff?\s*</.test(head)) return null;
	if (head.includes("urn:oasis:names:tc:opendocument:")) return openDocument;
	return /https?:\/\/(?:schemas\.openxmlformats\.org|purl\.oclc\.org\/ooxml|schemas\.microsoft\.com\/office)\//.test(
		head,
	)
		? officeOpen
		: null;
}

function collect(xml: string, { read, lines, spaces }: Dialect, mostLetters: number): Typed {
	const parts: string[] = [];
	let letters = 0;
	let isCut = false;
	let isAtLineEnd = true;
	let depth = 0;
	let isTextCell = false;
	let cellPart: "value" | "formula" | null = null;
	const put = (text: string) => {
		parts.push(text);
		letters += text.length;
		isAtLineEnd = text === "\n";
	};
	const endLine = () => {
		if (!isAtLineEnd) put("\n");
	};
	for (const { tag, data } of pieces(xml)) {
		if (tag === null) {
			const isFormula = cellPart === "formula" && isAddress.test(data);
			if (depth > 0 || isFormula || (cellPart === "value" && isTextCell)) {
				put(readEntities(data));
				isCut = letters > mostLetters;
				if (isCut) break;
			}
			continue;
		}
		const { name, isEnd, isWhole, attributes } = tag;
		if (!isEnd && name === "c") isTextCell = textCell.test(attributes);
		cellPart = isEnd ? null : name === "v" ? "value" : name === "f" ? "formula" : null;
		if (read.has(name) && !isWhole) depth = Math.max(0, depth + (isEnd ? -1 : 1));
		if (spaces.has(name) && !isEnd) put(" ");
		if (lines.has(name) && (isEnd || isWhole)) endLine();
		const [, doubly, singly] = isEnd ? [] : (target.exec(attributes) ?? []);
		const address = doubly ?? singly;
		if (address !== undefined) {
			put(` ${readEntities(address)}`);
			endLine();
		}
	}
	const typed = typedUpTo(parts.join("").trim(), mostLetters);
	return { ...typed, isCut: isCut || typed.isCut };
}

interface Tag {
	/** Without its prefix. */
	readonly name: string;
	readonly isEnd: boolean;
	readonly isWhole: boolean;
	readonly attributes: string;
}

type Piece = { readonly tag: Tag; readonly data: "" } | { readonly tag: null; readonly data: string };

function* pieces(xml: string): Generator<Piece> {
	for (let at = 0; at < xml.length; ) {
		const opening = xml.indexOf("<", at);
		if (opening !== at) yield { tag: null, data: xml.slice(at, opening < 0 ? undefined : opening) };
		if (opening < 0) return;
		const special = specialAt(xml, opening);
		if (special !== null) {
			if (special.data !== "") yield { tag: null, data: special.data };
			at = special.end;
			continue;
		}
		const end = tagEnd(xml, opening);
		const tag = tagOf(xml.slice(opening + 1, end - 1));
		if (tag !== null) yield { tag, data: "" };
		at = end;
	}
}

/** Comments, declarations and instructions say nothing; what is quoted as it is has its ampersands as letters. */
function specialAt(xml: string, at: number): { readonly data: string; readonly end: number } | null {
	const upTo = (from: number, mark: string) => {
		const found = xml.indexOf(mark, from);
		return found < 0 ? xml.length : found;
	};
	if (xml.startsWith("<!--", at)) return { data: "", end: upTo(at + 4, "-->") + 3 };
	if (xml.startsWith("<![CDATA[", at)) {
		const end = upTo(at + 9, "]]>");
		return { data: xml.slice(at + 9, end).replaceAll("&", "&amp;"), end: end + 3 };
	}
	return xml.startsWith("<?", at) || xml.startsWith("<!", at) ? { data: "", end: upTo(at, ">") + 1 } : null;
}

/** One more than where it closes, which is not within quotation marks. */
function tagEnd(xml: string, at: number): number {
	let quote = 0;
	for (let end = at + 1; end < xml.length; end += 1) {
		const code = xml.charCodeAt(end);
		if (quote !== 0) quote = code === quote ? 0 : quote;
		else if (code === 0x3e) return end + 1;
		else if (code === 0x22 || code === 0x27) quote = code;
	}
	return xml.length + 1;
}

function tagOf(written: string): Tag | null {
	const [, slash, name] = /^(\/?)(?:[^\s:/]{1,40}:)?([\w.-]{1,40})/.exec(written) ?? [];
	if (name === undefined) return null;
	const isEnd = slash === "/";
	return {
		name,
		isEnd,
		isWhole: !isEnd && written.endsWith("/"),
		attributes: isEnd ? "" : written.slice(0, longestTag),
	};
}
