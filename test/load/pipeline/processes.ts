// The system's processes as an operator starts them.
import { execFile, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { promisify } from "node:util";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { eventually } from "../../support/eventually.ts";

const cli = fromPackageRoot("dist", "services", "cli", "main.js");
const run = promisify(execFile);
/** As the unit file and the image start them. */
const asDeployed = "--max-semi-space-size=64";

export interface RunningProcess extends AsyncDisposable {
	readonly name: string;
	readonly pid: number;
	kill(): Promise<void>;
}

/** Resolves once /ready answers 200. */
export async function startRoles(options: {
	readonly roles: string;
	readonly env: Readonly<Record<string, string>>;
	readonly readyUrl: string;
	readonly logFile: string;
	/** A profile of its processor is written there when it ends. */
	readonly profileFolder: string | null;
}): Promise<RunningProcess> {
	const { roles, env, readyUrl, logFile, profileFolder } = options;
	const profiling = profileFolder === null ? [] : ["--cpu-prof", "--cpu-prof-dir", profileFolder];
	const child = spawn(process.execPath, [asDeployed, ...profiling, cli, "start", "--roles", roles], {
		env: { ...process.env, ...env },
		stdio: ["ignore", "ignore", "pipe"],
	});
	child.stderr.pipe(createWriteStream(logFile, { flags: "a" }));
	const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
	await eventually(
		async () => {
			if (child.exitCode !== null) throw new Error(`${roles} ended with ${child.exitCode}; its log is ${logFile}`);
			return (await fetch(`${readyUrl}/ready`)).ok;
		},
		{ withinMs: 60_000, everyMs: 100 },
	);
	return {
		name: roles,
		pid: child.pid ?? 0,
		async kill() {
			child.kill("SIGKILL");
			await ended;
		},
		async [Symbol.asyncDispose]() {
			child.kill("SIGTERM");
			await ended;
		},
	};
}

/** Runs one command and answers its JSON. */
export async function command(args: readonly string[], env: Readonly<Record<string, string>>): Promise<unknown> {
	const { stdout } = await run(process.execPath, [cli, ...args, "--json"], { env: { ...process.env, ...env } });
	return JSON.parse(stdout);
}
