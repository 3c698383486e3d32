// What the record keeps of the history: what is due to be published, how far it is published and written, and which files hold it.
import type { CountTable } from "../history/history-counts.ts";
import type { NumberedRows } from "../history/history-event.ts";
import type { HistoryTable } from "../history/history-tables.ts";

export interface HistoryFile {
	/** In the store of the history's files. */
	readonly key: string;
	readonly table: HistoryTable;
	/** YYYY-MM-DD, UTC. */
	readonly day: string;
	readonly platform: string;
	/** How often its rows were brought together. */
	readonly level: number;
	readonly rows: number;
}

/** A file of a count. */
export interface HistoryCount {
	readonly key: string;
	readonly table: CountTable;
	readonly rows: number;
}

export interface CountedFile extends HistoryFile {
	/** Keys of its counts; one that counts nothing has none. Null where it is not counted. */
	readonly counts: Readonly<Partial<Record<CountTable, string>>> | null;
}

interface HistoryMarks {
	readonly numbered: number;
	readonly published: number;
	readonly written: number;
}

interface HistoryAsked {
	readonly tables: readonly HistoryTable[];
	readonly fromDay: string;
	/** Null: all. */
	readonly platform: string | null;
}

export interface HistoryStore {
	/**
	 * Numbers what was committed since, and hands the next ones to `publish` in their order; they count as published once it resolves. One
	 * process at a time: 0 where another is at it. What is handed again, after a crash, has the number that it had.
	 */
	relay(limit: number, publish: (due: readonly NumberedRows[]) => Promise<void>): Promise<number>;
	/** What is published and not written is published again: the stream has lost it. */
	publishAgain(): Promise<void>;
	marks(): Promise<HistoryMarks>;
	/**
	 * The files are the history of `from` to `through`, and what was due for it is gone; false, and nothing is changed, where the history does not
	 * end just before `from`.
	 */
	addFiles(
		files: readonly HistoryFile[],
		numbers: { readonly from: number; readonly through: number },
	): Promise<boolean>;
	/**
	 * Files of one table, day, platform and level that are to be one: at least `fewest`, or all of a day that is over, be it a single one that is not
	 * counted and should be.
	 */
	listToMerge(fewest: number): Promise<readonly (readonly HistoryFile[])[]>;
	/** One file, with its counts, in the place of others; false, and nothing is changed, where one of them is replaced already. */
	replaceFiles(before: readonly HistoryFile[], after: HistoryFile, counts: readonly HistoryCount[]): Promise<boolean>;
	/** Files that were replaced longer ago than that; {@link forget} them once they are deleted. */
	listReplaced(olderThanMs: number): Promise<readonly string[]>;
	forget(keys: readonly string[]): Promise<void>;
	/** Those in force, in the order of their days. */
	listFiles(asked: HistoryAsked): Promise<readonly CountedFile[]>;
	/** Those of these keys that are files or counts of the history, in force or replaced. */
	knownKeys(keys: readonly string[]): Promise<ReadonlySet<string>>;
}
