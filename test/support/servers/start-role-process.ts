// Roles of Breakwater in one Node process, as an operator starts them from dist/.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../../services/runtime/free-port.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";

export const roles = ["intake", "detector", "takedown", "review", "portal"] as const;
export type RoleName = (typeof roles)[number];

export interface RoleProcess {
	/** Of the first role. */
	readonly url: string;
	urlOf(role: RoleName): string;
	readonly pid: () => number;
	/** Its log, over all restarts. */
	readonly logFile: string;
	/** SIGKILL. */
	kill(): Promise<void>;
	/** SIGTERM, and whatever draining takes. */
	stop(): Promise<void>;
	/** On the same ports; resolves once it is ready. */
	restart(): Promise<void>;
}

export const entryFile = fromPackageRoot("dist", "services", "cli", "main.js");

export async function startRoleProcess(
	names: readonly [RoleName, ...RoleName[]],
	env: Readonly<Record<string, string>>,
	folder: string,
	/** Compiled; takes the command line's arguments. */
	entry: string = entryFile,
): Promise<RoleProcess> {
	if (!existsSync(entryFile)) throw new Error("dist/ is missing: npm run build");
	const ports = new Map<RoleName, number>();
	for (const name of names) ports.set(name, await portBesides(new Set(ports.values())));
	const urlOf = (role: RoleName) => `http://127.0.0.1:${ports.get(role)}`;
	const [first] = names;
	const logFile = join(folder, `${names.join("-")}-${ports.get(first)}.log`);
	const portNames = [...ports].map(([role, port]) => [`BREAKWATER_${role.toUpperCase()}_PORT`, String(port)]);
	const start = () =>
		startServerProcess({
			command: process.execPath,
			args: [entry, "start", "--roles", names.join(",")],
			cwd: folder,
			logFile,
			env: { ...env, ...Object.fromEntries(portNames) },
			isServing: async () => {
				for (const name of names) if (!(await fetch(`${urlOf(name)}/ready`)).ok) return false;
				return true;
			},
		});
	let current: ServerProcess | null = await start();
	const end = async (signal: NodeJS.Signals) => {
		const ending = current;
		current = null;
		await ending?.end(signal);
	};
	return {
		url: urlOf(first),
		urlOf,
		pid: () => current?.pid ?? 0,
		logFile,
		kill: () => end("SIGKILL"),
		stop: () => end("SIGTERM"),
		async restart() {
			current = await start();
		},
	};
}

/** A port that is free now may be named free again, as nobody has taken it yet. */
async function portBesides(others: ReadonlySet<number>): Promise<number> {
	const port = await freePort();
	return others.has(port) ? portBesides(others) : port;
}
