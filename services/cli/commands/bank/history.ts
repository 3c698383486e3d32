// `breakwater bank history` and `breakwater bank revert`.
import type { Command } from "commander";
import type { DraftId } from "../../../core/ids.ts";
import { sentence } from "../../../words/statement.ts";
import { english } from "../../../words/statements.en.ts";
import { withParts } from "../../lazy-compose.ts";
import { operatorName, withBy } from "../../operator-name.ts";
import { print, table } from "../../output.ts";
import { parseCount, parseSequence } from "../../parse-options.ts";
import { parseDraftId } from "./drafts.ts";

interface HistoryOptions {
	readonly limit: number;
	readonly before?: number;
	readonly within?: DraftId;
}

export function addHistoryCommands(bank: Command): void {
	bank
		.command("history")
		.description("List a bank's changes, newest first; of a removed bank as well")
		.argument("<name>", "bank")
		.option("--limit <n>", "changes shown", parseCount, 50)
		.option("--before <sequence>", "go on before this one", parseSequence)
		.option("--within <import>", "the entries that one import wrote: its id in bank drafts --all", parseDraftId)
		.action(async (name: string, options: HistoryOptions, command: Command) => {
			const page = { before: options.before ?? null, limit: options.limit, within: options.within ?? null };
			const revisions = await withParts((parts) => parts.stores.banks.history(name, page));
			if (revisions.length === 0 && page.before === null && page.within === null)
				throw new Error(`there never was a bank ${name}`);
			print(command, revisions, (all) =>
				table(
					["sequence", "at", "by", "change", "entry"],
					all.map((one) => [one.sequence, one.at.toISOString(), one.by, sentence(english, one.step), one.entryId]),
				),
			);
		});
	withBy(bank.command("revert"))
		.description(
			"Put a bank back to what it was at a sequence of its history; itself a change, everywhere within a second",
		)
		.argument("<name>", "bank; one that was removed comes back")
		.requiredOption("--to <sequence>", "the last change that stays", parseSequence)
		.action(async (name: string, options: { readonly to: number; readonly by?: string }, command: Command) => {
			const { to } = options;
			const result = await withParts((parts) => parts.stores.banks.revert(name, to, operatorName(options)));
			print(
				command,
				{ bank: name, to, ...result },
				({ restored, changed, removed }) =>
					`bank ${name} is as it was at ${to}: ${restored} entries back, ${changed} changed, ${removed} removed`,
			);
		});
}
