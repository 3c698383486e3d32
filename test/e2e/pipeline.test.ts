// The system as platforms meet it: events in over HTTP, orders out by webhook, cases before people. Asserts intake, stream,
// detector, record, outbox, queue and takedown together on the embedded profile; the console and the model have tests of their own.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { copySample, drawSample } from "../../services/adapters/sharp/draw-sample.ts";
import { hashText } from "../../services/core/hashes/text/text-hash.ts";
import type { CaseSummary } from "../../services/core/ports/case-store.ts";
import { eventTypes } from "../../services/core/wire/item-event.ts";
import { topics } from "../../services/core/wire/topics.ts";
import { eventually } from "../support/eventually.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const patience = { withinMs: 30_000 };
const knownText = "a benign sentence in the role of a known text";
let system: TestSystem;

beforeAll(async () => {
	system = await startTestSystem();
	const bank = await system.createBank();
	const positive = { opinion: { source: "test", kind: "positive" }, externalId: null, note: null } as const;
	const { createHash } = await import("node:crypto");
	const picture = await drawSample(1);
	await system.parts.stores.banks.addEntries(
		bank,
		[
			{ ...positive, hashType: "text", hash: hashText(knownText) ?? new Uint8Array(32), quality: null },
			{ ...positive, hashType: "sha256", hash: createHash("sha256").update(picture).digest(), quality: null },
		],
		"test",
	);
}, 60_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

function post(text: string, id = randomUUID()) {
	const { source } = system.platform;
	const data = { text, authorId: "author", surface: "public" };
	return {
		specversion: "1.0",
		type: eventTypes.postPublished,
		source,
		id,
		subject: `post/${id}`,
		time: new Date().toISOString(),
		data,
	};
}
async function send(events: unknown, headers: Record<string, string> = {}): Promise<Response> {
	return fetch(`${system.urlOf("intake")}/v1/events`, {
		method: "POST",
		headers: { authorization: `Bearer ${system.apiKey}`, "content-type": "application/json", ...headers },
		body: JSON.stringify(events),
	});
}
async function sendPicture(bytes: Uint8Array, id = randomUUID(), type = "image/jpeg"): Promise<string> {
	const response = await fetch(`${system.urlOf("intake")}/v1/media`, {
		method: "POST",
		headers: {
			authorization: `Bearer ${system.apiKey}`,
			"content-type": type,
			"ce-specversion": "1.0",
			"ce-type": eventTypes.mediaUploaded,
			"ce-source": system.platform.source,
			"ce-id": id,
			"ce-subject": `media/${id}`,
			"ce-time": new Date().toISOString(),
			"ce-authorid": "author",
			"ce-surface": "public",
		},
		body: Buffer.from(bytes),
	});
	expect(response.status).toBe(202);
	return `media/${id}`;
}
const ordersFor = (subject: string) =>
	[...system.sample.orders.values()].filter(({ order }) => order.subject === subject);
const caseOf = async (subject: string): Promise<CaseSummary> => {
	const [found] = await system.parts.stores.cases.list({ search: subject, limit: 1, offset: 0 });
	if (found === undefined) throw new Error("no case yet");
	return found;
};

describe("what is known is withheld", () => {
	test("a known text: the platform is told once, with a valid signature, and a case waits for a person", async () => {
		const event = post(knownText.toUpperCase());
		expect((await send(event)).status).toBe(202);
		await eventually(() => expect(ordersFor(event.subject)).toHaveLength(1), patience);
		expect(ordersFor(event.subject)[0]?.order).toMatchObject({
			action: "withhold",
			version: 1,
			eventId: event.id,
			reason: { tier: "K1", decidedBy: "machine" },
		});
		expect(system.sample.refused()).toBe(0);
		expect(await caseOf(event.subject)).toMatchObject({ tier: "K1", state: "open" });
	});

	test("a known picture, byte for byte", async () => {
		const subject = await sendPicture(await drawSample(1));
		await eventually(() => expect(ordersFor(subject)).toHaveLength(1), patience);
		expect(ordersFor(subject)[0]?.order.reason.tier).toBe("K1");
	});

	test("the same event sent three times is one item and one order", async () => {
		const event = post(knownText);
		for (let times = 0; times < 3; times += 1) expect((await send(event)).status).toBe(202);
		const last = post("the end of this test's feed");
		await send(last);
		await eventually(() => expect(ordersFor(event.subject)).toHaveLength(1), patience);
		const keys = [event, last].map(({ source, id }) => ({ source, eventId: id }));
		await eventually(async () => expect((await system.parts.stores.verdicts.findSettled(keys)).size).toBe(2), patience);
		expect(ordersFor(event.subject)).toHaveLength(1);
		expect(ordersFor(event.subject)[0]?.times).toBe(1);
	});

	test("an entry added while the system runs matches within moments", async () => {
		const picture = await drawSample(77);
		const mirrored = await copySample(picture, "mirrored");
		const bank = await system.createBank();
		const { createImageExaminer } = await import("../../services/adapters/sharp/image-examiner.ts");
		await using examiner = createImageExaminer({
			workers: 1,
			modelSize: 224,
			limits: { maxBytes: 1e7, maxPixels: 1e7, timeoutMs: 20_000, maxFrames: 1 },
			logger: system.parts.logger,
		});
		const { hashes } = await examiner.examine(picture, new AbortController().signal);
		if (hashes.pdq === null) throw new Error("the picture has a PDQ hash");
		const { hash, quality } = hashes.pdq;
		const opinion = { source: "test", kind: "positive" } as const;
		await system.parts.stores.banks.addEntries(
			bank,
			[{ hashType: "pdq", hash, quality, opinion, externalId: null, note: null }],
			"test",
		);
		// The detector follows on its own time: what is sent before it has caught up is not matched.
		await eventually(async () => {
			const subject = await sendPicture(mirrored);
			await eventually(() => expect(ordersFor(subject)).toHaveLength(1), { withinMs: 1_500 });
			expect(ordersFor(subject)[0]?.order.reason.tier).toBe("K2");
		}, patience);
	});
});

describe("what is not known stays up", () => {
	test("an ordinary post and an ordinary picture are settled without an order or a case", async () => {
		const event = post("nothing to see here");
		await send(event);
		const subject = await sendPicture(await drawSample(500));
		const keys = [
			{ source: event.source, eventId: event.id },
			{ source: event.source, eventId: subject.slice("media/".length) },
		];
		await eventually(async () => expect((await system.parts.stores.verdicts.findSettled(keys)).size).toBe(2), patience);
		expect([...ordersFor(event.subject), ...ordersFor(subject)]).toEqual([]);
		await expect(caseOf(subject)).rejects.toThrow();
	});
});

describe("what cannot be examined goes to people", () => {
	test.each([
		["a text file called a picture", Buffer.from("plain words"), "image/jpeg"],
		["an empty-looking picture file", Buffer.from([0xff, 0xd8, 0xff, 0xe0]), "image/jpeg"],
	])("%s", async (_what, bytes, type) => {
		const subject = await sendPicture(bytes, randomUUID(), type);
		await eventually(
			async () => expect(await caseOf(subject)).toMatchObject({ tier: "none", isIncomplete: true, state: "open" }),
			patience,
		);
		expect(ordersFor(subject)).toEqual([]);
	});
});

describe("a person decides", () => {
	test("restore: the platform is told, under a new order of the next version", async () => {
		const event = post(knownText);
		await send(event);
		await eventually(() => expect(ordersFor(event.subject)).toHaveLength(1), patience);
		const found = await caseOf(event.subject);
		const { users, cases } = system.parts.stores;
		const user = await users.create({
			login: `r-${randomUUID()}`,
			displayName: "R",
			roles: ["reviewer"],
			passwordHash: "x",
		});
		const actor = { kind: "person", userId: user.id } as const;
		await cases.transition(found.id, actor, new Date(), (current) => ({
			state: "decided",
			claim: null,
			firstDecision: null,
			secondDecision: null,
			decided: { decision: "restore", userId: user.id, at: new Date() },
			events: [{ kind: "decided", decision: "restore", reason: "a test", isFinal: true }],
			itemActions: current.items.map(({ id }) => ({ itemId: id, action: "restore" })),
		}));
		await eventually(
			() =>
				expect(ordersFor(event.subject).map(({ order }) => [order.action, order.version])).toEqual([
					["withhold", 1],
					["restore", 2],
				]),
			patience,
		);
	});
});

describe("what the stream brings that cannot be read", () => {
	const mediaOfAnotherPlatform = () => ({
		...post("x"),
		type: eventTypes.mediaUploaded,
		data: { authorId: "a", surface: "public", objectKey: "uploads/another/2026-11-24/x" },
	});

	test("is parked with its reason, and holds nothing up", async () => {
		const stream = await system.parts.stream();
		const after = post(knownText);
		await stream.publish(topics.posts, [
			{ key: after.subject, value: Buffer.from("{ not json") },
			{ key: after.subject, value: Buffer.from(JSON.stringify({ ...post("x"), source: "//nobody.example" })) },
			{ key: after.subject, value: Buffer.from(JSON.stringify(mediaOfAnotherPlatform())) },
			{ key: after.subject, value: Buffer.from(JSON.stringify(after)) },
		]);
		await eventually(() => expect(ordersFor(after.subject)).toHaveLength(1), patience);
		const counts = await system.parts.stores.deadLetters.counts();
		expect(counts).toEqual(
			expect.arrayContaining([
				{ reason: "malformed-json", count: 1 },
				{ reason: "unknown-platform", count: 1 },
				{ reason: "malformed-event", count: 1 },
			]),
		);
	});
});
