// Runs processes until Ctrl-C: chosen ones, or all of them with the demonstration's feed.
import { type Config, readConfig, redactConfig } from "../runtime/config.ts";
import { type Runnable, runUntilStopped, together } from "../runtime/lifecycle.ts";
import { composeDemo, composeRoles, openParts } from "./compose.ts";
import type { DemoOptions } from "./demo/demo.ts";
import { type RoleName, roleNames } from "./roles.ts";

/** Resolves with the exit code, once everything has drained. */
export async function runRoles(names: readonly RoleName[]): Promise<number> {
	const config = readConfig();
	await using parts = await openParts(config, names.length === 1 ? (names[0] ?? "standalone") : "standalone");
	const { logger } = parts;
	logger.info({ event: "starting", roles: names, config: redactConfig(config) });
	const roles = composeRoles(parts, names);
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
	return await runUntilStopped(announced, { logger, drainMs: config.drainMs });
}

export async function runDemo(options: DemoOptions): Promise<number> {
	const config = demoConfig(readConfig());
	await using parts = await openParts(config, "standalone");
	const demo = composeDemo(parts, composeRoles(parts, roleNames), options);
	return await runUntilStopped(demo, { logger: parts.logger, drainMs: config.drainMs, until: demo.finished });
}

/** The sample platform listens on this machine, and the log would drown the live line. */
function demoConfig(config: Config): Config {
	return {
		...config,
		logLevel: config.logLevel === "info" ? "error" : config.logLevel,
		takedown: { ...config.takedown, allowPrivateAddresses: true },
	};
}
