import type { Command } from "commander";
import { listSettings, readConfig } from "../../runtime/config.ts";
import { withParts } from "../lazy-compose.ts";
import { print, table } from "../output.ts";
import { parseCount } from "../parse-options.ts";

export function addSetupCommands(program: Command): void {
	program
		.command("migrate")
		.description("Bring the database's schema up to date (every process does so at its start)")
		.action(async (_options: unknown, command: Command) => {
			await withParts(async () => undefined);
			print(command, { migrated: true }, () => "the schema is up to date");
		});
	program
		.command("topics")
		.description("The stream's topics")
		.command("create")
		.description("Create missing topics; existing ones are left alone")
		.option("--partitions <n>", "partitions of each new topic (default: BREAKWATER_TOPIC_PARTITIONS)", parseCount)
		.action(async (options: { readonly partitions?: number }, command: Command) => {
			const partitions = options.partitions ?? readConfig().stream.partitions;
			await withParts(async (parts) => (await parts.stream()).createTopics(partitions));
			print(command, { partitions }, () => "the topics are there");
		});
	program
		.command("config")
		.description("Print the settings in force by their names in the environment, and which are defaults; no secrets")
		.action((_options: unknown, command: Command) => {
			print(command, listSettings(), (settings) =>
				table(
					["setting", "value", ""],
					settings.map(({ name, value, isDefault }) => [name, value, isDefault ? "default" : "set"]),
				),
			);
		});
}
