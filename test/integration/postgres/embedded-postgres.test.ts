// The server that the embedded profile starts by itself: first starts that meet, and ends that nobody waits for. Starts real servers, and
// the command line from dist/.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import pg from "pg";
import { openEmbeddedPostgres } from "../../../services/adapters/postgres/connection/embedded-postgres.ts";
import { isAlive } from "../../../services/runtime/is-alive.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { eventually } from "../../support/eventually.ts";

let dataDir: string;
beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), "breakwater-embedded-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const serverPid = async () =>
	Number((await readFile(join(dataDir, "postgres", "data", "postmaster.pid"), "utf8")).split("\n", 1)[0]);

test("of first starts at once one makes the server, and the others find it", async () => {
	const opened = await Promise.all([1, 2, 3].map(() => openEmbeddedPostgres({ dataDir, logger: silentLogger })));
	expect(new Set(opened.map(({ url }) => url)).size).toBe(1);
	const pid = await serverPid();
	for (const one of opened) await one[Symbol.asyncDispose]();
	await eventually(() => !isAlive(pid), { withinMs: 30_000 });
}, 60_000);

test("a start that died in the middle does not keep the next one waiting", async () => {
	const died = spawn(process.execPath, ["-e", ""]);
	await once(died, "exit");
	await mkdir(join(dataDir, "postgres"));
	await writeFile(join(dataDir, "postgres", "starting"), String(died.pid));
	await using _server = await openEmbeddedPostgres({ dataDir, logger: silentLogger });
	expect(isAlive(await serverPid())).toBe(true);
}, 60_000);

const answers = async ({ url }: { readonly url: string }) => {
	const client = new pg.Client({ connectionString: url });
	client.on("error", () => undefined);
	try {
		await client.connect();
		return (await client.query("SELECT 1")).rows.length === 1;
	} finally {
		await client.end();
	}
};

test("a server that is killed is started again, at the same address", async () => {
	await using server = await openEmbeddedPostgres({ dataDir, logger: silentLogger });
	const pid = await serverPid();
	process.kill(pid, "SIGKILL");
	await eventually(async () => (await answers(server)) && (await serverPid()) !== pid, { withinMs: 60_000 });
}, 90_000);

test("the process that goes on when the one that owned the server has ended takes it over, at the same address", async () => {
	const owner = await openEmbeddedPostgres({ dataDir, logger: silentLogger });
	await using other = await openEmbeddedPostgres({ dataDir, logger: silentLogger });
	await owner[Symbol.asyncDispose]();
	await eventually(() => answers(other), { withinMs: 60_000 });
}, 90_000);

test("a server is started at the address that it had: who was connected to it finds it again", async () => {
	const first = await openEmbeddedPostgres({ dataDir, logger: silentLogger });
	await first[Symbol.asyncDispose]();
	await using second = await openEmbeddedPostgres({ dataDir, logger: silentLogger });
	expect(second.url).toBe(first.url);
}, 90_000);

test("a record whose password is lost is left as it is, and said: it was deleted, and an empty one made", async () => {
	const first = await openEmbeddedPostgres({ dataDir, logger: silentLogger });
	await first[Symbol.asyncDispose]();
	const password = join(dataDir, "postgres", "password");
	const kept = await readFile(password, "utf8");
	await rm(password);
	await expect(openEmbeddedPostgres({ dataDir, logger: silentLogger })).rejects.toThrow(/with its password is missing/);
	await writeFile(password, kept);
	await using again = await openEmbeddedPostgres({ dataDir, logger: silentLogger });
	expect(again.url).toBe(first.url);
	expect(await answers(again)).toBe(true);
}, 90_000);

test("a database of another version of PostgreSQL is named as that", async () => {
	const first = await openEmbeddedPostgres({ dataDir, logger: silentLogger });
	await first[Symbol.asyncDispose]();
	await writeFile(join(dataDir, "postgres", "data", "PG_VERSION"), "99\n");
	await expect(openEmbeddedPostgres({ dataDir, logger: silentLogger })).rejects.toThrow(
		/did not start: .*initialized by PostgreSQL version 99/,
	);
}, 90_000);

test("a second signal ends the process at once, and leaves no server behind", async () => {
	const main = fromPackageRoot("dist/services/cli/main.js");
	const env = {
		...process.env,
		BREAKWATER_DATA_DIR: dataDir,
		BREAKWATER_TAKEDOWN_PORT: "0",
		// Long enough for a second signal to come before the process has drained.
		BREAKWATER_LEAVE_MS: "60000",
	};
	const child = spawn(process.execPath, [main, "start", "--roles", "takedown"], {
		env,
		stdio: ["ignore", "ignore", "pipe"],
	});
	let said = "";
	child.stderr.on("data", (chunk: Buffer) => {
		said += chunk.toString();
	});
	const ended = once(child, "exit");
	try {
		await eventually(() => said.includes("Ctrl-C drains and stops."), { withinMs: 60_000 });
		const pid = await serverPid();
		expect(isAlive(pid)).toBe(true);
		child.kill("SIGTERM");
		await eventually(() => said.includes('"stopping"'), { withinMs: 30_000 });
		child.kill("SIGTERM");
		expect((await ended)[0]).toBe(130);
		await eventually(() => !isAlive(pid), { withinMs: 30_000 });
	} finally {
		child.kill("SIGKILL");
	}
}, 120_000);

test.each(["SIGINT", "SIGHUP"] as const)(
	"%s while a process is still starting leaves no server behind",
	async (signal) => {
		const main = fromPackageRoot("dist/services/cli/main.js");
		const env = { ...process.env, BREAKWATER_DATA_DIR: dataDir, BREAKWATER_TAKEDOWN_PORT: "0" };
		const child = spawn(process.execPath, [main, "start", "--roles", "takedown"], { env, stdio: "ignore" });
		const ended = once(child, "exit");
		try {
			// Long before it serves.
			await eventually(async () => isAlive(await serverPid()), { withinMs: 60_000 });
			const pid = await serverPid();
			child.kill(signal);
			await ended;
			await eventually(() => !isAlive(pid), { withinMs: 30_000 });
		} finally {
			child.kill("SIGKILL");
		}
	},
	120_000,
);
