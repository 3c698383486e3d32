import { type ParseArgsConfig, parseArgs } from "node:util";

/** Options of the command line. `--help` prints the usage and ends the process; so does, with status 2, what cannot be understood. */
export function readOptions<const O extends NonNullable<ParseArgsConfig["options"]>>(usage: string, options: O) {
	if (process.argv.includes("--help") || process.argv.includes("-h")) {
		process.stdout.write(`${usage}\n`);
		process.exit(0);
	}
	try {
		return parseArgs({ options }).values;
	} catch (error) {
		process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${usage}\n`);
		process.exit(2);
	}
}
