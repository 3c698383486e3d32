// `breakwater …` as a person runs it, on a record of its own. What is typed into, or runs in a shell, is a process of its own and needs a build.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromPackageRoot } from "../../services/runtime/package-root.ts";
import { breakwater } from "./cli-in-process.ts";
import { createTestDatabase } from "./test-database.ts";

interface Outcome {
	readonly code: number;
	readonly out: string;
	readonly err: string;
}

export interface CommandLine extends AsyncDisposable {
	/** Where tests put their files, and commands their data. */
	readonly folder: string;
	readonly databaseUrl: string;
	/** For tests that start it themselves. */
	readonly main: string;
	readonly env: Readonly<Record<string, string>>;
	/** In this process, one command at a time. */
	readonly breakwater: (...args: readonly string[]) => Promise<Outcome>;
	/** With this on its standard input. */
	readonly typing: (typed: string, ...args: readonly string[]) => Promise<Outcome>;
	/** As a shell runs it; `$breakwater` stands for the command. */
	readonly shell: (script: string) => Promise<Outcome>;
}

const main = fromPackageRoot("dist/services/cli/main.js");

export async function openCommandLine(settings: Readonly<Record<string, string>> = {}): Promise<CommandLine> {
	const database = await createTestDatabase();
	const folder = await mkdtemp(join(tmpdir(), "breakwater-cli-"));
	const settingsOfLine = {
		BREAKWATER_DATABASE_URL: database.url,
		BREAKWATER_DATA_DIR: folder,
		BREAKWATER_MODEL_BACKEND: "off",
		...settings,
	};
	const own = { breakwater: `${process.execPath} ${main}`, ...settingsOfLine };
	const env = { ...process.env, ...own };
	Object.assign(process.env, settingsOfLine);
	const run = (typed: string, file: string, args: readonly string[]) =>
		new Promise<Outcome>((resolve) => {
			const child = execFile(file, [...args], { env }, (error, out, err) => {
				resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
			});
			// A command that reads nothing may have ended by then.
			child.stdin?.on("error", () => undefined);
			child.stdin?.end(typed);
		});
	const typing: CommandLine["typing"] = (typed, ...args) => run(typed, process.execPath, [main, ...args]);
	return {
		...{ folder, typing, databaseUrl: database.url, main, env: own },
		breakwater,
		shell: (script) => run("", "sh", ["-c", script]),
		async [Symbol.asyncDispose]() {
			for (const name of Object.keys(settingsOfLine)) delete process.env[name];
			await database[Symbol.asyncDispose]();
			await rm(folder, { recursive: true, force: true });
		},
	};
}
