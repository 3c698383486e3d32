// The command line: `breakwater <noun> <verb>`. Exit codes: 0 done, 1 failed, 2 usage.
import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { BreakwaterError } from "../core/errors.ts";
import { fromPackageRoot } from "../runtime/package-root.ts";
import { addActCommands } from "./commands/acts.ts";
import { addBankCommands } from "./commands/bank/bank.ts";
import { addBreakerCommands } from "./commands/breakers.ts";
import { addDeadLetterCommands } from "./commands/dead-letters.ts";
import { addHashCommand } from "./commands/hash.ts";
import { addJobCommands } from "./commands/jobs.ts";
import { addMatcherCommand } from "./commands/matcher.ts";
import { addModelCommands } from "./commands/model.ts";
import { addOrderCommands } from "./commands/orders.ts";
import { addPlatformCommands } from "./commands/platform.ts";
import { addRunCommands } from "./commands/run.ts";
import { addScanCommand } from "./commands/scan.ts";
import { addSetupCommands } from "./commands/setup.ts";
import { addUploadCommands } from "./commands/uploads.ts";
import { addUserCommands } from "./commands/user.ts";
import { UsageError } from "./parse-options.ts";

const overview = `
Settings come from the environment (BREAKWATER_*); see .env.example. Without any, everything runs on this machine with an
embedded PostgreSQL in ./.data.

First steps:
  breakwater demo                                    see the whole system work on sample data
  breakwater start                                   run all processes here
  breakwater matcher --open                          run just a matcher, compatible with HMA
  breakwater platform add forum --source //forum.example --webhook https://forum.example/orders
  breakwater bank create known --category csam --trusted
  breakwater bank import known hashes.csv
  breakwater user add an --role reviewer

Exit codes: 0 done, 1 failed, 2 wrong usage.`;

/** Runs one command line; never throws. */
export async function runCli(args: readonly string[]): Promise<number> {
	try {
		await createProgram().parseAsync(args, { from: "user" });
		return Number(process.exitCode ?? 0);
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
		process.stderr.write(`breakwater: ${explain(error)}\n`);
		return error instanceof UsageError ? 2 : 1;
	}
}

function createProgram(): Command {
	const { version } = JSON.parse(readFileSync(fromPackageRoot("package.json"), "utf8")) as { version: string };
	const program = new Command("breakwater")
		.description("Detect known abusive content in a stream, withhold it within a second, put it before people.")
		.version(version)
		.option("--json", "print machine-readable JSON")
		.addHelpText("after", overview)
		.showHelpAfterError("(add --help for all options)")
		.configureHelp({ showGlobalOptions: true });
	addRunCommands(program);
	addMatcherCommand(program);
	addSetupCommands(program);
	addHashCommand(program);
	addScanCommand(program);
	addBankCommands(program);
	addModelCommands(program);
	addPlatformCommands(program);
	addUserCommands(program);
	addBreakerCommands(program);
	addDeadLetterCommands(program);
	addJobCommands(program);
	addOrderCommands(program);
	addUploadCommands(program);
	addActCommands(program);
	throwInsteadOfExiting(program);
	return program;
}

/** Commander would end the process, and with it whatever still has to be closed. */
function throwInsteadOfExiting(command: Command): void {
	command.exitOverride();
	for (const child of command.commands) throwInsteadOfExiting(child);
}

function explain(error: unknown): string {
	if (error instanceof BreakwaterError && error.code === "store-unavailable") {
		return "the database cannot be reached; check BREAKWATER_DATABASE_URL, or that `breakwater start` runs with the same BREAKWATER_DATA_DIR";
	}
	return error instanceof Error ? error.message : String(error);
}
