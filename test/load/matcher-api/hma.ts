// Hasher-Matcher-Actioner as its own image starts it (gunicorn, here 1 worker and 4 threads), on a PostgreSQL of its own. None of
// it is kept here: it runs from the checkout that --hma names.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { openEmbeddedPostgres } from "../../../services/adapters/postgres/connection/embedded-postgres.ts";
import { createClosing } from "../../../services/runtime/closing.ts";
import { freePort } from "../../../services/runtime/free-port.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { eventually } from "../../support/eventually.ts";
import type { Server } from "./ours.ts";

/** What its pyproject.toml asks for; psycopg2 as a wheel. */
const packages = [
	"flask",
	"flask_sqlalchemy",
	"flask_migrate",
	"psycopg2-binary",
	"requests",
	"threatexchange>=1.2.16",
	"flask_apscheduler",
	"python-dateutil",
	"python-json-logger",
	"flask-openapi3[swagger]",
	"gunicorn",
];
/** Its defaults are 60 s and 30 s. */
const intervalSeconds = 5;

export async function startHma(options: {
	readonly folder: string;
	readonly work: string;
	readonly say: (text: string) => void;
}): Promise<Server> {
	const source = join(resolve(options.folder), "src");
	if (!existsSync(join(source, "OpenMediaMatch", "app.py")))
		throw new Error(`${options.folder} is not the folder hasher-matcher-actioner of a checkout of ThreatExchange`);
	const python = installPython(options.say);
	mkdirSync(options.work, { recursive: true });
	const closing = createClosing();
	const database = closing.keep(await openEmbeddedPostgres({ dataDir: options.work, logger: silentLogger }));
	const config = join(options.work, "config.py");
	writeFileSync(config, configFor(database.url));
	const env = { ...process.env, OMM_CONFIG: config, PYTHONPATH: source };
	const migrate = ["--app", "OpenMediaMatch.app", "db", "upgrade", "--directory", "OpenMediaMatch/migrations"];
	run(join(python, "flask"), migrate, { cwd: source, env: { ...env, MIGRATION_COMMAND: "1" } });

	const port = await freePort();
	const app = ["--workers", "1", "--threads", "4", "--bind", `127.0.0.1:${port}`, "OpenMediaMatch.app:create_app()"];
	const child = spawn(join(python, "gunicorn"), app, { cwd: source, env, stdio: "ignore" });
	const ended = new Promise<void>((done) => child.once("exit", () => done()));
	closing.keep({
		async [Symbol.asyncDispose]() {
			child.kill("SIGTERM");
			await ended;
		},
	});
	const url = `http://127.0.0.1:${port}`;
	await eventually(async () => (await fetch(`${url}/status`)).ok, { withinMs: 60_000, everyMs: 200 });
	return { url, [Symbol.asyncDispose]: () => closing[Symbol.asyncDispose]() };
}

/** Answers the folder of the environment's programs. */
function installPython(say: (text: string) => void): string {
	const folder = fromPackageRoot(".cache", "bench-matcher-api", "python");
	const programs = join(folder, "bin");
	if (existsSync(join(programs, "gunicorn"))) return programs;
	say("installing HMA's Python packages");
	mkdirSync(folder, { recursive: true });
	run("python3", ["-m", "venv", folder], {});
	run(join(programs, "pip"), ["install", "--quiet", ...packages], {});
	return programs;
}

function run(command: string, args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv }): void {
	const { status } = spawnSync(command, args, { ...options, stdio: ["ignore", "ignore", "inherit"] });
	if (status !== 0) throw new Error(`${command} failed`);
}

function configFor(databaseUrl: string): string {
	return [
		"PRODUCTION = True",
		`DATABASE_URI = "${databaseUrl.replace(/^postgres(ql)?:/, "postgresql+psycopg2:")}"`,
		"ROLE_HASHER = ROLE_MATCHER = ROLE_CURATOR = True",
		"UI_ENABLED = TASK_FETCHER = False",
		"TASK_INDEXER = TASK_INDEX_CACHE = True",
		`TASK_INDEXER_INTERVAL_SECONDS = TASK_INDEX_CACHE_INTERVAL_SECONDS = ${intervalSeconds}`,
		"",
	].join("\n");
}
