// The command line in this process.
import { Readable } from "node:stream";
import { runCli } from "../../services/cli/program.ts";

/** In this process: a process of its own for each of so many commands would take minutes. */
export async function breakwater(...args: readonly string[]) {
	const said = { out: "", err: "" };
	const streams = [
		[process.stdout, "out"],
		[process.stderr, "err"],
	] as const;
	const restore = streams.map(([stream, name]) => {
		const write = stream.write;
		stream.write = (text: string | Uint8Array) => {
			said[name] += String(text);
			return true;
		};
		return () => {
			stream.write = write;
		};
	});
	try {
		return { code: await runCli(args), ...said };
	} finally {
		process.exitCode = undefined;
		for (const one of restore) one();
	}
}

/** With these settings, and what it answers as JSON. */
export async function commandWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<unknown> {
	const before = Object.keys(env).map((name) => [name, process.env[name]] as const);
	Object.assign(process.env, env);
	try {
		const { code, out, err } = await breakwater(...args, "--json");
		if (code !== 0) throw new Error(err);
		return JSON.parse(out);
	} finally {
		for (const [name, value] of before) {
			if (value === undefined) delete process.env[name];
			else process.env[name] = value;
		}
	}
}

/** With this on its standard input, as through a pipe; that a process of its own reads one is tried in cli/people-and-platforms. */
export async function breakwaterTyping(typed: string, ...args: readonly string[]) {
	const own = Object.getOwnPropertyDescriptor(process, "stdin");
	Object.defineProperty(process, "stdin", { configurable: true, value: Readable.from([Buffer.from(typed)]) });
	try {
		return await breakwater(...args);
	} finally {
		if (own !== undefined) Object.defineProperty(process, "stdin", own);
	}
}
