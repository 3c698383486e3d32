// The system's processes as an operator starts them, with their memory watched.
import { execFile, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { eventually } from "../../support/eventually.ts";

const cli = fromPackageRoot("dist", "services", "cli", "main.js");
const run = promisify(execFile);

export interface RunningProcess extends AsyncDisposable {
	readonly name: string;
	readonly pid: number;
	kill(): Promise<void>;
}

/** Resolves once /ready answers 200. */
export async function startRoles(
	roles: string,
	env: Readonly<Record<string, string>>,
	readyUrl: string,
	logFile: string,
): Promise<RunningProcess> {
	const child = spawn(process.execPath, [cli, "start", "--roles", roles], {
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

/** Resident memory, MiB. */
export async function residentMiB(pid: number): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, "utf8");
	return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

/** User and system time since the start, seconds. */
export async function cpuSeconds(pid: number): Promise<number> {
	const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).replace(/^.*\) /, "").split(" ");
	return (Number(fields[11]) + Number(fields[12])) / 100;
}
