import { randomBytes } from "node:crypto";
import pg from "pg";
import { type Database, openDatabase } from "../../services/adapters/postgres/connection/database.ts";
import { migrate } from "../../services/adapters/postgres/connection/migrate.ts";
import { silentLogger } from "../../services/runtime/logger.ts";

async function onServer(statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: process.env.BREAKWATER_TEST_DATABASE_URL });
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}

export interface TestDatabase extends AsyncDisposable {
	readonly url: string;
}

/** An empty database of its own on the run's server. */
export async function createTestDatabase(): Promise<TestDatabase> {
	const name = `test_${randomBytes(6).toString("hex")}`;
	await onServer(`CREATE DATABASE ${name}`);
	const url = new URL(process.env.BREAKWATER_TEST_DATABASE_URL ?? "");
	url.pathname = `/${name}`;
	return { url: url.href, [Symbol.asyncDispose]: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/** The same, with the schema in place and a pool open. */
export async function openTestRecord(): Promise<
	{ readonly database: Database; readonly url: string } & AsyncDisposable
> {
	const test = await createTestDatabase();
	const database = await openDatabase({
		url: test.url,
		maxConnections: 8,
		applicationName: "test",
		logger: silentLogger,
	});
	await migrate(database);
	return {
		database,
		url: test.url,
		async [Symbol.asyncDispose]() {
			await database[Symbol.asyncDispose]();
			await test[Symbol.asyncDispose]();
		},
	};
}
