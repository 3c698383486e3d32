// A trend's rows as a table of plain cells, for terminals and spreadsheets.
import type { TrendRow, TrendView } from "./trends.ts";

type TrendCell = string | number | null;

export interface TrendTable {
	readonly columns: readonly string[];
	readonly rows: readonly (readonly TrendCell[])[];
}

/** Columns in the order of the view; what is nested in a row has columns of its own. Fractions to a thousandth. */
export function trendTable(trend: { readonly rows: readonly TrendRow<TrendView>[] }): TrendTable {
	const rows = trend.rows.map(cellsOf);
	const columns = Object.keys(rows[0] ?? {});
	return { columns, rows: rows.map((row) => columns.map((name) => row[name] ?? null)) };
}

function cellsOf(row: object): Readonly<Record<string, TrendCell>> {
	return Object.fromEntries(
		Object.entries(row).flatMap(([name, value]: [string, unknown]): [string, TrendCell][] => {
			if (name === "precision") return precisionCells(value);
			return [[name, typeof value === "number" ? round(value) : value === null ? null : String(value)]];
		}),
	);
}

function precisionCells(value: unknown): [string, TrendCell][] {
	const known: Readonly<Record<string, number>> = typeof value === "object" && value !== null ? { ...value } : {};
	return ["share", "atLeast", "atMost"].map((name) => [name, known[name] === undefined ? null : round(known[name])]);
}

function round(value: number): number {
	return Math.round(value * 1_000) / 1_000;
}
