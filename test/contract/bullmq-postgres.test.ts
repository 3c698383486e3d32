import { afterEach } from "@jest/globals";
import { createJobQueue } from "../../services/adapters/bullmq/job-queue.ts";
import { silentLogger } from "../../services/runtime/logger.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { describeJobQueueContract } from "./job-queue.ts";

const databases: TestDatabase[] = [];
afterEach(async () => {
	for (const database of databases.splice(0)) await database[Symbol.asyncDispose]();
});

describeJobQueueContract("BullMQ on PostgreSQL", async () => {
	const database = await createTestDatabase();
	databases.push(database);
	return createJobQueue({
		backend: { kind: "postgres", connectionString: database.url, schema: "bullmq" },
		logger: silentLogger,
	});
});
