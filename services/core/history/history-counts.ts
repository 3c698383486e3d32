// What a file of verdicts comes to once it is written for good: its rows, counted by what questions over months ask for. A count is a table of
// its own, of one platform and day like the rows that it is of; counting a file and counting its rows is one rule, which engines are given as SQL.
import { type ClusterId, clusterId, uuidOfHex } from "../ids.ts";
import type { ColumnType } from "./history-tables.ts";

interface Count {
	/** By name of a column: its type, and what it is of a row. */
	readonly by: Readonly<Record<string, { readonly type: ColumnType; readonly is: string }>>;
	/** Which rows are counted; null: all. */
	readonly where: string | null;
}

/** Half of a cluster's id, as a number of 64 bits with a sign: as texts ids take several times as long, and as numbers of 128 bits no engine but one reads them. */
const halfOfCluster = (from: 1 | 17) =>
	`from_big_endian_64(from_hex(substr(replace(cluster_id, '-', ''), ${from}, 16)))`;

const historyCounts = {
	verdict_hours: {
		by: {
			at_hour: { type: "time", is: "date_trunc('hour', happened_at)" },
			tier: { type: "text", is: "tier" },
			action: { type: "text", is: "action" },
			is_unexamined: { type: "boolean", is: "unexamined IS NOT NULL" },
		},
		where: null,
	},
	cluster_days: {
		by: {
			cluster_high: { type: "integer", is: halfOfCluster(1) },
			cluster_low: { type: "integer", is: halfOfCluster(17) },
		},
		where: "cluster_id IS NOT NULL",
	},
} as const satisfies Record<string, Count>;

export type CountTable = keyof typeof historyCounts;
export const countTableNames = Object.keys(historyCounts) as readonly CountTable[];

/** The table whose files are counted. */
export const countedTable = "verdicts";

/** One more with each change of what is counted: files that were counted otherwise are counted when they are asked, and soon anew. */
export const countsVersion = 2;

/** The cluster of two halves, each in decimal. */
export function clusterOfHalves(high: string, low: string): ClusterId {
	const hex = (half: string) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, "0");
	return clusterId.parse(uuidOfHex(hex(high) + hex(low)));
}

/** The columns of a count's files, in their order; platform and day are in the path. */
export function columnsOfCount(table: CountTable): Readonly<Record<string, ColumnType>> {
	const by = Object.entries(countOf(table).by).map(([name, { type }]) => [name, type] as const);
	return { ...Object.fromEntries(by), items: "integer" };
}

/** A query that counts the rows of `from`, apart by further columns of theirs. */
export function countingQuery(table: CountTable, from: string, apart: readonly string[]): string {
	const { by, where } = countOf(table);
	const keys = Object.entries(by).map(([name, { is }]) => ({ name, is }));
	const shown = [...keys.map(({ name, is }) => `${is} AS ${name}`), "COUNT(*) AS items", ...apart];
	const grouped = [...keys.map(({ is }) => is), ...apart];
	return `SELECT ${shown.join(", ")} FROM ${from}${where === null ? "" : ` WHERE ${where}`} GROUP BY ${grouped.join(", ")}`;
}

function countOf(table: CountTable): Count {
	return historyCounts[table];
}
