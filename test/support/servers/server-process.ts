// A server's process: its output in a file, its end awaited, and never left behind when the test run ends.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { promisify } from "node:util";
import { eventually } from "../eventually.ts";

export const run = promisify(execFile);

export interface Server {
	/** Changes with each restart. */
	readonly pid: () => number;
	/** Ends it properly and removes its folder. */
	stop(): Promise<void>;
	/** Ends it as a crash would; its folder stays. */
	kill(): Promise<void>;
	/** After `kill`: the same port, the same folder. */
	restart(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.on("exit", () => {
	for (const child of running) child.kill("SIGKILL");
});

export interface ServerProcess {
	readonly pid: number;
	/** Sends the signal and waits for the end; after 15 s it is killed. */
	end(signal: NodeJS.Signals): Promise<void>;
}

export async function startServerProcess(options: {
	readonly command: string;
	readonly args: readonly string[];
	readonly cwd: string;
	readonly logFile: string;
	readonly env?: Readonly<Record<string, string>>;
	readonly uid?: number;
	readonly gid?: number;
	/** Throws or answers false until the server serves. */
	readonly isServing: () => Promise<unknown>;
}): Promise<ServerProcess> {
	const log = openSync(options.logFile, "a");
	const { command, args, cwd, uid, gid } = options;
	const child = spawn(command, [...args], {
		cwd,
		stdio: ["ignore", log, log],
		env: { ...process.env, ...options.env },
		...(uid === undefined ? {} : { uid }),
		...(gid === undefined ? {} : { gid }),
	});
	closeSync(log);
	running.add(child);
	// A server that nobody stops, because another one failed to start, must not keep the test run from ending.
	child.unref();
	let failure: Error | null = null;
	const ended = new Promise<void>((resolve) => {
		child.once("error", (error) => {
			failure = error;
			resolve();
		});
		child.once("exit", () => resolve());
	}).then(() => {
		running.delete(child);
	});
	const describe = (what: string) =>
		new Error(`${command} ${what}:\n${readFileSync(options.logFile, "utf8").slice(-2_000)}`, { cause: failure });
	const serving = eventually(options.isServing, { withinMs: 120_000, everyMs: 50 });
	serving.catch(() => undefined);
	await Promise.race([
		serving,
		ended.then(() => {
			throw describe("ended before it served");
		}),
	]).catch((error: unknown) => {
		child.kill("SIGKILL");
		throw error instanceof Error && error.message.startsWith(command) ? error : describe("did not begin to serve");
	});
	return {
		pid: child.pid ?? 0,
		async end(signal) {
			child.kill(signal);
			const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
			await ended;
			clearTimeout(timer);
		},
	};
}

/** Resolves once something accepts connections there. */
export function acceptsConnections(port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		const socket = connect(port, "127.0.0.1");
		socket.once("connect", () => {
			socket.destroy();
			resolve();
		});
		socket.once("error", reject);
	});
}

/** Fails with a hint where a program is missing. */
export async function requireProgram(program: string, hint: string): Promise<void> {
	await run("sh", ["-c", `command -v ${program}`]).catch(() => {
		throw new Error(`the cluster suites need ${program}, which is not on this machine: ${hint}`);
	});
}
