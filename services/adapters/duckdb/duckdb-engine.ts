// DuckDB over the history's Parquet files, in this process. Each call has a database of its own in memory, which may read and write the given
// folders and nothing else, within a limit of memory; what does not fit goes to the work folder.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance, StatementType } from "@duckdb/node-api";
import { BreakwaterError } from "../../core/errors.ts";
import { type ColumnType, columnsOf, type HistoryTable, historyTableNames } from "../../core/history/history-tables.ts";
import type { HistoryEngine, PathsByTable, ReadLimits, ReadRows } from "../../core/ports/history-engine.ts";
import { openPrivateFolder, privateFile } from "../../runtime/private-folder.ts";

export interface DuckdbOptions {
	/** For unfinished work; everything in it may be deleted while nothing runs. */
	readonly workFolder: string;
	/** Where the files lie. */
	readonly folders: readonly string[];
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
];

export function createDuckdbEngine(options: DuckdbOptions): HistoryEngine {
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
				await connection.run(`COPY (SELECT ${names} FROM ${reading(paths)}) TO ${quoted(path)} ${layout}`);
			}),
		ask: (query, files) =>
			work(async (connection) => {
				for (const statement of [...dialect, ...views(files)]) await connection.run(statement);
				return (await connection.runAndReadAll(query)).getRowObjectsJson();
			}),
		read: (query, files, limits) =>
			work(async (connection) => {
				for (const statement of [...dialect, ...views(files)]) await connection.run(statement);
				await connection.run("SET lock_configuration = true");
				return await readRows(connection, query, limits);
			}),
		[Symbol.asyncDispose]: () => Promise.resolve(),
	};
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

/** A table without a file is there, too, and empty. */
function views(files: PathsByTable): readonly string[] {
	return historyTableNames.map((table) => {
		const paths = files[table];
		const none = Object.entries({ ...columnsOf(table), day: "text", platform: "text" } as const)
			.map(([name, type]) => `NULL::${name === "day" ? "DATE" : sqlTypes[type]} AS ${name}`)
			.join(", ");
		// First the columns as they are today: where no file has the newest of them yet, it is there all the same.
		const written = paths.length === 0 ? "" : ` UNION ALL BY NAME SELECT * FROM ${reading(paths)}`;
		return `CREATE TEMP VIEW ${table} AS SELECT ${none} WHERE false${written}`;
	});
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
