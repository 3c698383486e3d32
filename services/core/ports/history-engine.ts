// The engine that writes the history's files and is asked about them. Paths are of this machine. Rejects with `history-unavailable` where it
// cannot work now: it is not installed, the disk is full, a question asks too much.
import type { HistoryRow, HistoryTable } from "../history/history-tables.ts";

export type PathsByTable = Readonly<Record<HistoryTable, readonly string[]>>;

export interface HistoryEngine extends AsyncDisposable {
	/** Writes one file of rows of one day and platform. */
	write<T extends HistoryTable>(table: T, rows: readonly HistoryRow<T>[], path: string): Promise<void>;
	/** Writes one file of the rows of others, in their order. */
	merge(table: HistoryTable, paths: readonly string[], path: string): Promise<void>;
	/** Runs one query over the tables; `day` and `platform` are columns of each. Numbers of 64 bits come as texts. */
	ask(query: string, files: PathsByTable): Promise<readonly Readonly<Record<string, unknown>>[]>;
	/** The same of a query that we did not write: it may read the tables, and do nothing else. At most so many rows. */
	read(query: string, files: PathsByTable, limits: ReadLimits): Promise<ReadRows>;
}

export interface ReadLimits {
	readonly rows: number;
	readonly ms: number;
}

export type ReadRows =
	| { readonly kind: "rows"; readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }
	/** `why` in the engine's words. */
	| { readonly kind: "refused"; readonly why: string };
