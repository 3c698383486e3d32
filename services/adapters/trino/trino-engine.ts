// Trino over the history's Parquet files: asked what it finds in those that the record names.
import { z } from "zod";
import { BreakwaterError } from "../../core/errors.ts";
import type { AskedFiles, HistoryEngine } from "../../core/ports/history-engine.ts";
import { declareTables } from "./hive-tables.ts";
import { type FilesPlace, withNamedTables } from "./named-tables.ts";
import { type Answer, createTrinoClient, StatementFailed, type TrinoOptions } from "./trino-client.ts";

export interface TrinoEngineOptions extends TrinoOptions, FilesPlace {
	/** For a question of our own, and for each statement that prepares one. */
	readonly timeoutMs: number;
	/** What is known of Trino's metastore; shared by the engines of a process, and empty at first. */
	readonly known: Set<string>;
}

/** Far more than a question of our own has. */
const mostRows = 1_000_000;

export function createTrinoEngine(options: TrinoEngineOptions): HistoryEngine {
	const { timeoutMs, known } = options;
	const client = createTrinoClient(options);
	const run = (statement: string) => client.run(statement, { rows: mostRows, ms: timeoutMs });
	const prepare = async (files: AskedFiles) => {
		const keys = [...Object.values(files.rows), ...Object.values(files.counts), files.uncounted].flat();
		const declare = () => declareTables(run, options, keys, known);
		// Another process may declare the same at the same time.
		await declare().catch((error: unknown) => (error instanceof StatementFailed ? declare() : Promise.reject(error)));
	};
	const orUnavailable = async <T>(work: () => Promise<T>): Promise<T> => {
		try {
			return await work();
		} catch (cause) {
			// Somebody may have dropped the tables.
			known.clear();
			throw new BreakwaterError("history-unavailable", { cause });
		}
	};
	return {
		ask: (query, files) =>
			orUnavailable(async () => {
				await prepare(files);
				const { columns, rows } = await run(withNamedTables(query, files, options));
				return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])));
			}),
		read: (query, files, limits) =>
			orUnavailable(async () => {
				await prepare(files);
				const text = withNamedTables(query, files, options);
				try {
					const plan = await client.run(`EXPLAIN (TYPE IO, FORMAT JSON) ${text}`, limits);
					if (!readsOnly(plan, options.schema))
						return { kind: "refused", why: "it reads another table than the history's" };
					const { columns, rows } = await client.run(text, limits);
					return { kind: "rows", columns: columns.map(({ name }) => name), rows: textsOf(columns, rows) };
				} catch (error) {
					if (!(error instanceof StatementFailed)) throw error;
					return { kind: "refused", why: error.message };
				}
			}),
		[Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
	};
}

const plannedTable = z.object({
	table: z.object({ catalog: z.string(), schemaTable: z.object({ schema: z.string(), table: z.string() }) }),
});
const planned = z.object({ inputTableColumnInfos: z.array(plannedTable), outputTable: z.unknown().optional() });

/** As Trino itself has resolved the names. */
function readsOnly({ rows }: Answer, schema: string): boolean {
	const plan = planned.parse(JSON.parse(String(rows[0]?.[0])));
	return (
		plan.outputTable === undefined &&
		plan.inputTableColumnInfos.every(({ table }) => `${table.catalog}.${table.schemaTable.schema}` === schema)
	);
}

function textsOf(columns: Answer["columns"], rows: Answer["rows"]): Answer["rows"] {
	return rows.map((row) =>
		row.map((cell, index) => (columns[index]?.type === "bigint" && cell !== null ? String(cell) : cell)),
	);
}
