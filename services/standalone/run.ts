// Runs processes until Ctrl-C: chosen ones, or all of them with the demonstration's feed.

import type { DemoOptions } from "../demo/demo.ts";
import { type Config, isRunByNpm, readConfig, redactConfig } from "../runtime/config.ts";
import { endAnyway } from "../runtime/end-anyway.ts";
import { isLoopback } from "../runtime/http/loopback.ts";
import { type Runnable, runUntilStopped, together } from "../runtime/lifecycle.ts";
import { composeDemo, composeMatcher, composeRoles, openParts } from "./compose.ts";
import { type RoleName, roleNames } from "./roles.ts";

/** Resolves with the exit code, once everything has drained. */
export async function runRoles(names: readonly RoleName[]): Promise<number> {
	const config = readConfig();
	using _end = endAnyway();
	await using parts = await openParts(config, names.length === 1 ? (names[0] ?? "standalone") : "standalone");
	const { logger } = parts;
	logger.info({ event: "starting", roles: names, config: redactConfig(config) });
	const roles = await composeRoles(parts, names);
	const all = together("standalone", Object.values(roles));
	const announced: Runnable = {
		...all,
		async start(signal) {
			await all.start(signal);
			for (const [name, role] of Object.entries(roles)) process.stderr.write(`${name.padEnd(9)} ${role.url()}\n`);
			process.stderr.write("Ctrl-C drains and stops.\n");
		},
		[Symbol.asyncDispose]: () => all[Symbol.asyncDispose](),
	};
	const { drainMs, leaveMs } = config;
	return await runUntilStopped(announced, {
		logger,
		drainMs,
		leaveMs,
		followsParent: isRunByNpm(),
		optionOfPort: settingOfPort(config),
	});
}

export interface MatcherRun {
	readonly port: number;
	/** Null: as configured. */
	readonly host: string | null;
	readonly open: { readonly mediaHosts: readonly string[] } | null;
}

/** The roles' own; whoever asks for any free port (0) gets none that is taken. */
function settingOfPort({ http }: Config): (port: number) => string {
	return (port) => {
		const role = roleNames.find((name) => http.ports[name] === port);
		return role === undefined ? "another setting" : `BREAKWATER_${role.toUpperCase()}_PORT`;
	};
}

/** As {@link runRoles}. */
export async function runMatcher({ port, host, open }: MatcherRun): Promise<number> {
	const config = readConfig();
	// Where the configuration names another address, --open still keeps to this machine.
	const address = host ?? (open === null || isLoopback(config.http.host) ? config.http.host : "127.0.0.1");
	const http = { ...config.http, host: address };
	using _end = endAnyway();
	await using parts = await openParts({ ...config, http }, "matcher");
	const matcher = await composeMatcher(parts, { port, open });
	const announced: Runnable = {
		...matcher,
		async start(signal) {
			await matcher.start(signal);
			const fetched = open?.mediaHosts.includes("*") ? "any public host" : open?.mediaHosts.join(", ") || "no host";
			const lines = [
				`matcher   ${matcher.url()}   docs: ${matcher.url()}/docs`,
				open === null
					? "keys      required (breakwater platform add-key <platform> --curate)"
					: `keys      none: whoever is on this machine may look up and change banks; media is fetched from ${fetched}`,
				"Ctrl-C drains and stops.",
			];
			process.stderr.write(`${lines.join("\n")}\n`);
		},
		[Symbol.asyncDispose]: () => matcher[Symbol.asyncDispose](),
	};
	const { logger } = parts;
	return await runUntilStopped(announced, {
		logger,
		drainMs: config.drainMs,
		followsParent: isRunByNpm(),
		optionOfPort: () => "--port",
	});
}

export async function runDemo(options: DemoOptions): Promise<number> {
	const config = demoConfig(readConfig());
	using _end = endAnyway();
	await using parts = await openParts(config, "standalone");
	const demo = await composeDemo(parts, await composeRoles(parts, roleNames), options);
	return await runUntilStopped(demo, {
		logger: parts.logger,
		drainMs: config.drainMs,
		followsParent: isRunByNpm(),
		until: demo.finished,
		optionOfPort: settingOfPort(config),
	});
}

/** The sample platform listens on this machine, and the log would drown the live line. */
function demoConfig(config: Config): Config {
	return {
		...config,
		logLevel: config.logLevel === "info" ? "error" : config.logLevel,
		takedown: { ...config.takedown, allowPrivateAddresses: true },
	};
}
