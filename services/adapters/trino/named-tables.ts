// A query with what it can name before it. Each table is made of the files that the record names: what lies beside them in the same folder, replaced
// or never named, is not read.
import { columnsOfCount, countedTable, countingQuery, countTableNames } from "../../core/history/history-counts.ts";
import { type ColumnType, columnsOf, historyTableNames } from "../../core/history/history-tables.ts";
import type { AskedFiles } from "../../core/ports/history-engine.ts";

export interface FilesPlace {
	/** `catalog.schema`: where Trino has the tables. */
	readonly schema: string;
	/** Under which Trino finds the files' keys. */
	readonly location: string;
}

export const trinoTypes = {
	text: "VARCHAR",
	integer: "BIGINT",
	boolean: "BOOLEAN",
	time: "TIMESTAMP(3)",
} as const satisfies Record<ColumnType, string>;

export function withNamedTables(query: string, files: AskedFiles, place: FilesPlace): string {
	const rows = historyTableNames.map(
		(table) => `${table} AS (${rowsOf(place, table, columnsOf(table), files.rows[table])})`,
	);
	const uncounted = rowsOf(place, countedTable, columnsOf(countedTable), files.uncounted);
	const counts = countTableNames.map((table) => {
		const written = rowsOf(place, table, columnsOfCount(table), files.counts[table]);
		const counted =
			files.uncounted.length === 0 ? "" : ` UNION ALL ${countingQuery(table, `(${uncounted})`, ["day", "platform"])}`;
		return `${table} AS (${written}${counted})`;
	});
	return withNames([...rows, ...counts].join(",\n"), query);
}

const comments = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;

/** A query that has names of its own goes on with them. */
function withNames(names: string, query: string): string {
	const text = query.replace(comments, "").replace(/;?\s*$/, "");
	const own = /^WITH\s+(RECURSIVE\s+)?/i.exec(text);
	if (own === null) return `WITH ${names}\n${text}`;
	return `WITH ${own[1] ?? ""}${names},\n${text.slice(own[0].length)}`;
}

function rowsOf(
	{ schema, location }: FilesPlace,
	table: string,
	columns: Readonly<Record<string, ColumnType>>,
	keys: readonly string[],
): string {
	if (keys.length === 0) {
		const none = Object.entries({ ...columns, day: "text", platform: "text" } as const)
			.map(([name, type]) => `CAST(NULL AS ${name === "day" ? "DATE" : trinoTypes[type]}) AS ${name}`)
			.join(", ");
		return `SELECT ${none} WHERE false`;
	}
	const paths = keys.map((key) => quoted(`${location}/${key}`)).join(", ");
	return `SELECT ${[...Object.keys(columns), "day", "platform"].join(", ")} FROM ${schema}.${table} WHERE "$path" IN (${paths})`;
}

export function quoted(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}
