import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A contestant in a process of its own: one JSON command a line in, one JSON answer a line out. */
export interface LineProcess extends AsyncDisposable {
	/** Rejects when the process ends without an answer. Whoever asks answers for the shape. */
	ask<A>(command: Readonly<Record<string, unknown>>): Promise<A>;
}

/** `env` adds to this process's environment. */
export function startLineProcess(
	program: string,
	args: readonly string[],
	env: Readonly<Record<string, string>> = {},
): LineProcess {
	const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, ...env } });
	const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
	return {
		async ask<A>(command: Readonly<Record<string, unknown>>) {
			child.stdin.write(`${JSON.stringify(command)}\n`);
			const { done, value } = await lines.next();
			if (done === true) throw new Error(`${program} ended while it was asked to ${Object.keys(command).join()}`);
			return JSON.parse(value) as A;
		},
		async [Symbol.asyncDispose]() {
			child.stdin.end();
			if (child.exitCode === null) await once(child, "exit");
		},
	};
}
