import { spawn } from "node:child_process";

/** Runs a program with this input; rejects where it does not end well. */
export function feed(command: string, args: readonly string[], input: Uint8Array): Promise<void> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, [...args], { stdio: ["pipe", "ignore", "inherit"] });
		child.once("error", reject);
		child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`))));
		child.stdin.end(input);
	});
}
