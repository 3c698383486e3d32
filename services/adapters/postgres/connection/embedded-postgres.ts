// A real PostgreSQL from npm in the data folder, for the embedded profile. The server runs detached from this process, so that
// Ctrl-C reaches only us and everything can drain before it stops; whoever owns the data folder stops it.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { chown, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { exitOnSignals } from "../../../runtime/ending-signals.ts";
import { freePort, isFree } from "../../../runtime/free-port.ts";
import { isAlive } from "../../../runtime/is-alive.ts";
import type { Logger } from "../../../runtime/logger.ts";
import {
	openPrivateFolder,
	passableDirectory,
	privateDirectory,
	privateFile,
} from "../../../runtime/private-folder.ts";
import { keepRunning } from "./keep-running.ts";
import { oneAtATime } from "./one-at-a-time.ts";

export interface EmbeddedPostgres extends AsyncDisposable {
	readonly url: string;
}

const run = promisify(execFile);
const database = "postgres";
const user = "breakwater";

interface EmbeddedOptions {
	readonly dataDir: string;
	readonly logger: Logger;
	/** Settings of postgresql.conf, for this run only. */
	readonly settings?: Readonly<Record<string, string>>;
}

type Files = Readonly<Record<"folder" | "data" | "password" | "owner" | "log", string>>;

/**
 * Connects to the folder's running server, or starts it and stops it when disposed. Works as root: the server then runs as an unprivileged user.
 * Of several processes on one folder one owns the server; when that one ends, another takes it over, at the same address.
 */
export async function openEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
	const folder = join(options.dataDir, "postgres");
	const files = {
		folder,
		data: join(folder, "data"),
		password: join(folder, "password"),
		owner: join(folder, "owner"),
		log: join(folder, "server.log"),
	};
	const as = await unprivileged();
	// The server may run as another user, who must be able to get as far as its own folder.
	await openPrivateFolder(options.dataDir, as === null ? privateDirectory : passableDirectory);
	await mkdir(folder, { recursive: true, mode: privateDirectory });
	if (as !== null) await chown(folder, as.uid, as.gid);

	await using _lock = await oneAtATime(join(folder, "starting"));
	const password = await readFile(files.password, "utf8").catch(() => null);
	const running = await portOfRunning(files.data);
	if (running !== null && password !== null && (await hasLivingOwner(files.owner)))
		return follow(files, urlOf(password, running), options);
	return await own(files, running, options);
}

/** Another process owns the server. Once it has ended, this one does. */
function follow(files: Files, url: string, options: EmbeddedOptions): EmbeddedPostgres {
	let owned: EmbeddedPostgres | null = null;
	const keeping = keepRunning({
		isRunning: async () => owned !== null || (await hasLivingOwner(files.owner)),
		async start() {
			await using _lock = await oneAtATime(join(files.folder, "starting"));
			if (!(await hasLivingOwner(files.owner))) owned = await own(files, await portOfRunning(files.data), options);
		},
		...{ log: files.log, logger: options.logger },
	});
	return {
		url,
		async [Symbol.asyncDispose]() {
			await keeping[Symbol.asyncDispose]();
			await owned?.[Symbol.asyncDispose]();
		},
	};
}

async function own(files: Files, running: number | null, options: EmbeddedOptions): Promise<EmbeddedPostgres> {
	const { folder, data, log } = files;
	const binaries = await findBinaries();
	const as = await unprivileged();
	const password = await readFile(files.password, "utf8").catch(() => null);
	await writeFile(files.owner, String(process.pid), { mode: privateFile });
	let starting: Promise<unknown> = Promise.resolve();
	const ending = endWithProcess(data, () => starting);
	try {
		const secret = password ?? (await initialize({ ...files, initdb: binaries.initdb, as }));
		// Others that were connected to it come back by themselves.
		const port = running ?? (await lastPort(data)) ?? (await freePort());
		const start = () => startServer({ ...files, port, as, pgCtl: binaries.pg_ctl, settings: options.settings ?? {} });
		if (running === null) {
			starting = start();
			await starting;
			options.logger.debug({ event: "embedded-postgres-started", port });
		}
		const keeping = keepRunning({
			isRunning: async () => (await portOfRunning(data)) !== null,
			start() {
				const restarting = start();
				starting = restarting;
				return restarting;
			},
			...{ log, logger: options.logger },
		});
		return {
			url: urlOf(secret, port),
			async [Symbol.asyncDispose]() {
				await keeping[Symbol.asyncDispose]();
				await run(binaries.pg_ctl, ["stop", "-D", data, "-m", "fast", "-w"], { ...as, cwd: folder });
				ending[Symbol.dispose]();
				await rm(files.owner, { force: true });
			},
		};
	} catch (error) {
		ending[Symbol.dispose]();
		throw error;
	}
}

/** However this process ends, short of being killed, the server ends with it: while it is started, before anybody listens to signals, and after. */
function endWithProcess(data: string, starting: () => Promise<unknown>): Disposable {
	const stopAtExit = () => stopAtOnce(data);
	const onSignals = exitOnSignals(starting);
	process.once("exit", stopAtExit);
	return {
		[Symbol.dispose]() {
			process.off("exit", stopAtExit);
			onSignals[Symbol.dispose]();
		},
	};
}

type Account = { readonly uid: number; readonly gid: number } | null;

async function startServer(options: {
	readonly data: string;
	readonly log: string;
	readonly folder: string;
	readonly port: number;
	readonly as: Account;
	readonly pgCtl: string;
	readonly settings: Readonly<Record<string, string>>;
}): Promise<void> {
	const { data, log, port } = options;
	const settings = {
		listen_addresses: "127.0.0.1",
		unix_socket_directories: "",
		max_connections: "200",
		...options.settings,
	};
	const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value === "" ? "''" : value}`);
	const args = ["start", "-D", data, "-l", log, "-w", "-t", "30", "-o", `-p ${port} ${flags.join(" ")}`];
	const before = await readFile(log, "utf8").catch(() => "");
	await run(options.pgCtl, args, { ...options.as, cwd: options.folder }).catch(async (cause: unknown) => {
		const said = (await readFile(log, "utf8").catch(() => "")).slice(before.length);
		throw new Error(`the embedded PostgreSQL did not start${lastFault(said)}; its log is ${log}`, { cause });
	});
}

/** In PostgreSQL's own words, with a colon before; nothing where it said nothing of the kind. */
function lastFault(said: string): string {
	const lines = [...said.matchAll(/(?:FATAL|PANIC|DETAIL|HINT|error): +(.+)/g)].map(([, text = ""]) => text.trim());
	return lines.length === 0 ? "" : `: ${lines.slice(0, 2).join("; ")}`.replace(/\.$/, "");
}

/** What a program that failed wrote. */
function stderrOf(error: unknown): string {
	return error instanceof Error && "stderr" in error ? String(error.stderr) : "";
}

function urlOf(password: string, port: number): string {
	return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
}

async function findBinaries(): Promise<{ readonly initdb: string; readonly pg_ctl: string }> {
	const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
	try {
		return await import(name);
	} catch (cause) {
		throw new Error(
			`no embedded PostgreSQL for this machine (${name}); set BREAKWATER_DATABASE_URL to a server of your own`,
			{ cause },
		);
	}
}

/** PostgreSQL refuses to run as root. */
async function unprivileged(): Promise<Account> {
	if (process.getuid?.() !== 0) return null;
	const lines = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
	const found = lines.find(([login]) => login === "postgres") ?? lines.find(([login]) => login === "nobody");
	if (found === undefined)
		throw new Error("PostgreSQL cannot run as root, and there is no user postgres or nobody to run it as");
	return { uid: Number(found[2]), gid: Number(found[3]) };
}

async function initialize(options: {
	readonly data: string;
	readonly password: string;
	readonly initdb: string;
	readonly as: Account;
}): Promise<string> {
	const password = randomBytes(18).toString("hex");
	// Half made, unless a server ever ran on it: then it holds a record.
	if (existsSync(join(options.data, "postmaster.opts")))
		throw new Error(
			`${options.data} holds a database, and ${options.password} with its password is missing: put it back from where the folder came from, or choose another BREAKWATER_DATA_DIR`,
		);
	await rm(options.data, { recursive: true, force: true });
	const passwordFile = join(dirname(options.data), "initial-password");
	await writeFile(passwordFile, password, { mode: 0o600 });
	if (options.as !== null) await chown(passwordFile, options.as.uid, options.as.gid);
	const args = [
		"-D",
		options.data,
		"-U",
		user,
		"-A",
		"scram-sha-256",
		`--pwfile=${passwordFile}`,
		"-E",
		"UTF8",
		"--locale=C",
	];
	await run(options.initdb, args, { ...options.as, cwd: tmpdir() }).catch((cause: unknown) => {
		const why = lastFault(stderrOf(cause));
		const who =
			options.as === null
				? ""
				: ` As root, it runs as user ${options.as.uid}, who must be able to reach ${options.data} and this package.`;
		throw new Error(`the embedded PostgreSQL could not be initialized${why}.${who} Or set BREAKWATER_DATABASE_URL.`, {
			cause,
		});
	});
	await rm(passwordFile);
	await writeFile(options.password, password, { mode: 0o600 });
	return password;
}

/** A process that ends without draining (a second Ctrl-C) still takes the server with it: SIGINT is PostgreSQL's fast shutdown. */
function stopAtOnce(data: string): void {
	try {
		process.kill(Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n", 1)[0]), "SIGINT");
	} catch {
		// It has ended already.
	}
}

/** The port in postmaster.pid (line 4), where that server is alive; a stale file counts as not running. */
async function portOfRunning(data: string): Promise<number | null> {
	const lines = (await readFile(join(data, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
	const [pid, , , port] = lines;
	return pid !== undefined && port !== undefined && isAlive(Number(pid)) ? Number(port) : null;
}

/** The port that it was last started at, by postmaster.opts, where that is free; else null. */
async function lastPort(data: string): Promise<number | null> {
	const [, port] = /"-p" "(\d+)"/.exec(await readFile(join(data, "postmaster.opts"), "utf8").catch(() => "")) ?? [];
	return port !== undefined && (await isFree(Number(port))) ? Number(port) : null;
}

async function hasLivingOwner(file: string): Promise<boolean> {
	return isAlive(Number(await readFile(file, "utf8").catch(() => "0")));
}
