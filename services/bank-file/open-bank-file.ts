import type { Readable } from "node:stream";
import type { HashType } from "../core/hashes/hash-type.ts";
import type { BankRow, RowDefaults } from "./bank-row.ts";
import { describeForeign } from "./foreign-files.ts";
import { openText } from "./open-text.ts";
import { readAddressList } from "./read-address-list.ts";
import { readCsv } from "./read-csv.ts";
import { readFramesFile } from "./read-frames-file.ts";
import { readHashList } from "./read-hash-list.ts";
import { readJsonLines } from "./read-json-lines.ts";
import { readSafeBrowsing } from "./read-safe-browsing.ts";
import { type FileFormat, type Recognized, recognize } from "./recognize.ts";
import { readThreatExchange } from "./threat-exchange.ts";
import { unreadable } from "./unreadable.ts";

export interface BankFileOptions {
	/** Where the content could be two things, its ending decides. */
	readonly name?: string;
	/** Where somebody has said; else the content does. */
	readonly format?: FileFormat | undefined;
	/** Who speaks in rows that name nobody. */
	readonly source: string;
	/** The type of those hashes that do not say theirs. */
	readonly hashType?: HashType | undefined;
}

export interface OpenedBankFile {
	/** As what it is read, for people. */
	readonly description: string;
	/** Each an entry, or a reason why not, with its line. */
	readonly rows: AsyncGenerator<BankRow>;
}

/** Reads as much as it takes to know what the file is. Throws `unreadable-file`, in a sentence, where it is none that is read here. */
export async function openBankFile(
	input: Readable,
	{ name = "", format, ...defaults }: BankFileOptions,
): Promise<OpenedBankFile> {
	try {
		const opened = await openText(input);
		const foreign = await describeForeign(opened);
		if (foreign !== null) throw unreadable(`this is ${foreign}`);
		const shape = recognize(opened.head, format ?? null, name);
		return { description: `${describe(shape)}, ${opened.encoding}`, rows: rowsOf(shape, opened.text, defaults) };
	} catch (error) {
		input.destroy();
		throw error;
	}
}

function rowsOf(shape: Recognized, text: AsyncIterable<string>, defaults: RowDefaults): AsyncGenerator<BankRow> {
	switch (shape.kind) {
		case "csv":
			return readCsv(text, shape, defaults);
		case "list":
			return readHashList(text, defaults);
		case "addresses":
			return readAddressList(text, shape.syntax, defaults);
		case "safe-browsing":
			return readSafeBrowsing(text, defaults);
		case "frames":
			return readFramesFile(text, defaults);
		case "jsonl":
			return readJsonLines(text, defaults);
		case "threatexchange":
			return readThreatExchange(text, defaults);
	}
}

const delimiterNames: Readonly<Record<string, string>> = {
	",": "commas",
	";": "semicolons",
	"\t": "tabs",
	"|": "bars",
};
const columnsShown = 8;

function describe(shape: Recognized): string {
	if (shape.kind === "list") return "a list of hashes, one a line";
	if (shape.kind === "addresses")
		return shape.syntax === "zone" ? "a response policy zone of addresses" : "a list of addresses, one a line";
	if (shape.kind === "safe-browsing") return "hashes of links in Safe Browsing's form";
	if (shape.kind === "frames") return "the frames of one video (vPDQ)";
	if (shape.kind === "jsonl") return "JSON lines";
	if (shape.kind === "threatexchange") return "one JSON document";
	// Named columns only: a name of another form could be content.
	const passedOver = shape.fields.unknown.filter((column) => /^[\w .-]{1,30}$/.test(column)).slice(0, columnsShown);
	const note = passedOver.length === 0 ? "" : ` (not read: ${passedOver.join(", ")})`;
	return `a table parted by ${delimiterNames[shape.delimiter] ?? shape.delimiter}${note}`;
}
