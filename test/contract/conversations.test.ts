import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createConversationStore } from "../../services/adapters/postgres/conversations/conversation-store.ts";
import { readWindow } from "../../services/core/conversations/contact-picture.ts";
import { platformId, uuidv7 } from "../../services/core/ids.ts";
import { createMemoryConversations } from "../support/memory-conversations.ts";
import { madeBefore, messageAt, messagesBegan, to } from "../support/messages.ts";
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

const accounts = ["an", "binh", "chi", "dung"] as const;
const places = { chat: "direct", room: "direct", circle: "group", thread: "public" } as const;
const anyMessages = fc
	.array(
		fc.record({
			author: fc.constantFrom(...accounts),
			conversation: fc.constantFrom("chat", "room", "circle", "thread"),
			isMove: fc.boolean(),
			named: fc.oneof(fc.constant<(typeof accounts)[number][]>([]), fc.subarray([...accounts])),
			answers: fc.option(fc.nat(20)),
			age: fc.option(fc.integer({ min: 10, max: 40 })),
			madeBeforeDays: fc.option(fc.nat(60)),
		}),
		{ maxLength: 21 },
	)
	.map((said) =>
		said.map(({ author, conversation, named, answers, age, madeBeforeDays, isMove }, at) => {
			const created = madeBeforeDays === null ? null : madeBefore(madeBeforeDays);
			const answered = answers === null || said[answers]?.conversation !== conversation ? null : `${answers}`;
			return messageAt(at, author, {
				...{ conversation, isMove, surface: places[conversation], post: `${at}`, inReplyTo: answered },
				...{ recipients: named.map((one) => to(one, { age, created })), authorAge: age, authorCreated: created },
			});
		}),
	);

test("what the record reads of messages comes to the same contacts as every one of them", async () => {
	await using database = await openTestDatabase(record.url);
	const stores = [createConversationStore(database), createMemoryConversations()];
	await fc.assert(
		fc.asyncProperty(anyMessages, async (messages) => {
			const platform = platformId.parse(uuidv7(Date.now()));
			const since = new Date(messagesBegan - 1);
			const asked = accounts.flatMap((account) =>
				["", ...messages.map(({ post }) => post)].flatMap((post) =>
					[["direct", "group", "public"] as const, ["public"] as const].map((surfaces) => ({
						...{ platformId: platform, account, post, since, surfaces },
					})),
				),
			);
			const [inRecord, kept] = await Promise.all(
				stores.map(async (store) => {
					await store.note(messages.map((one) => ({ ...one, platformId: platform })));
					const windows = await store.windowsOf(asked);
					return windows.map((window) => readWindow(window, new Date(messagesBegan + 10_000)));
				}),
			);
			expect(inRecord).toEqual(kept);
		}),
	);
});
