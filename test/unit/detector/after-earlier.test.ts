import { describe, expect, test } from "@jest/globals";
import { eventTypes, type ItemEvent } from "../../../services/core/wire/item-event.ts";
import { settled } from "../../../services/detector/step.ts";
import { createAfterEarlier } from "../../../services/detector/steps/after-earlier.ts";
import type { Parsed } from "../../../services/detector/values.ts";

const base = { source: "//forum.example", time: null, country: null, accountCreated: null };
const post = (subject: string): ItemEvent => ({
	...base,
	id: `post of ${subject}`,
	subject,
	type: eventTypes.postPublished,
	post: { text: "benign", authorId: "author", surface: "public" },
});
const deletion = (subject: string): ItemEvent => ({
	...base,
	id: `deletion of ${subject}`,
	subject,
	type: eventTypes.itemDeleted,
});

/** A pipeline whose posts end when they are told to. */
function startPipeline() {
	const ended: string[] = [];
	const gates = new Map<string, () => void>();
	const run = createAfterEarlier(async ({ event }) => {
		if (event.type !== eventTypes.itemDeleted) await new Promise<void>((resolve) => gates.set(event.id, resolve));
		ended.push(event.id);
		return settled;
	});
	const record = {
		topic: "breakwater.posts",
		partition: 0,
		offset: "0",
		key: null,
		headers: {},
		receivedAtMs: 0,
	} as const;
	const send = (event: ItemEvent) =>
		run({ event, record: { ...record, value: new Uint8Array(0) }, attempt: 1, isLastAttempt: false } satisfies Parsed);
	return { ended, send, end: (subject: string) => gates.get(`post of ${subject}`)?.() };
}

describe("a deletion", () => {
	test("waits for its post, however long that takes", async () => {
		const pipeline = startPipeline();
		const posted = pipeline.send(post("a"));
		const deleted = pipeline.send(deletion("a"));
		await pipeline.send(deletion("unknown"));
		expect(pipeline.ended).toEqual(["deletion of unknown"]);
		pipeline.end("a");
		await Promise.all([posted, deleted]);
		expect(pipeline.ended).toEqual(["deletion of unknown", "post of a", "deletion of a"]);
	});

	test("is not held up by posts of other content", async () => {
		const pipeline = startPipeline();
		const posted = pipeline.send(post("a"));
		await pipeline.send(deletion("b"));
		expect(pipeline.ended).toEqual(["deletion of b"]);
		pipeline.end("a");
		await posted;
	});
});
