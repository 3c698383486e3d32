// How a bank file is to be read: its content says, and its name only where the content could be two things.
import { extname } from "node:path";
import { type FieldMap, mapFields } from "./field-names.ts";
import { type AddressSyntax, addressSyntaxOf } from "./read-address-list.ts";
import type { TableShape } from "./read-csv.ts";
import { isCommentLine, readListLine } from "./read-hash-list.ts";
import { parseObject } from "./read-json-lines.ts";
import { splitCells } from "./split-cells.ts";
import { unreadable } from "./unreadable.ts";

export const fileFormats = ["csv", "jsonl", "threatexchange"] as const;
export type FileFormat = (typeof fileFormats)[number];

export type Recognized =
	| ({ readonly kind: "csv" } & TableShape)
	| { readonly kind: "list" }
	| { readonly kind: "addresses"; readonly syntax: AddressSyntax }
	| { readonly kind: "safe-browsing" }
	| { readonly kind: "frames" }
	| { readonly kind: "jsonl" }
	| { readonly kind: "threatexchange" };

/** What a file's name says; CSV where it says nothing. */
export function formatOf(name: string): FileFormat {
	const extension = extname(name.toLowerCase());
	if (extension === ".jsonl" || extension === ".ndjson") return "jsonl";
	return extension === ".json" ? "threatexchange" : "csv";
}

/** `format` null: nobody has said. Throws `unreadable-file`. */
export function recognize(head: string, format: FileFormat | null, name: string): Recognized {
	const start = head.trimStart();
	if (start === "" && format === null) throw unreadable("the file is empty");
	if (format === "jsonl" || format === "threatexchange") return { kind: format };
	if (isFrames(start)) return { kind: "frames" };
	if (isSafeBrowsing(start)) return { kind: "safe-browsing" };
	if (format === null && /^(?:[[{](?!Adblock))/i.test(start))
		return { kind: areJsonLines(start, name) ? "jsonl" : "threatexchange" };
	return recognizeTable(head);
}

/** The frames of one video, as ThreatExchange's library or the vpdq program writes them. */
function isFrames(start: string): boolean {
	return /^(?:\[\s*"[0-9a-f]{64},\d+,[\d.]+"|\d+,\d{1,3},[0-9a-f]{64},[\d.]+\s)/i.test(start);
}

function isSafeBrowsing(start: string): boolean {
	return /^\{\s*"(?:listUpdateResponses|matches)"\s*:\s*\[/.test(start);
}

/** A document that has several lines has no whole object in its first; one that has a list in it, and no hash beside that, is no line of one. */
function areJsonLines(start: string, name: string): boolean {
	const first = parseObject(start.split(/\r\n?|\n/, 1)[0] ?? "");
	if (first === null || formatOf(name) === "jsonl") return formatOf(name) === "jsonl";
	const holdsList = Object.values(first).some((value) => typeof value === "object" && value !== null);
	return !("data" in first) && (!holdsList || mapFields(Object.keys(first)).hasHashes);
}

const delimiters = [",", ";", "\t", "|"] as const;

function recognizeTable(head: string): Recognized {
	const lines = head.replace(/^\ufeff/, "").split(/\r\n?|\n/);
	// A spreadsheet may name what parts its cells (sep=;), a shell command its type.
	const at = lines.findIndex((line) => !isCommentLine(line) && !/^\s*(?:!|\[Adblock)|^"?sep=.?"?$/i.test(line));
	if (at < 0) throw unreadable("it holds nothing but comments");
	const first = lines[at] ?? "";
	if (readListLine(first) !== null) return { kind: "list" };
	const syntax = addressSyntaxOf(head, first);
	if (syntax !== null) return { kind: "addresses", syntax };
	const tables = delimiters.map((delimiter) => ({ delimiter, fields: fieldsOf(first, delimiter) }));
	const [best] = tables.toSorted((a, b) => understood(b.fields) - understood(a.fields));
	// A first row that is data begins with what could be a name, too: `md5,…`.
	const isData = /[0-9a-f]{32}/i.test(first);
	if (best === undefined || !best.fields.hasHashes || isData)
		throw unreadable(otherParting(first) ?? headerBelow(lines, at) ?? firstLine(first, isData));
	return { kind: "csv", ...best, headerLine: at + 1 };
}

function firstLine(line: string, isData: boolean): string {
	const found = isData ? `; it holds a hash${holdsSeveral(line) ? ", and more than one: write one a line" : ""}` : "";
	return `the first line must name the columns: ${columns}${found}`;
}

/** Null where it names no columns, whatever parts them. */
function otherParting(header: string): string | null {
	const parting = ["^", "~", ":", "/", "\u001f", "，", "；", "،", " "].find(
		(one) => header.includes(one) && understood(fieldsOf(header, one)) > 2 && fieldsOf(header, one).hasHashes,
	);
	if (parting === undefined) return null;
	const named = parting === " " ? "spaces" : parting === "\u001f" ? "control characters" : parting;
	return `its columns are parted by ${named}; part them by commas, semicolons, tabs or bars`;
}

/** Lines before the columns' names that are looked at. */
const mostTitles = 20;

function headerBelow(lines: readonly string[], at: number): string | null {
	const below = lines
		.slice(at + 1, at + mostTitles)
		.findIndex((line) =>
			delimiters.some((delimiter) => line.includes(delimiter) && understood(fieldsOf(line, delimiter)) > 2),
		);
	return below < 0 ? null : `line ${at + below + 2} names the columns; leave out the lines before it`;
}

function holdsSeveral(line: string): boolean {
	const hashes = line.split(/[\s,;]+/).filter((one) => one !== "");
	return hashes.length > 1 && hashes.every((one) => /^[0-9a-f]{32,128}$/i.test(one));
}

function fieldsOf(header: string, delimiter: string): FieldMap {
	const cells = splitCells(header, delimiter);
	return mapFields(Array.isArray(cells) ? cells : []);
}

function understood({ known, hasHashes }: FieldMap): number {
	return known + (hasHashes ? 1 : 0);
}

const columns =
	"type,hash[,quality,source,opinion,external_id,categories,severity,note,expires,language,context,within,before,after]";
