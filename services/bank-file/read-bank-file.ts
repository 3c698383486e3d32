import { extname } from "node:path";
import type { BankRow } from "./bank-row.ts";
import { readCsv } from "./read-csv.ts";
import { readJsonLines } from "./read-json-lines.ts";
import { readThreatExchange } from "./threat-exchange.ts";

export const fileFormats = ["csv", "jsonl", "threatexchange"] as const;
export type FileFormat = (typeof fileFormats)[number];

const readers = { csv: readCsv, jsonl: readJsonLines, threatexchange: readThreatExchange } as const satisfies Record<
	FileFormat,
	(input: NodeJS.ReadableStream, defaultSource: string) => AsyncGenerator<BankRow>
>;

/** Every row becomes an entry or a reason why not, with its line. `defaultSource` speaks in rows that name nobody. */
export function readBankFile(
	input: NodeJS.ReadableStream,
	format: FileFormat,
	defaultSource: string,
): AsyncGenerator<BankRow> {
	return readers[format](input, defaultSource);
}

/** What a file's name says; CSV where it says nothing. */
export function formatOf(name: string): FileFormat {
	const extension = extname(name.toLowerCase());
	if (extension === ".jsonl" || extension === ".ndjson") return "jsonl";
	return extension === ".json" ? "threatexchange" : "csv";
}
