import { type Command, InvalidArgumentError } from "commander";
import { toCell } from "../../bank-file/split-cells.ts";
import { trendTable } from "../../core/history/trend-cells.ts";
import { type TrendView, trendViewNames } from "../../core/history/trends.ts";
import { mostTrendDays } from "../../core/wire/trend-api.ts";
import { askTrend } from "../lazy-compose.ts";
import { printLine, table, wantsJson } from "../output.ts";
import { parseCount, UsageError } from "../parse-options.ts";

interface TrendOptions {
	readonly days: number;
	readonly platform?: string;
	readonly csv?: boolean;
}

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
	const { columns, rows } = trendTable(trend);
	if (csv === true) {
		for (const line of [columns, ...rows]) printLine(line.map((cell) => toCell(cell)).join(","));
		return;
	}
	printLine(table(columns, rows));
	if (trend.behind > 0) printLine(`${trend.behind} transactions are recorded and not in the history yet.`);
}

function parseDays(text: string): number {
	const days = parseCount(text);
	if (days > mostTrendDays) throw new InvalidArgumentError(`It is at most ${mostTrendDays}.`);
	return days;
}
