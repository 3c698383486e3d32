// What a command line that failed says on standard error: a sentence, or one JSON document where `--json` asked for it.
import { CommanderError } from "commander";
import { BreakwaterError } from "../core/errors.ts";
import { errorCode } from "../runtime/error-code.ts";
import { explainAway } from "../runtime/why-away.ts";
import { messageOf } from "../words/message.ts";
import { noteLine } from "./output.ts";
import { UsageError } from "./parse-options.ts";

export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/** Answers the exit code. Commander has said in words what it has to say, help included; in JSON it has said nothing. */
export function reportError(error: unknown, isJson: boolean): number {
	if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
	const isUsage = error instanceof CommanderError || error instanceof UsageError;
	if (isJson) noteLine(JSON.stringify({ error: { code: codeOf(error), message: explain(error) } }));
	else if (!(error instanceof CommanderError)) noteLine(`breakwater: ${explain(error)}`);
	return isUsage ? exitCodes.usage : exitCodes.failed;
}

function codeOf(error: unknown): string {
	if (error instanceof BreakwaterError) return error.code;
	return error instanceof CommanderError || error instanceof UsageError ? "usage" : "failed";
}

/** By the system's code: what is wrong with a file that was named. */
const fileFaults: Readonly<Record<string, (path: string) => string>> = {
	EEXIST: (path) => `there is something of that name already: ${path}`,
	ENOENT: (path) => `no such file or folder: ${path}`,
	ENOTDIR: (path) => `a part of the path is no folder: ${path}`,
	EISDIR: (path) => `this is a folder: ${path}`,
	EACCES: (path) => `this user may not read or write it: ${path}`,
	EPERM: (path) => `this user may not read or write it: ${path}`,
	EROFS: (path) => `its disk can only be read: ${path}`,
	ENAMETOOLONG: (path) => `this name is too long: ${path}`,
};

/** Null where it is about no file. */
function explainFile(error: unknown): string | null {
	const code = errorCode(error);
	if (code === "ENOSPC") return "the disk is full";
	const path = error instanceof Error && "path" in error && typeof error.path === "string" ? error.path : null;
	// To be told of a folder that is to be made that there is none helps nobody.
	if (path !== null && error instanceof Error && "syscall" in error && error.syscall === "mkdir" && code !== "EACCES")
		return `this folder cannot be made (${code}): ${path}`;
	return code === null || path === null ? null : (fileFaults[code]?.(path) ?? null);
}

function explain(error: unknown): string {
	const ofPart = explainAway(error);
	if (ofPart !== null) return ofPart;
	if (error instanceof BreakwaterError) return messageOf(error);
	if (error instanceof CommanderError && error.code === "commander.help")
		return "a command is missing: ask for --help without --json";
	const ofFile = explainFile(error);
	if (ofFile !== null) return ofFile;
	const message = error instanceof Error ? error.message : String(error);
	return error instanceof CommanderError ? message.replace(/^error: /, "") : message;
}
