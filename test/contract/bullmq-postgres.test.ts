import { afterEach, expect, test } from "@jest/globals";
import { UnrecoverableError } from "bullmq";
import pg from "pg";
import { createJobQueue } from "../../services/adapters/bullmq/job-queue.ts";
import { silentLogger } from "../../services/runtime/logger.ts";
import { eventually } from "../support/eventually.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { allHandlers, describeJobQueueContract, newJob } from "./job-queue.ts";

const databases: TestDatabase[] = [];
afterEach(async () => {
	for (const database of databases.splice(0)) await database[Symbol.asyncDispose]();
});
const openQueue = () =>
	createJobQueue({
		backend: { kind: "postgres", connectionString: databases.at(-1)?.url ?? "", schema: "bullmq" },
		logger: silentLogger,
	});
const create = async () => {
	databases.push(await createTestDatabase());
	return openQueue();
};

describeJobQueueContract("BullMQ on PostgreSQL", {
	create,
	createPeer: openQueue,
	giveUp: () => new UnrecoverableError("given up"),
});

test("a queue whose connections were all cut goes on by itself", async () => {
	await using queue = await create();
	const seen: string[] = [];
	const withhold = async (payload: { readonly orderId: string }) => void seen.push(payload.orderId);
	await queue.work("takedown", { ...allHandlers, withhold }, { concurrency: 4 });
	await queue.add([newJob()]);
	await eventually(() => expect(seen).toHaveLength(1), { withinMs: 10_000 });
	const client = new pg.Client({ connectionString: databases.at(-1)?.url });
	await client.connect();
	await client.query(
		"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
	);
	await client.end();
	const job = newJob();
	await eventually(() => queue.add([job]).then(() => true), { withinMs: 10_000 });
	await eventually(() => expect(seen).toContain(job.payload.orderId), { withinMs: 15_000 });
});
