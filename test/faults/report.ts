// The table, and the count that CI reads.
import type { Row } from "./run-scenario.ts";

export function isGood(row: Row): boolean {
	return row.problems.length === 0 && row.lost === 0 && row.doubled === 0 && row.recoverySeconds !== null;
}

export function table(rows: readonly Row[]): string {
	const cells = [
		["", "fault", "profile", "times", "items", "lost", "doubled", "recovery s"],
		...rows.map((row) => [
			isGood(row) ? "ok" : "FAILED",
			row.fault,
			row.profile,
			String(row.times),
			String(row.items),
			String(row.lost),
			String(row.doubled),
			row.recoverySeconds === null ? "never" : row.recoverySeconds.toFixed(1),
		]),
	];
	const widths = cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))) ?? [];
	const isNumber = (column: number) => column > 2;
	return cells
		.map((row) =>
			row
				.map((cell, column) =>
					isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
				)
				.join("  ")
				.trimEnd(),
		)
		.join("\n");
}

/** Alone on a line, the form that CI reads. */
export function count(rows: readonly Row[]): string {
	const passed = rows.filter(isGood).length;
	return `${passed} passed, ${rows.length - passed} failed`;
}
