// The command line: `breakwater <noun> <verb>`. Exit codes: 0 done, 1 failed, 2 usage.
import { readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { Command } from "commander";
import { fromPackageRoot } from "../runtime/package-root.ts";
import { addActCommands } from "./commands/acts.ts";
import { addAppealCommands } from "./commands/appeals.ts";
import { addAuthorityCommands } from "./commands/authority.ts";
import { addBankCommands } from "./commands/bank/bank.ts";
import { addBreakerCommands } from "./commands/breakers.ts";
import { addClockCommands } from "./commands/clocks.ts";
import { addDeadLetterCommands } from "./commands/dead-letters.ts";
import { addHashCommand } from "./commands/hash.ts";
import { addJobCommands } from "./commands/jobs.ts";
import { addMatcherCommand } from "./commands/matcher.ts";
import { addModelCommands } from "./commands/model.ts";
import { addOrderCommands } from "./commands/orders.ts";
import { addOutbreakCommands } from "./commands/outbreaks.ts";
import { addPlatformCommands } from "./commands/platform.ts";
import { addPolicyCommands } from "./commands/policy.ts";
import { addReporterCommands } from "./commands/reporter.ts";
import { addRuleCommands } from "./commands/rules.ts";
import { addRunCommands } from "./commands/run.ts";
import { addScanCommand } from "./commands/scan.ts";
import { addSetupCommands } from "./commands/setup.ts";
import { addSilenceCommands } from "./commands/silences.ts";
import { addStrikeCommands } from "./commands/strikes.ts";
import { addSweepCommands } from "./commands/sweep.ts";
import { addTemplateCommands } from "./commands/templates.ts";
import { addTrendCommands } from "./commands/trends.ts";
import { addUploadCommands } from "./commands/uploads.ts";
import { addUserCommands } from "./commands/user.ts";
import { exitCodes, reportError } from "./report-error.ts";
import { isReaderGone, outputBroken } from "./watch-output.ts";

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

With --json, an error is one JSON document on standard error: {"error": {"code", "message"}}.
Exit codes: 0 done, 1 failed, 2 wrong usage.`;

/** Runs one command line; never throws. */
export async function runCli(args: readonly string[]): Promise<number> {
	// Before anything is parsed: what cannot be parsed must be answered in JSON, too.
	const isJson = args.slice(0, endOfOptions(args)).includes("--json");
	try {
		await createProgram(isJson).parseAsync(args, { from: "user" });
		// What a file refuses is known a moment after it was written.
		await setImmediate();
		if (outputBroken.aborted && !isReaderGone(outputBroken.reason)) throw outputBroken.reason;
		return Number(process.exitCode ?? exitCodes.done);
	} catch (error) {
		return isReaderGone(error) ? exitCodes.failed : reportError(error, isJson);
	}
}

function endOfOptions(args: readonly string[]): number {
	const at = args.indexOf("--");
	return at < 0 ? args.length : at;
}

/** All commands. With `isJson` commander says nothing itself of what is wrong. */
export function createProgram(isJson: boolean): Command {
	const { version } = JSON.parse(readFileSync(fromPackageRoot("package.json"), "utf8")) as { version: string };
	const program = new Command("breakwater")
		.description("Detect known abusive content in a stream, withhold it within a second, put it before people.")
		.version(version)
		.option("--json", "print machine-readable JSON")
		.addHelpText("after", overview)
		.configureHelp({ showGlobalOptions: true });
	if (isJson) program.configureOutput({ outputError: () => undefined });
	else program.showHelpAfterError("(add --help for all options)");
	addRunCommands(program);
	addMatcherCommand(program);
	addSetupCommands(program);
	addHashCommand(program);
	addScanCommand(program);
	addBankCommands(program);
	addModelCommands(program);
	addPolicyCommands(program);
	addRuleCommands(program);
	addReporterCommands(program);
	addPlatformCommands(program);
	addUserCommands(program);
	addBreakerCommands(program);
	addDeadLetterCommands(program);
	addJobCommands(program);
	addOrderCommands(program);
	addUploadCommands(program);
	addOutbreakCommands(program);
	addStrikeCommands(program);
	addSweepCommands(program);
	addActCommands(program);
	addClockCommands(program);
	addTemplateCommands(program);
	addSilenceCommands(program);
	addTrendCommands(program);
	addAuthorityCommands(program);
	addAppealCommands(program);
	throwInsteadOfExiting(program);
	return program;
}

/** Commander would end the process, and with it whatever still has to be closed. */
function throwInsteadOfExiting(command: Command): void {
	command.exitOverride();
	for (const child of command.commands) throwInsteadOfExiting(child);
}
