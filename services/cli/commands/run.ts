import type { Command } from "commander";
import { isRoleName, roleNames } from "../../standalone/roles.ts";
import { parseCount, parseSequence, UsageError } from "../parse-options.ts";

export function addRunCommands(program: Command): void {
	program
		.command("start")
		.description("Run processes here until Ctrl-C: all of them, or some")
		.option("--roles <names>", `comma-separated: ${roleNames.join(", ")}`, roleNames.join(","))
		.addHelpText(
			"after",
			"\nEach serves /live, /ready and /metrics on its port (BREAKWATER_INTAKE_PORT, …). Logs are JSON lines on standard error.",
		)
		.action(async (options: { readonly roles: string }) => {
			const names = options.roles.split(",").map((name) => name.trim());
			const unknown = names.filter((name) => !isRoleName(name));
			if (unknown.length > 0)
				throw new UsageError(`there is no role ${unknown.join(", ")}; there are: ${roleNames.join(", ")}`);
			const { runRoles } = await import("../../standalone/run.ts");
			process.exitCode = await runRoles(names.filter(isRoleName));
		});
	program
		.command("demo")
		.description("Run everything here on a sample feed, with a bank of benign pictures playing the part of known ones")
		.option(
			"--exit",
			"end after the summary; exit code 0 only if every planted copy was withheld, nothing else was, and nothing was lost",
		)
		.option("--posts <n>", "posts in the feed", parseSequence, 400)
		.option("--pictures <n>", "pictures in the feed", parseSequence, 60)
		.option("--rate <n>", "items per second", parseCount, 60)
		.action(
			async (
				options: { readonly exit?: boolean; readonly posts: number; readonly pictures: number; readonly rate: number },
				command: Command,
			) => {
				const { runDemo } = await import("../../standalone/run.ts");
				process.exitCode = await runDemo({
					exits: options.exit === true,
					posts: options.posts,
					pictures: options.pictures,
					itemsPerSecond: options.rate,
					isJson: command.optsWithGlobals<{ json?: boolean }>().json === true,
				});
			},
		);
}
