// The record away, cut off in the middle, full, or locked: the detector waits and loses nothing.
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import type { FaultContext, Scenario } from "../scenario.ts";
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

/**
 * No quota or loop device is needed for the error itself: a trigger raises PostgreSQL's own disk_full (53100) where a full disk
 * would, in the statements that write. What a full disk does to the server itself is not covered by this.
 */
async function fillDisk({ system, isFull }: FaultContext): Promise<number> {
	await system.record.query(`CREATE OR REPLACE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS $$
		BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`);
	const tables = ["items", "orders", "outbox", "dead_letters", "case_events"];
	for (const table of tables)
		await system.record.query(
			`CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION disk_is_full()`,
		);
	await wait(isFull ? 30_000 : 6_000);
	for (const table of tables) await system.record.query(`DROP TRIGGER full_disk ON ${table}`);
	return 1;
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
		fault: "PostgreSQL: disk full on every write (30 s; short 6 s)",
		profile,
		inflict: fillDisk,
	},
	{ name: "postgres-locked", fault: "PostgreSQL: tables locked (20 s; short 6 s)", profile, inflict: holdLock },
	...onProfile("embedded"),
];
