import { afterAll, beforeAll } from "@jest/globals";
import { createPostgresStream } from "../../services/adapters/postgres/stream/stream.ts";
import { silentLogger } from "../../services/runtime/logger.ts";
import { openTestRecord } from "../support/test-database.ts";
import { describeItemStreamContract } from "./item-stream.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
beforeAll(async () => {
	record = await openTestRecord();
});
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

describeItemStreamContract("PostgreSQL", () =>
	createPostgresStream({ database: record.database, logger: silentLogger }),
);
