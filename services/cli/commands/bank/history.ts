// `breakwater bank history` and `breakwater bank revert`.
import type { Command } from "commander";
import { BreakwaterError } from "../../../core/errors.ts";
import type { DraftId } from "../../../core/ids.ts";
import { sentence } from "../../../words/statement.ts";
import { english } from "../../../words/statements.en.ts";
import { leaveUndone } from "../../change-bank.ts";
import { describeWaiting } from "../../describe-draft.ts";
import { withParts } from "../../lazy-compose.ts";
import { operatorName, withBy } from "../../operator-name.ts";
import { print, table } from "../../output.ts";
import { parseCount } from "../../parse-options.ts";
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
		.option("--before <revision>", "go on before this one; with --within, a sequence", parseCount)
		.option("--within <import>", "the entries that one import wrote: its id in bank drafts --all", parseDraftId)
		.action(async (name: string, options: HistoryOptions, command: Command) => {
			const { before = null, limit, within = null } = options;
			const revisions = await withParts(async ({ stores: { banks } }) => {
				const earlier = before === null || within !== null ? before : await banks.sequenceOf(name, before);
				return banks.history(name, { before: earlier, limit, within });
			});
			if (revisions.length === 0 && before === null)
				throw new BreakwaterError("not-found", {
					detail: within === null ? `there never was a bank ${name}` : `no import ${within} wrote into a bank ${name}`,
				});
			print(command, revisions, (all) =>
				table(
					[options.within === undefined ? "revision" : "sequence", "at", "by", "change", "entry"],
					all.map((one) => [
						one.revision ?? one.sequence,
						one.at.toISOString(),
						one.by,
						sentence(english, one.step),
						one.entryId,
					]),
				),
			);
		});
	withBy(bank.command("revert"))
		.description(
			"Put a bank back to what it was at a revision of its history; itself a change, everywhere within a second",
		)
		.argument("<name>", "bank; one that was removed comes back")
		.requiredOption("--to <revision>", "the last that stays; see `breakwater bank history`", parseCount)
		.action(async (name: string, options: { readonly to: number; readonly by?: string }, command: Command) => {
			const { to } = options;
			const result = await withParts(async ({ stores: { banks } }) =>
				banks.revert(name, await banks.sequenceOf(name, to), operatorName(options)),
			);
			print(
				command,
				{ bank: name, to, ...result },
				({ restored, changed, removed, waiting }) =>
					`bank ${name} is as it was at revision ${to}${waiting === null ? "" : ", but for what waits"}: ${restored} entries back, ${changed} changed, ${removed} removed${describeWaiting(waiting)}`,
			);
			leaveUndone(result.waiting);
		});
}
