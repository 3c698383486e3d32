import { type BankRow, malformed, toBankRow } from "./bank-row.ts";
import { splitCells } from "./split-cells.ts";
import { type Line, longestRow, splitLines } from "./split-lines.ts";

/** A quoted cell may go over several lines; one that is not closed within so many is a stray quote, of its own line only. */
const mostLines = 100;

/** CSV with a header. */
export async function* readCsv(input: NodeJS.ReadableStream, defaultSource: string): AsyncGenerator<BankRow> {
	let columns: Columns | null = null;
	const join = createJoiner();
	for await (const lines of splitLines(input)) {
		for (const { cells, line } of join(lines)) {
			if (typeof cells === "string") yield malformed(line, cells);
			else if (columns === null) columns = nameColumns(cells);
			else yield toBankRow(columns(cells), line, defaultSource);
		}
	}
	for (const { cells, line } of join(null)) {
		if (typeof cells === "string") yield malformed(line, cells);
		else if (columns !== null) yield toBankRow(columns(cells), line, defaultSource);
	}
}

interface CsvRecord {
	/** A string says what is wrong. */
	readonly cells: readonly string[] | string;
	/** Of its beginning. */
	readonly line: number;
}

/** Makes records of lines; null ends the file. */
function createJoiner(): (lines: readonly Line[] | null) => Generator<CsvRecord> {
	let begun: Line[] = [];
	function* take(lines: readonly Line[]): Generator<CsvRecord> {
		for (const one of lines) {
			const { text, number: line } = one;
			if (begun.length === 0 && text?.trim() === "") continue;
			const open = [...begun, one];
			const record = begun.length === 0 ? text : joined(open);
			const cells = record === null ? null : splitCells(record);
			if (cells !== null) {
				const first = begun[0]?.number ?? line;
				begun = [];
				yield { cells: cells === "malformed" ? "a quote within a cell" : cells, line: first };
			} else if (record === null || open.length === mostLines) yield* giveUp(open);
			else begun = open;
		}
	}
	/** The first line alone is wrong; those that followed it stand for themselves. */
	function* giveUp([first, ...others]: readonly Line[]): Generator<CsvRecord> {
		begun = [];
		if (first === undefined) return;
		yield { cells: first.text === null ? tooLong : "a quote that is not closed", line: first.number };
		yield* take(others);
	}
	return function* (lines) {
		if (lines !== null) yield* take(lines);
		else while (begun.length > 0) yield* giveUp(begun);
	};
}

const tooLong = `longer than ${longestRow} characters`;

function joined(lines: readonly Line[]): string | null {
	const texts = lines.map(({ text }) => text);
	const length = texts.reduce((sum, text) => sum + (text?.length ?? longestRow + 1), 0);
	return length > longestRow ? null : texts.join("\n");
}

type Columns = (cells: readonly string[]) => Readonly<Record<string, unknown>>;

function nameColumns(header: readonly string[]): Columns {
	const names = header.map((name) => name.toLowerCase());
	if (!names.includes("hash"))
		throw new Error(
			"the first line must name the columns: type,hash[,quality,source,opinion,external_id,categories,severity,note,expires]",
		);
	const place = (name: string) => names.indexOf(name);
	const at = {
		...{ type: place("type"), hash: place("hash"), quality: place("quality"), source: place("source") },
		...{ opinion: place("opinion"), externalId: place("external_id"), categories: place("categories") },
		...{ severity: place("severity"), note: place("note"), expires: place("expires") },
	};
	return (cells) => ({
		type: cells[at.type],
		hash: cells[at.hash],
		quality: cells[at.quality],
		source: cells[at.source],
		opinion: cells[at.opinion],
		externalId: cells[at.externalId],
		categories: labelsOf(cells[at.categories]),
		severity: cells[at.severity],
		note: cells[at.note],
		expires: cells[at.expires],
	});
}

function labelsOf(text: string | undefined): readonly string[] | undefined {
	return text === undefined || text === "" ? undefined : text.split(";").filter((label) => label.trim() !== "");
}
