// The engine that is asked about the history's files, and the one that writes them. Both reject with `history-unavailable` where they cannot work
// now: it is not installed or away, the disk is full, a question asks too much.
import type { CountTable } from "../history/history-counts.ts";
import type { HistoryRow, HistoryTable } from "../history/history-tables.ts";

/** What a query can name, and the keys of the files that it is made of; a table without a file is empty. */
export interface AskedFiles {
	readonly rows: Readonly<Record<HistoryTable, readonly string[]>>;
	readonly counts: Readonly<Record<CountTable, readonly string[]>>;
	/** Files of verdicts whose rows are to be counted when they are asked. */
	readonly uncounted: readonly string[];
}

export interface HistoryEngine extends AsyncDisposable {
	/** Runs one query over the tables; `day` and `platform` are columns of each. Numbers of 64 bits come as texts. */
	ask(query: string, files: AskedFiles): Promise<readonly Readonly<Record<string, unknown>>[]>;
	/** The same of a query that we did not write: it may read the tables, and do nothing else. At most so many rows. */
	read(query: string, files: AskedFiles, limits: ReadLimits): Promise<ReadRows>;
}

/** Paths are of this machine. */
export interface HistoryWriter extends AsyncDisposable {
	/** Writes one file of rows of one day and platform. */
	write<T extends HistoryTable>(table: T, rows: readonly HistoryRow<T>[], path: string): Promise<void>;
	/** Writes one file of the rows of others, in their order. */
	merge(table: HistoryTable, paths: readonly string[], path: string): Promise<void>;
	/** Counts a file of verdicts into another. Answers of how many rows that is; a count may have none. */
	count(table: CountTable, verdicts: string, path: string): Promise<number>;
}

export interface ReadLimits {
	readonly rows: number;
	readonly ms: number;
}

export type ReadRows =
	| { readonly kind: "rows"; readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }
	/** `why` in the engine's words. */
	| { readonly kind: "refused"; readonly why: string };
