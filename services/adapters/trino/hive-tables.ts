// What Trino's metastore must know before it can read the files: an external table for each of ours, and the partitions in which files were
// written. Whoever asks sees to it, for what it asks about; dropping such a table leaves its files where they are.
import { columnsOfCount, countTableNames } from "../../core/history/history-counts.ts";
import { type ColumnType, columnsOf, historyTableNames } from "../../core/history/history-tables.ts";
import { type FilesPlace, quoted, trinoTypes } from "./named-tables.ts";
import type { Answer } from "./trino-client.ts";

type Run = (statement: string) => Promise<Answer>;

const columnsByTable: ReadonlyMap<string, Readonly<Record<string, ColumnType>>> = new Map([
	...historyTableNames.map((table) => [table, columnsOf(table)] as const),
	...countTableNames.map((table) => [table, columnsOfCount(table)] as const),
]);

/** `known`: partitions, as folders, of which that is known already; those of the keys are added. */
export async function declareTables(run: Run, place: FilesPlace, keys: readonly string[], known: Set<string>) {
	const folders = new Set(keys.map((key) => key.slice(0, key.lastIndexOf("/"))));
	const unknown = [...folders].filter((one) => !known.has(one));
	if (unknown.length === 0) return;
	const [catalog = "", schema = ""] = place.schema.split(".");
	const present = await presentColumns(run, catalog, schema);
	if (present.size === 0) await run(`CREATE SCHEMA IF NOT EXISTS ${place.schema}`);
	for (const table of new Set(unknown.map((one) => one.slice(0, one.indexOf("/"))))) {
		await declareTable(run, place, table, present.get(table) ?? null);
		await run(
			`CALL ${catalog}.system.sync_partition_metadata(schema_name => ${quoted(schema)}, table_name => ${quoted(table)}, mode => 'ADD')`,
		);
	}
	for (const one of unknown) known.add(one);
}

async function presentColumns(run: Run, catalog: string, schema: string): Promise<ReadonlyMap<string, Set<unknown>>> {
	const { rows } = await run(
		`SELECT table_name, column_name FROM ${catalog}.information_schema.columns WHERE table_schema = ${quoted(schema)}`,
	);
	const columns = new Map<string, Set<unknown>>();
	for (const [table, column] of rows) {
		const of = columns.get(String(table)) ?? new Set();
		columns.set(String(table), of.add(column));
	}
	return columns;
}

/** One that lacks a column is made anew: partitions keep the columns that the table had when they were declared. */
async function declareTable(run: Run, place: FilesPlace, table: string, present: Set<unknown> | null): Promise<void> {
	const columns = Object.entries(columnsByTable.get(table) ?? {});
	if (present !== null && columns.some(([name]) => !present.has(name)))
		await run(`DROP TABLE IF EXISTS ${place.schema}.${table}`);
	else if (present !== null) return;
	const typed = columns.map(([name, type]) => `${name} ${trinoTypes[type]}`).join(", ");
	await run(
		`CREATE TABLE IF NOT EXISTS ${place.schema}.${table} (${typed}, day DATE, platform VARCHAR) WITH (format = 'PARQUET',
			partitioned_by = ARRAY['day', 'platform'], external_location = ${quoted(`${place.location}/${table}`)})`,
	);
}
