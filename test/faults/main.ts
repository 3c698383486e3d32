// `npm run test:faults`: every fault of scenarios/, one after the other, on real servers. See README.md.
import { copyFile, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { fromPackageRoot } from "../../services/runtime/package-root.ts";
import { count, isGood, table } from "./report.ts";
import { type Row, runScenario } from "./run-scenario.ts";
import type { Conditions, Scenario } from "./scenario.ts";
import { scenarios } from "./scenarios/all.ts";
import { startServers } from "./servers.ts";
import { drawPlantings, type Ground, type System, startSystem } from "./system.ts";

const usage = `npm run test:faults -- [--full] [--only NAME]... [--list] [--json] [--seed N]

  --full        each fault as long and as often as it is named for; without it, a short form that fits into CI
  --only NAME   scenarios whose name contains NAME; may be repeated
  --list        print the scenarios and stop
  --json        print one JSON object instead of the table
  --seed N      decides the feed and the random points (default 1)
`;

interface Options {
	readonly isFull: boolean;
	readonly seed: number;
}

async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			full: { type: "boolean", default: false },
			only: { type: "string", multiple: true, default: [] },
			list: { type: "boolean", default: false },
			json: { type: "boolean", default: false },
			seed: { type: "string", default: "1" },
			help: { type: "boolean", short: "h", default: false },
		},
	});
	const chosen = scenarios.filter(
		({ name }) => values.only.length === 0 || values.only.some((part) => name.includes(part)),
	);
	if (values.help || values.list) {
		process.stdout.write(values.help ? usage : `${chosen.map(({ name, fault }) => `${name}: ${fault}`).join("\n")}\n`);
		return 0;
	}
	if (chosen.length === 0) throw new Error(`no scenario has ${values.only.join(" or ")} in its name; see --list`);
	const rows = await runAll(chosen, { isFull: values.full, seed: Number(values.seed) });
	if (values.json) process.stdout.write(`${JSON.stringify({ rows, isGood: rows.every(isGood) })}\n`);
	else process.stdout.write(`\n${table(rows)}\n\n${count(rows)}\n`);
	return rows.every(isGood) ? 0 : 1;
}

async function runAll(chosen: readonly Scenario[], options: Options): Promise<readonly Row[]> {
	const rows: Row[] = [];
	const stage = createStage();
	try {
		for (const scenario of chosen) {
			const startedAtMs = performance.now();
			const { ground, system } = await stage.prepare(scenario);
			const row = await runScenario(scenario, ground, system, options);
			rows.push(row);
			tell(row, (performance.now() - startedAtMs) / 1_000);
			if (isGood(row)) continue;
			await keepLogs(row.name, system);
			await stage.clear();
		}
	} finally {
		await stage.clear();
	}
	return rows;
}

/** Servers are shared by all scenarios, processes by those with the same settings, until one of them fails. */
function createStage() {
	const held: { ground: Ground | null; system: System | null; conditions: Conditions | null; key: string } = {
		...{ ground: null, system: null, conditions: null, key: "" },
	};
	const stopSystem = async () => {
		await held.system?.[Symbol.asyncDispose]();
		held.system = null;
		await held.conditions?.[Symbol.asyncDispose]();
		held.conditions = null;
	};
	return {
		async prepare({ name, profile, conditions }: Scenario) {
			const key = conditions === undefined ? profile : name;
			if (held.key !== key) await stopSystem();
			held.ground ??= { servers: await startServers(), plantings: await drawPlantings(), tenants: new Map() };
			held.key = key;
			if (held.system === null && conditions !== undefined) held.conditions = await conditions(held.ground);
			const { env = {}, entries = {} } = held.conditions ?? {};
			held.system ??= await startSystem(held.ground, { profile, env, entries });
			return { ground: held.ground, system: held.system };
		},
		async clear() {
			await stopSystem();
			await held.ground?.servers[Symbol.asyncDispose]();
			held.ground = null;
		},
	};
}

function tell(row: Row, seconds: number): void {
	process.stderr.write(`${isGood(row) ? "ok    " : "FAILED"} ${row.name} (${seconds.toFixed(0)} s)\n`);
	for (const problem of row.problems) process.stderr.write(`       ${problem}\n`);
}

/** The processes' logs of a run that failed; they hold no content. */
async function keepLogs(name: string, system: System): Promise<void> {
	const folder = fromPackageRoot(".cache", "faults", name);
	await mkdir(folder, { recursive: true });
	for (const { logFile } of system.processes) await copyFile(logFile, join(folder, basename(logFile)));
	process.stderr.write(`       logs are in ${folder}\n`);
}

// Servers and processes are ended as this one exits.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
process.exitCode = await main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
	process.stdout.write("0 passed, 1 failed\n");
	return 1;
});
