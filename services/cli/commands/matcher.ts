import type { Command } from "commander";
import { isLoopback } from "../../runtime/http/loopback.ts";

interface MatcherCommand {
	readonly port: string;
	readonly host?: string;
	readonly open?: true;
	readonly mediaHosts: string;
}

export function addMatcherCommand(program: Command): void {
	program
		.command("matcher")
		.description(
			"Run only the matcher here: an HTTP API for hashing and look-ups, compatible with Hasher-Matcher-Actioner 1.1",
		)
		.option("--port <n>", "where it listens", "5100")
		.option("--host <address>", "on which address (default: BREAKWATER_HOST, or 127.0.0.1)")
		.option("--open", "without keys: whoever reaches it may look up and change banks; on loopback only")
		.option(
			"--media-hosts <hosts>",
			"with --open: hosts from which media may be fetched, comma-separated; * for any public one",
			"*",
		)
		.addHelpText(
			"after",
			`
Without --open every request carries a key: Authorization: Bearer bw_<platform>_…, made by \`breakwater platform add\`; one that
may change banks by \`breakwater platform add-key <platform> --curate\`. Private addresses are never fetched from.

  breakwater matcher --open
  curl -F photo=@picture.jpg http://127.0.0.1:5100/h/hash
  curl -H 'content-type: application/json' -d '{"name": "KNOWN"}' http://127.0.0.1:5100/c/banks
  curl -F photo=@picture.jpg http://127.0.0.1:5100/c/bank/KNOWN/content
  curl -F photo=@copy.jpg http://127.0.0.1:5100/m/lookup

/docs describes every route. \`breakwater bank list\` shows the same banks: KNOWN_PICTURES there is known-pictures here.`,
		)
		.action(async (options: MatcherCommand, command: Command) => {
			const port = /^\d+$/.test(options.port) ? Number(options.port) : Number.NaN;
			if (!(port <= 65_535)) command.error("error: --port is a number from 0 to 65535");
			if (options.open && options.host !== undefined && !isLoopback(options.host))
				command.error(`error: --open takes no keys, so it listens on this machine only, not on ${options.host}`);
			const hosts = options.mediaHosts.split(",").map((host) => host.trim());
			const { runMatcher } = await import("../../standalone/run.ts");
			process.exitCode = await runMatcher({
				port,
				host: options.host ?? null,
				open: options.open === true ? { mediaHosts: hosts.filter(Boolean) } : null,
			});
		});
}
