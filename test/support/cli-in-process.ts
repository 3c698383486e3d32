// The command line in this process.
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
