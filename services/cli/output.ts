// What commands print: JSON for programs, aligned columns for people.
import type { Command } from "commander";
import { forTerminal } from "../words/for-terminal.ts";

export function wantsJson(command: Command): boolean {
	return command.optsWithGlobals<{ json?: boolean }>().json === true;
}

export function printLine(text: string): void {
	process.stdout.write(`${forTerminal(text)}\n`);
}

/** For people alone, beside what was asked for. */
export function noteLine(text: string): void {
	process.stderr.write(`${forTerminal(text)}\n`);
}

/** One JSON document, or what `describe` makes of the value for people. */
export function print<T>(command: Command, value: T, describe: (value: T) => string): void {
	printLine(wantsJson(command) ? JSON.stringify(value) : describe(value));
	if (!wantsJson(command)) noteWhereCut(command, value);
}

/** A list that is as long as it may be is seldom all of it. */
function noteWhereCut(command: Command, value: unknown): void {
	const { limit } = command.opts<{ limit?: unknown }>();
	if (Array.isArray(value) && value.length > 0 && value.length === limit)
		noteLine(`the first ${limit}; there may be more (--limit)`);
}

export function table(columns: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
	if (rows.length === 0) return "(none)";
	const cells = [columns, ...rows.map((row) => row.map((cell) => (cell === null ? "–" : String(cell))))];
	const widths = columns.map((_, index) => Math.max(...cells.map((row) => (row[index] ?? "").length)));
	return cells
		.map((row) =>
			row
				.map((cell, index) => cell.padEnd(widths[index] ?? 0))
				.join("  ")
				.trimEnd(),
		)
		.join("\n");
}
