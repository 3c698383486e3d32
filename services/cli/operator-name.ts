// Who acts on the command line: the name in the history, and what tells a second person from the first.
import { userInfo } from "node:os";
import type { Command } from "commander";
import { type Doer, named } from "../core/acts/doer.ts";

/** Adds `--by`; see {@link operatorName}. */
export function withBy(command: Command): Command {
	return command.option("--by <name>", "who does this, as the history keeps it (default: your login on this machine)");
}

export interface ByOptions {
	readonly by?: string;
}

/** Whoever acts, as the log of acts names them. */
export function doerOf(options: ByOptions): Doer {
	return named(operatorName(options));
}

export function operatorName(options: ByOptions): string {
	if (options.by !== undefined && options.by.trim() !== "") return options.by.trim();
	try {
		return userInfo().username;
	} catch {
		// A container may run as a user that has no name.
		return "cli";
	}
}
