// DuckDB over the history's Parquet files, in this process. Each call has a database of its own in memory, which may read and write the given
// folders and nothing else, within a limit of memory; what does not fit goes to the work folder.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance, StatementType } from "@duckdb/node-api";
import { BreakwaterError } from "../../core/errors.ts";
import { columnsOfCount, countedTable, countingQuery, countTableNames } from "../../core/history/history-counts.ts";
import { type ColumnType, columnsOf, type HistoryTable, historyTableNames } from "../../core/history/history-tables.ts";
import type {
	AskedFiles,
	HistoryEngine,
	HistoryWriter,
	ReadLimits,
	ReadRows,
} from "../../core/ports/history-engine.ts";
import { openPrivateFolder, privateFile } from "../../runtime/private-folder.ts";

export interface DuckdbOptions {
	/** For unfinished work; everything in it may be deleted while nothing runs. */
	readonly workFolder: string;
	/** Where the files lie. */
	readonly folders: readonly string[];
	/** A path of this machine under which the file of that key can be read. */
	readonly locate: (key: string) => Promise<string>;
	readonly threads: number;
	readonly memoryMib: number;
}

const sqlTypes = {
	text: "VARCHAR",
	integer: "BIGINT",
	boolean: "BOOLEAN",
	time: "TIMESTAMP",
} as const satisfies Record<ColumnType, string>;
const layout = "(FORMAT parquet, COMPRESSION zstd)";
/** What DuckDB calls otherwise than the queries do, which are written for other engines, too. */
const dialect = [
	"CREATE TEMP MACRO approx_percentile(x, share) AS quantile_cont(x, share)",
	"CREATE TEMP MACRO day_of_week(x) AS isodow(x)",
	"CREATE TEMP MACRO from_big_endian_64(x) AS CAST(('0x' || hex(x))::UBIGINT::BIT AS BIGINT)",
];

export function createDuckdbEngine(options: DuckdbOptions): HistoryEngine & HistoryWriter {
	const work = <T>(use: (connection: DuckDBConnection, folder: string) => Promise<T>) => inWorkFolder(options, use);
	return {
		write: (table, rows, path) =>
			work(async (connection, folder) => {
				const lines = join(folder, "rows.ndjson");
				await writeFile(lines, rows.map((row) => `${JSON.stringify(row)}\n`).join(""), { mode: privateFile });
				const names = Object.keys(columnsOf(table)).join(", ");
				await connection.run(
					`COPY (SELECT ${names} FROM read_json(${quoted(lines)}, format = 'newline_delimited', columns = {${typed(table, ": ")}}))
						TO ${quoted(path)} ${layout}`,
				);
			}),
		merge: (table, paths, path) =>
			work(async (connection) => {
				const names = Object.keys(columnsOf(table)).join(", ");
				await connection.run(
					`COPY (SELECT ${names} FROM (${rowsOf(columnsOf(table), reading(paths))})) TO ${quoted(path)} ${layout}`,
				);
			}),
		count: (table, verdicts, path) =>
			work(async (connection) => {
				const names = Object.keys(columnsOfCount(table)).join(", ");
				const counted = countingQuery(
					table,
					`(${rowsOf(columnsOf(countedTable), `read_parquet(${quoted(verdicts)})`)})`,
					[],
				);
				for (const statement of dialect) await connection.run(statement);
				const { rowsChanged } = await connection.run(
					`COPY (SELECT ${names} FROM (${counted}) ORDER BY ${names}) TO ${quoted(path)} ${layout}`,
				);
				return rowsChanged;
			}),
		ask: (query, files) =>
			work(async (connection) => {
				await define(connection, files);
				return (await connection.runAndReadAll(query)).getRowObjectsJson();
			}),
		read: (query, files, limits) =>
			work(async (connection) => {
				await define(connection, files);
				await connection.run("SET lock_configuration = true");
				return await readRows(connection, query, limits);
			}),
		[Symbol.asyncDispose]: () => Promise.resolve(),
	};

	async function define(connection: DuckDBConnection, files: AskedFiles): Promise<void> {
		for (const statement of [...dialect, ...(await views(files, options.locate))]) await connection.run(statement);
	}
}

async function inWorkFolder<T>(
	{ workFolder, folders, threads, memoryMib }: DuckdbOptions,
	use: (connection: DuckDBConnection, folder: string) => Promise<T>,
): Promise<T> {
	let folder: string | null = null;
	try {
		await openPrivateFolder(workFolder);
		folder = await mkdtemp(join(workFolder, "work-"));
		const instance = await DuckDBInstance.create(":memory:", {
			threads: String(threads),
			memory_limit: `${memoryMib}MiB`,
			temp_directory: join(folder, "spilled"),
		});
		const connection = await instance.connect();
		try {
			const allowed = [workFolder, ...folders].map((one) => quoted(`${one}/`)).join(", ");
			await connection.run(`SET allowed_directories = [${allowed}]`);
			await connection.run("SET enable_external_access = false");
			return await use(connection, folder);
		} finally {
			connection.closeSync();
			instance.closeSync();
		}
	} catch (cause) {
		throw new BreakwaterError("history-unavailable", { cause });
	} finally {
		if (folder !== null) await rm(folder, { recursive: true, force: true });
	}
}

/** Rows, or what is wrong with the query in the engine's words. */
async function readRows(connection: DuckDBConnection, query: string, { rows, ms }: ReadLimits): Promise<ReadRows> {
	const stop = setTimeout(() => connection.interrupt(), ms);
	try {
		const { count } = await connection.extractStatements(query);
		if (count !== 1) return { kind: "refused", why: "it has to be one query" };
		const prepared = await connection.prepare(query);
		if (prepared.statementType !== StatementType.SELECT) return { kind: "refused", why: "it has to be a SELECT" };
		const found = await prepared.streamAndReadUntil(rows);
		return { kind: "rows", columns: found.deduplicatedColumnNames(), rows: found.getRowsJson().slice(0, rows) };
	} catch (error) {
		return { kind: "refused", why: error instanceof Error ? error.message : String(error) };
	} finally {
		clearTimeout(stop);
	}
}

async function views(files: AskedFiles, locate: DuckdbOptions["locate"]): Promise<readonly string[]> {
	const located = async (keys: readonly string[]) =>
		keys.length === 0 ? null : reading(await Promise.all(keys.map(locate)));
	const rows = historyTableNames.map(async (table) => {
		return `CREATE TEMP VIEW ${table} AS ${rowsOf(columnsOf(table), await located(files.rows[table]))}`;
	});
	const uncounted = rowsOf(columnsOf(countedTable), await located(files.uncounted));
	const counts = countTableNames.map(async (table) => {
		const written = rowsOf(columnsOfCount(table), await located(files.counts[table]));
		const counted = countingQuery(table, `(${uncounted})`, ["day", "platform"]);
		return `CREATE TEMP VIEW ${table} AS ${written} UNION ALL BY NAME ${counted}`;
	});
	return Promise.all([...rows, ...counts]);
}

/**
 * The files' rows with the columns as they are today: where no file has the newest of them yet, it is there all the same, and where there is no
 * file, none of the rows are.
 */
function rowsOf(columns: Readonly<Record<string, ColumnType>>, files: string | null): string {
	const none = Object.entries({ ...columns, day: "text", platform: "text" } as const)
		.map(([column, type]) => `NULL::${column === "day" ? "DATE" : sqlTypes[type]} AS ${column}`)
		.join(", ");
	return `SELECT ${none} WHERE false${files === null ? "" : ` UNION ALL BY NAME SELECT * FROM ${files}`}`;
}

/** By name, for older files lack newer columns. */
function reading(paths: readonly string[]): string {
	return `read_parquet([${paths.map(quoted).join(", ")}], union_by_name = true, hive_partitioning = true, hive_types = {day: DATE, platform: VARCHAR})`;
}

function typed(table: HistoryTable, between: string): string {
	return Object.entries(columnsOf(table))
		.map(([name, type]) => `${name}${between}'${sqlTypes[type]}'`)
		.join(", ");
}

function quoted(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}
