import { afterAll, beforeAll } from "@jest/globals";
import { createConversationStore } from "../../services/adapters/postgres/conversations/conversation-store.ts";
import { createMemoryConversations } from "../support/memory-conversations.ts";
import { openTestDatabase, openTestRecord } from "../support/test-database.ts";
import { describeConversationStoreContract } from "./conversation-store.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
const others: AsyncDisposable[] = [];
beforeAll(async () => {
	record = await openTestRecord();
});
afterAll(async () => {
	for (const one of others) await one[Symbol.asyncDispose]();
	await record[Symbol.asyncDispose]();
});

describeConversationStoreContract("PostgreSQL", async () => {
	const database = await openTestDatabase(record.url);
	others.push(database);
	return createConversationStore(database);
});

const inMemory = createMemoryConversations();
describeConversationStoreContract("memory", async () => inMemory);
