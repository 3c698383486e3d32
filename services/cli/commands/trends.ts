import { type Command, InvalidArgumentError } from "commander";
import { toCell } from "../../bank-file/split-cells.ts";
import { type TrendView, trendViewNames } from "../../core/history/trends.ts";
import { askTrend } from "../lazy-compose.ts";
import { printLine, table, wantsJson } from "../output.ts";
import { parseCount, UsageError } from "../parse-options.ts";

interface TrendOptions {
	readonly days: number;
	readonly platform?: string;
	readonly csv?: boolean;
}

const mostDays = 3_660;

const views = {
	volumes:
		"items by day and tier, and how many of them were withheld, put before people, or not wholly examined for want of a legal basis",
	withholding:
		"from an item's time to the platform's acknowledgement of its withholding, by day; the line without a day is over all",
	sources: "what each bank and each model found, and how often people agreed (with the interval at 95 %)",
	platforms: "what came from where, and what was found in it",
	hours: "by weekday (1 is Monday) and hour, UTC",
} as const satisfies Record<TrendView, string>;

export function addTrendCommands(program: Command): void {
	const trends = program
		.command("trends")
		.description("What the whole history says; what was recorded in the last minute may be missing");
	for (const view of trendViewNames) {
		trends
			.command(view)
			.description(`Show ${views[view]}`)
			.option("--days <count>", "of the last so many days, today included", parseDays, 30)
			.option("--platform <name>", "of one platform alone")
			.option("--csv", "print comma-separated values")
			.action((options: TrendOptions, command: Command) => show(view, options, command));
	}
}

async function show(view: TrendView, { days, platform, csv }: TrendOptions, command: Command): Promise<void> {
	if (csv === true && wantsJson(command)) throw new UsageError("--csv and --json exclude each other");
	const trend = await askTrend(view, { days, platform: platform ?? null });
	if (wantsJson(command)) return printLine(JSON.stringify(trend));
	const rows = trend.rows.map(toCells);
	const columns = Object.keys(rows[0] ?? {});
	const cells = rows.map((row) => columns.map((name) => row[name] ?? null));
	if (csv === true) {
		for (const line of [columns, ...cells]) printLine(line.map((cell) => toCell(cell)).join(","));
		return;
	}
	printLine(table(columns, cells));
	if (trend.behind > 0) printLine(`${trend.behind} transactions are recorded and not in the history yet.`);
}

type Cells = Readonly<Record<string, string | number | null>>;

/** What is nested in a row becomes columns of its own. */
function toCells(row: object): Cells {
	return Object.fromEntries(
		Object.entries(row).flatMap(([name, value]: [string, unknown]): [string, string | number | null][] => {
			if (name === "precision") return precisionCells(value);
			return [[name, typeof value === "number" ? round(value) : value === null ? null : String(value)]];
		}),
	);
}

function precisionCells(value: unknown): [string, string | number | null][] {
	const known: Readonly<Record<string, number>> = typeof value === "object" && value !== null ? { ...value } : {};
	return ["share", "atLeast", "atMost"].map((name) => [name, known[name] === undefined ? null : round(known[name])]);
}

function round(value: number): number {
	return Math.round(value * 1_000) / 1_000;
}

function parseDays(text: string): number {
	const days = parseCount(text);
	if (days > mostDays) throw new InvalidArgumentError(`It is at most ${mostDays}.`);
	return days;
}
