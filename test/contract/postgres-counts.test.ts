import { afterAll, beforeAll } from "@jest/globals";
import { createCountStore } from "../../services/adapters/postgres/rules/count-store.ts";
import { openTestDatabase, openTestRecord } from "../support/test-database.ts";
import { describeCountStoreContract } from "./count-store.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
const others: AsyncDisposable[] = [];
beforeAll(async () => {
	record = await openTestRecord();
});
afterAll(async () => {
	for (const one of others) await one[Symbol.asyncDispose]();
	await record[Symbol.asyncDispose]();
});

describeCountStoreContract("PostgreSQL", async () => {
	const database = await openTestDatabase(record.url);
	others.push(database);
	return createCountStore(database);
});
