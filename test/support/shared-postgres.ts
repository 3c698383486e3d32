// One embedded PostgreSQL for all suites of a run. Several projects share it.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createJobQueue } from "../../services/adapters/bullmq/job-queue.ts";
import {
	type EmbeddedPostgres,
	openEmbeddedPostgres,
} from "../../services/adapters/postgres/connection/embedded-postgres.ts";
import { migrate } from "../../services/adapters/postgres/connection/migrate.ts";
import { silentLogger } from "../../services/runtime/logger.ts";
import { onServer, openTestDatabase, template, urlOf } from "./test-database.ts";

declare global {
	var breakwaterTestServer: { readonly server: EmbeddedPostgres; readonly folder: string; users: number } | undefined;
}

export async function startPostgres(): Promise<void> {
	if (globalThis.breakwaterTestServer !== undefined) {
		globalThis.breakwaterTestServer.users += 1;
		return;
	}
	const folder = mkdtempSync(join(tmpdir(), "breakwater-test-"));
	// As root, the server runs as another user, who must be able to get in.
	chmodSync(folder, 0o711);
	// What a crash would lose is of no interest here.
	const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
	const server = await openEmbeddedPostgres({ dataDir: folder, logger: silentLogger, settings });
	globalThis.breakwaterTestServer = { server, folder, users: 1 };
	process.env.BREAKWATER_TEST_DATABASE_URL = server.url;
	await prepareTemplate();
}

export async function stopPostgres(): Promise<void> {
	const shared = globalThis.breakwaterTestServer;
	if (shared === undefined) return;
	shared.users -= 1;
	if (shared.users > 0) return;
	globalThis.breakwaterTestServer = undefined;
	await shared.server[Symbol.asyncDispose]();
	rmSync(shared.folder, { recursive: true, force: true });
}

/** The record's schema and the queue's. */
async function prepareTemplate(): Promise<void> {
	await onServer(`CREATE DATABASE ${template}`);
	const connectionString = urlOf(template);
	await using database = await openTestDatabase(connectionString);
	await migrate(database);
	await using queue = await createJobQueue({
		backend: { kind: "postgres", connectionString, schema: "bullmq" },
		logger: silentLogger,
	});
	await queue.check();
}
