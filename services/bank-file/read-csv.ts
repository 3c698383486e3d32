import type { Rejection } from "../core/banks/rejection.ts";
import { type BankRow, type RowDefaults, refused } from "./bank-row.ts";
import { type FieldMap, toBankRows } from "./field-names.ts";
import { splitCells } from "./split-cells.ts";
import { type Line, longestRow, splitLines } from "./split-lines.ts";

/** A quoted cell may go over several lines; one that is not closed within so many is a stray quote, of its own line only. */
const mostLines = 100;

/** How the file's first lines say it is to be read (recognize.ts). */
export interface TableShape {
	readonly delimiter: string;
	readonly headerLine: number;
	readonly fields: FieldMap;
}

export async function* readCsv(
	text: AsyncIterable<string>,
	{ delimiter, headerLine, fields }: TableShape,
	defaults: RowDefaults,
): AsyncGenerator<BankRow> {
	const join = createJoiner(delimiter);
	const toRows = function* ({ cells, line }: CsvRecord): Generator<BankRow> {
		if ("code" in cells) yield refused(line, cells);
		else yield* toBankRows(fields, cells, line, defaults);
	};
	for await (const lines of splitLines(text)) {
		const records = join(lines.filter(({ number }) => number > headerLine));
		for (const record of records) yield* toRows(record);
	}
	for (const record of join(null)) yield* toRows(record);
}

interface CsvRecord {
	readonly cells: readonly string[] | Rejection;
	/** The line on which it begins. */
	readonly line: number;
}

/** Makes records of lines; null ends the file. */
function createJoiner(delimiter: string): (lines: readonly Line[] | null) => Generator<CsvRecord> {
	let begun: Line[] = [];
	function* take(lines: readonly Line[]): Generator<CsvRecord> {
		for (const one of lines) {
			const { text, number: line } = one;
			if (begun.length === 0 && text?.trim() === "") continue;
			const open = [...begun, one];
			const record = begun.length === 0 ? text : joined(open);
			const cells = record === null ? null : splitCells(record, delimiter);
			if (cells !== null) {
				const first = begun[0]?.number ?? line;
				begun = [];
				yield { cells: cells === "malformed" ? { code: "quote-within" } : cells, line: first };
			} else if (record === null || open.length === mostLines) yield* giveUp(open);
			else begun = open;
		}
	}
	/** The first line alone is wrong; those that followed it stand for themselves. */
	function* giveUp([first, ...others]: readonly Line[]): Generator<CsvRecord> {
		begun = [];
		if (first === undefined) return;
		yield { cells: first.text === null ? tooLong : { code: "quote-open" }, line: first.number };
		yield* take(others);
	}
	return function* (lines) {
		if (lines !== null) yield* take(lines);
		else while (begun.length > 0) yield* giveUp(begun);
	};
}

const tooLong: Rejection = { code: "too-long", mostCharacters: longestRow };

function joined(lines: readonly Line[]): string | null {
	const texts = lines.map(({ text }) => text);
	const length = texts.reduce((sum, text) => sum + (text?.length ?? longestRow + 1), 0);
	return length > longestRow ? null : texts.join("\n");
}
