import { createReadStream } from "node:fs";
import type { Command } from "commander";
import { importRows } from "../../import-rows.ts";
import { withParts } from "../../lazy-compose.ts";
import { operatorName, withBy } from "../../operator-name.ts";
import { print } from "../../output.ts";
import { requireBank } from "../../require-bank.ts";

export function addImportCommand(bank: Command): void {
	withBy(bank.command("import"))
		.description("Add the entries of a CSV file (columns type,hash[,quality,source,opinion,external_id,note])")
		.argument("<name>", "bank")
		.argument("<file>", "CSV file")
		.option("--source <name>", "source of rows that name none (default: the bank's name)")
		.addHelpText(
			"after",
			"\nRunning it again changes nothing. Rows that are refused are counted and shown with their line and reason.",
		)
		.action(
			async (
				name: string,
				file: string,
				options: { readonly source?: string; readonly by?: string },
				command: Command,
			) => {
				const result = await withParts(async (parts) => {
					const { id } = await requireBank(parts, name);
					return importRows(
						parts.stores.banks,
						id,
						createReadStream(file),
						options.source ?? name,
						operatorName(options),
					);
				});
				print(command, result, ({ added, changed, same, rejected }) => {
					const reasons = Object.entries(rejected.byReason).map(([reason, count]) => `\n  ${count} refused: ${reason}`);
					const lines = rejected.first.map(({ line, reason }) => `\n    line ${line}: ${reason}`);
					return `${added} added, ${changed} changed, ${same} already there${reasons.join("")}${lines.join("")}`;
				});
				if (result.added + result.changed + result.same === 0) process.exitCode = 1;
			},
		);
}
