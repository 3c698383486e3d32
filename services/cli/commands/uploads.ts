import type { Command } from "commander";
import { sweepUploads, uploadsKeptMs } from "../../core/stuck/sweep-uploads.ts";
import { withParts } from "../lazy-compose.ts";
import { print } from "../output.ts";
import { parseTime, timeHelp } from "../parse-time.ts";

export function addUploadCommands(program: Command): void {
	program
		.command("uploads")
		.description("Media on their way to a detector")
		.command("sweep")
		.description("Delete uploads that no event will name any more; intake does so by itself every hour")
		.option("--before <time>", `uploaded before: ${timeHelp}`, `${uploadsKeptMs / 86_400_000}d`)
		.option("--dry-run", "only count them")
		.action(async (options: { readonly before: string; readonly dryRun?: boolean }, command: Command) => {
			const before = parseTime(options.before, Date.now());
			const isTrial = options.dryRun === true;
			const swept = await withParts(({ mediaStore, stores }) =>
				sweepUploads({ mediaStore: mediaStore(), deadLetters: stores.deadLetters }, { before, isTrial }),
			);
			print(command, { swept, isTrial }, () => `${swept} uploads ${isTrial ? "would be deleted" : "deleted"}`);
		})
		.addHelpText(
			"after",
			"\nWhat a parked record names is kept. An upload younger than the stream's lag may still be asked for.",
		);
}
