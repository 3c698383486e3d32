// How a process that serves ends with what started it.
import { execFile, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type CommandLine, openCommandLine } from "../../support/command-line.ts";
import { eventually } from "../../support/eventually.ts";

let line: CommandLine;
beforeAll(async () => {
	line = await openCommandLine();
});
afterAll(async () => line[Symbol.asyncDispose]());

/** A shell that runs a matcher, as npx does where `npm_command` says so; the shell, and where the matcher answers. */
async function startMatcher(environment: Record<string, string>) {
	const script = '"$0" "$1" matcher --open --port 0 & wait';
	const { npm_command: _ours, ...inherited } = process.env;
	const shell = spawn("sh", ["-c", script, process.execPath, line.main], {
		env: { ...inherited, ...line.env, ...environment },
		stdio: ["ignore", "ignore", "pipe"],
	});
	for await (const text of createInterface({ input: shell.stderr })) {
		const [, url] = /^matcher +(http:\S+)/.exec(text) ?? [];
		if (url !== undefined) return { shell, url };
	}
	throw new Error("the matcher did not start");
}
const answers = (url: string) =>
	fetch(`${url}/status`).then(
		() => true,
		() => false,
	);

test("what npx started ends when npx is told to end", async () => {
	const { shell, url } = await startMatcher({ npm_command: "exec" });
	expect(await answers(url)).toBe(true);
	shell.kill("SIGTERM");
	await eventually(async () => expect(await answers(url)).toBe(false), { withinMs: 20_000 });
}, 180_000);

test("what was started to stay outlives the shell that started it", async () => {
	const { shell, url } = await startMatcher({});
	const [child] = await new Promise<string[]>((resolve) =>
		execFile("ps", ["-o", "pid=", "--ppid", String(shell.pid)], (_error, out) => resolve(out.trim().split(/\s+/))),
	);
	shell.kill("SIGTERM");
	await new Promise((resolve) => shell.once("exit", resolve));
	// Twice as long as it takes to notice.
	const until = Date.now() + 2_000;
	while (Date.now() < until) expect(await answers(url)).toBe(true);
	process.kill(Number(child), "SIGTERM");
	await eventually(async () => expect(await answers(url)).toBe(false), { withinMs: 20_000 });
}, 180_000);
