// What all views of the history have in common on the command line: of which time they are asked, and how their rows are printed.
import { type Command, InvalidArgumentError } from "commander";
import { toCell } from "../bank-file/split-cells.ts";
import type { TrendTable } from "../core/history/trend-cells.ts";
import { mostTrendDays } from "../core/wire/trend-api.ts";
import { printLine, table, wantsJson } from "./output.ts";
import { parseCount, UsageError } from "./parse-options.ts";

export interface TrendOptions {
	readonly days: number;
	readonly platform?: string;
	readonly csv?: boolean;
}

export function withTime(command: Command): Command {
	return command
		.option("--days <count>", "of the last so many days, today included", parseDays, 30)
		.option("--platform <name>", "of one platform alone")
		.option("--csv", "print comma-separated values");
}

export function askedBy({ days, platform }: TrendOptions) {
	return { days, platform: platform ?? null };
}

export function checkForm({ csv }: TrendOptions, command: Command): void {
	if (csv === true && wantsJson(command)) throw new UsageError("--csv and --json exclude each other");
}

/** As a table, or as comma-separated values. */
export function printRows(
	{ columns, rows, behind }: TrendTable & { readonly behind: number },
	{ csv }: TrendOptions,
): void {
	if (csv === true) {
		for (const line of [columns, ...rows]) printLine(line.map((cell) => toCell(cell)).join(","));
		return;
	}
	printLine(table(columns, rows));
	if (behind > 0) printLine(`${behind} transactions are recorded and not in the history yet.`);
}

function parseDays(text: string): number {
	const days = parseCount(text);
	if (days > mostTrendDays) throw new InvalidArgumentError(`It is at most ${mostTrendDays}.`);
	return days;
}
