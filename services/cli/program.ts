// The command line: `breakwater <noun> <verb>`. Exit codes: 0 done, 1 failed, 2 usage.
import { readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { Command } from "commander";
import { fromPackageRoot } from "../runtime/package-root.ts";
import { commandGroups, groupsNamed } from "./command-groups.ts";
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
		const program = await createProgram(isJson, groupsNamed(args));
		await program.parseAsync(args, { from: "user" });
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

/** All commands, or those of some groups. With `isJson` commander says nothing itself of what is wrong. */
export async function createProgram(isJson: boolean, groups = commandGroups): Promise<Command> {
	const { version } = JSON.parse(readFileSync(fromPackageRoot("package.json"), "utf8")) as { version: string };
	const program = new Command("breakwater")
		.description("Detect known abusive content in a stream, withhold it within a second, put it before people.")
		.version(version)
		.option("--json", "print machine-readable JSON")
		.addHelpText("after", overview)
		.configureHelp({ showGlobalOptions: true });
	if (isJson) program.configureOutput({ outputError: () => undefined });
	else program.showHelpAfterError("(add --help for all options)");
	for (const add of await Promise.all(groups.map(({ load }) => load()))) add(program);
	throwInsteadOfExiting(program);
	return program;
}

/** Commander would end the process, and with it whatever still has to be closed. */
function throwInsteadOfExiting(command: Command): void {
	command.exitOverride();
	for (const child of command.commands) throwInsteadOfExiting(child);
}
