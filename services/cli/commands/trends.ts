import type { Command } from "commander";
import { trendTable } from "../../core/history/trend-cells.ts";
import { type TrendView, trendViewNames } from "../../core/history/trends.ts";
import { askTrend } from "../lazy-compose.ts";
import { printLine, wantsJson } from "../output.ts";
import { askedBy, checkForm, printRows, type TrendOptions, withTime } from "../trend-output.ts";
import { addSavedViewCommands } from "./saved-views.ts";

const views = {
	volumes:
		"items by day and tier, and how many of them were withheld, put before people, or not wholly examined for want of a legal basis",
	withholding:
		"from an item's time to the platform's acknowledgement of its withholding, by day; the line without a day is over all",
	sources: "what each bank and each model found, and how often people agreed (with the interval at 95 %)",
	calibration:
		"how far what models said lies from what people decided (expected calibration error), by platform and by the curve that it was read by",
	platforms: "what came from where, and what was found in it",
	ladder: "how much was withheld within how long, from the item's own time, beside what laws ask for and others report",
	clusters: "clusters by the day of their first item in this time: how many grew, how many are on several platforms",
	growth: "the hundred clusters that grew most within a day of this time",
	later: "earlier items that sweeps and reports had judged again, by day, and what became of them",
	hours: "by weekday (1 is Monday) and hour, UTC",
} as const satisfies Record<TrendView, string>;

export function addTrendCommands(program: Command): void {
	const trends = program
		.command("trends")
		.description("What the whole history says; what was recorded in the last minute may be missing");
	for (const view of trendViewNames) {
		withTime(trends.command(view))
			.description(`Show ${views[view]}`)
			.action((options: TrendOptions, command: Command) => show(view, options, command));
	}
	addSavedViewCommands(trends);
}

async function show(view: TrendView, options: TrendOptions, command: Command): Promise<void> {
	checkForm(options, command);
	const trend = await askTrend(view, askedBy(options));
	if (wantsJson(command)) return printLine(JSON.stringify(trend));
	printRows({ ...trendTable(trend), behind: trend.behind }, options);
}
