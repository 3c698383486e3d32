// The record away, cut off in the middle, full, or locked: the detector waits and loses nothing.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { errorCode } from "../../../services/runtime/error-code.ts";
import { eventually } from "../../support/eventually.ts";
import type { FaultContext, Scenario } from "../scenario.ts";
import { fillDisk, mountSmallDisk } from "../small-disk.ts";
import type { Profile } from "../system.ts";

async function restart({ servers: { postgres }, isFull }: FaultContext): Promise<number> {
	const times = isFull ? 10 : 2;
	for (let restarted = 0; restarted < times; restarted += 1) {
		await wait(500);
		await postgres.kill();
		await wait(500);
		await postgres.restart();
		await wait(1_500);
	}
	return times;
}

async function refuse({ servers: { proxies }, isFull }: FaultContext): Promise<number> {
	await proxies.postgres.refuse();
	await wait(isFull ? 30_000 : 6_000);
	await proxies.postgres.accept();
	return 1;
}

/** Answers get lost on their way: nobody here knows whether what was committed was committed. */
async function loseAnswers({ servers: { proxies }, isFull }: FaultContext): Promise<number> {
	const times = isFull ? 60 : 8;
	for (let cut = 0; cut < times; cut += 1) {
		const lift = await proxies.postgres.poison({ type: "reset_peer", attributes: { timeout: 40 } });
		await wait(250);
		await lift();
		await wait(500);
	}
	return times;
}

/** Each backend that is inside a transaction, again and again. */
async function terminateTransactions({ system, isFull }: FaultContext): Promise<number> {
	const until = Date.now() + (isFull ? 60_000 : 8_000);
	let terminated = 0;
	while (Date.now() < until) {
		const rows = await system.record.query(
			`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
				WHERE application_name LIKE 'breakwater-%' AND datname = current_database() AND pid <> pg_backend_pid()
					AND (state LIKE 'idle in transaction%' OR (state = 'active' AND xact_start < now()))`,
		);
		terminated += rows.length;
		await wait(20);
	}
	if (terminated === 0) throw new Error("no transaction was found to terminate");
	return terminated;
}

const growingTables = ["items", "verdicts", "item_hashes", "case_items", "case_events", "orders", "outbox"];

/** The tables that grow lie on a small disk, which is then filled: PostgreSQL cannot extend them (53100). */
async function fillTables({ servers, system, isFull }: FaultContext): Promise<number> {
	const folder = join(servers.folder, "tablespace");
	await using _disk = await mountSmallDisk(folder, 96, servers.postgres.uid ?? undefined);
	const { query } = system.record;
	const move = async (tablespace: string) => {
		for (const table of growingTables) await query(`ALTER TABLE ${table} SET TABLESPACE ${tablespace}`);
	};
	await query(`CREATE TABLESPACE small LOCATION '${folder}'`);
	await move("small");
	const filler = join(folder, "filler");
	await fillDisk(filler);
	await eventually(() => cannotGrow(query), { withinMs: 30_000 });
	await wait(isFull ? 30_000 : 6_000);
	await rm(filler);
	await move("pg_default");
	await query("DROP TABLESPACE small");
	return 1;
}

async function cannotGrow(query: FaultContext["system"]["record"]["query"]): Promise<boolean> {
	try {
		await query("CREATE TABLE probe TABLESPACE small AS SELECT repeat('x', 1000) FROM generate_series(1, 10000)");
		await query("DROP TABLE probe");
		return false;
	} catch (error) {
		return errorCode(error) === "53100";
	}
}

async function holdLock({ servers: { postgres }, isFull, system }: FaultContext): Promise<number> {
	const url = postgres.url.replace(/breakwater$/, system.profile);
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		await client.query("BEGIN");
		await client.query("LOCK TABLE items, orders, cases IN ACCESS EXCLUSIVE MODE");
		await wait(isFull ? 20_000 : 6_000);
		await client.query("ROLLBACK");
	} finally {
		await client.end();
	}
	return 1;
}

function onProfile(profile: Profile): readonly Scenario[] {
	const name = (fault: string) => `postgres-${fault}-${profile}`;
	return [
		{ name: name("restarted"), fault: "PostgreSQL: crashed and restarted", profile, inflict: restart },
		{
			name: name("refused"),
			fault: "PostgreSQL: connections refused (30 s; short 6 s)",
			profile,
			inflict: refuse,
		},
		{
			name: name("terminated"),
			fault: "PostgreSQL: backends terminated in their transactions",
			profile,
			inflict: terminateTransactions,
		},
	];
}

const profile = "cluster" as const;
export const postgres: readonly Scenario[] = [
	...onProfile("cluster"),
	{
		name: "postgres-answers-lost",
		fault: "PostgreSQL: connections reset, answers lost",
		profile,
		inflict: loseAnswers,
	},
	{
		name: "postgres-full",
		fault: "PostgreSQL: disk full under its tables (30 s; short 6 s)",
		profile,
		inflict: fillTables,
	},
	{ name: "postgres-locked", fault: "PostgreSQL: tables locked (20 s; short 6 s)", profile, inflict: holdLock },
	...onProfile("embedded"),
];
