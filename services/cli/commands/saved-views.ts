// `breakwater trends saved|view|save|drop`: questions to the history that operators write in SQL and keep for everyone.
import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { columnsOfCount, countTableNames } from "../../core/history/history-counts.ts";
import { columnsOf, historyTableNames } from "../../core/history/history-tables.ts";
import { viewText } from "../../core/history/saved-view.ts";
import type { SavedView } from "../../core/ports/view-store.ts";
import { askView, withParts } from "../lazy-compose.ts";
import { type ByOptions, operatorName, withBy } from "../operator-name.ts";
import { print, printLine, table, wantsJson } from "../output.ts";
import { UsageError } from "../parse-options.ts";
import { askedBy, checkForm, printRows, type TrendOptions, withTime } from "../trend-output.ts";
import { unknownId } from "../unknown-id.ts";

const listed = { what: "saved view", list: "trends saved" };

export function addSavedViewCommands(trends: Command): void {
	trends
		.command("saved")
		.description("List the questions that were saved, with what each shows")
		.action(async (_, command: Command) => {
			const all = await withParts(({ stores }) => stores.views.list());
			print(command, all, () =>
				table(
					["name", "shows", "saved by", "at"],
					all.map(({ name, says, savedBy, savedAt }) => [name, says, savedBy, savedAt.toISOString()]),
				),
			);
		});
	withTime(trends.command("view"))
		.argument("<name>", "see `breakwater trends saved`")
		.description("Ask a saved question")
		.action(async (name: string, options: TrendOptions, command: Command) => {
			checkForm(options, command);
			const answer = await askView(await requireView(name), askedBy(options));
			if (wantsJson(command)) return printLine(JSON.stringify({ view: name, ...answer }));
			printRows(answer, options);
		});
	addSave(trends);
	withBy(trends.command("drop"))
		.argument("<name>", "see `breakwater trends saved`")
		.description("Drop a saved question")
		.action(async (name: string, options: ByOptions, command: Command) => {
			await requireView(name);
			await withParts(({ stores }) => stores.views.drop(name, operatorName(options)));
			print(command, { dropped: name }, () => `dropped ${name}`);
		});
}

interface SaveOptions extends ByOptions {
	readonly says: string;
}

function addSave(trends: Command): void {
	withBy(trends.command("save"))
		.argument("<name>", "lower-case letters, digits and dashes; in the place of one of that name")
		.argument("<file>", "one SELECT over the history's tables")
		.requiredOption("--says <text>", "what it shows, in a sentence")
		.description("Save a question to the history for everyone: here, on the page Trends, and as CSV")
		.addHelpText("after", () => `\n${tablesHelp()}`)
		.action(async (name: string, file: string, options: SaveOptions, command: Command) => {
			const parsed = viewText.safeParse({ name, says: options.says, query: await readFile(file, "utf8") });
			if (!parsed.success) {
				const [issue] = parsed.error.issues;
				throw new UsageError(`${issue?.path.join(".") ?? name}: ${issue?.message ?? "it cannot be saved"}`);
			}
			// What cannot be asked is not saved.
			await askView(parsed.data, { days: 1, platform: null });
			const saved = await withParts(({ stores }) => stores.views.save(parsed.data, operatorName(options)));
			print(command, saved, () => `saved ${name}: breakwater trends view ${name}`);
		});
}

function tablesHelp(): string {
	const line = (name: string, columns: object) => `  ${name}: day, platform, ${Object.keys(columns).join(", ")}`;
	const lines = [
		...historyTableNames.map((name) => line(name, columnsOf(name))),
		...countTableNames.map((name) => line(name, columnsOfCount(name))),
	];
	return ["It reads these tables, of the days and the platform that are asked for, and nothing else:", ...lines].join(
		"\n",
	);
}

async function requireView(name: string): Promise<SavedView> {
	const found = await withParts(({ stores }) => stores.views.find(name));
	if (found === null) throw unknownId(listed, name);
	return found;
}
