// Databases on the run's server. The schema is made once, in a template; a suite's own database is a copy of that.
import { randomBytes } from "node:crypto";
import pg from "pg";
import { type Database, openDatabase } from "../../services/adapters/postgres/connection/database.ts";
import { silentLogger } from "../../services/runtime/logger.ts";

/** Made by start-postgres.ts. */
export const template = "breakwater_template";

export async function onServer(statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: process.env.BREAKWATER_TEST_DATABASE_URL });
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}

export function urlOf(name: string): string {
	const url = new URL(process.env.BREAKWATER_TEST_DATABASE_URL ?? "");
	url.pathname = `/${name}`;
	return url.href;
}

export interface TestDatabase extends AsyncDisposable {
	readonly url: string;
}

async function create(options: string): Promise<TestDatabase> {
	const name = `test_${randomBytes(6).toString("hex")}`;
	await onServer(`CREATE DATABASE ${name} ${options}`);
	return { url: urlOf(name), [Symbol.asyncDispose]: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/** A database as a new installation finds it. */
export function createEmptyDatabase(): Promise<TestDatabase> {
	return create("");
}

/** A database with the schema in place and no rows. */
export function createTestDatabase(): Promise<TestDatabase> {
	// A copy of files is quicker than one through the log, which is for templates that others write to.
	return create(`TEMPLATE ${template} STRATEGY FILE_COPY`);
}

/** The database lets nobody in, and whoever was in is put out, until this is disposed. */
export async function takeAway(url: string): Promise<AsyncDisposable> {
	const name = new URL(url).pathname.slice(1);
	await onServer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
	await onServer(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${name}'`);
	return { [Symbol.asyncDispose]: () => onServer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`) };
}

export function openTestDatabase(url: string, { isCli = false } = {}): Promise<Database> {
	return openDatabase({ url, maxConnections: 8, applicationName: "test", logger: silentLogger, isCli });
}

/** The same, with a pool open. */
export async function openTestRecord(): Promise<
	{ readonly database: Database; readonly url: string } & AsyncDisposable
> {
	const test = await createTestDatabase();
	const database = await openTestDatabase(test.url);
	return {
		database,
		url: test.url,
		async [Symbol.asyncDispose]() {
			await database[Symbol.asyncDispose]();
			await test[Symbol.asyncDispose]();
		},
	};
}
