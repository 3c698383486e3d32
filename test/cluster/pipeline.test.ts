// The cluster profile end to end: real Kafka, Redis, PostgreSQL and object store, the four processes as an operator starts them, records from a
// client that is not ours (kcat), a platform that checks signatures, a reviewer at the API. Asserts the orders that the platform
// got, the case that people see, and the offsets that the group committed. The console and the model have tests of their own.
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Admin, Kafka, logLevel, Partitioners, type Producer } from "kafkajs";
import { z } from "zod";
import { openDatabase } from "../../services/adapters/postgres/connection/database.ts";
import { createStores, type Stores } from "../../services/adapters/postgres/stores.ts";
import { copySample, drawSample } from "../../services/adapters/sharp/draw-sample.ts";
import { hashText } from "../../services/core/hashes/text/text-hash.ts";
import { eventTypes } from "../../services/core/wire/item-event.ts";
import { csrfHeader } from "../../services/core/wire/review-api.ts";
import { topics } from "../../services/core/wire/topics.ts";
import { type SamplePlatform, startSamplePlatform } from "../../services/demo/sample-platform.ts";
import { createClosing } from "../../services/runtime/closing.ts";
import { silentLogger } from "../../services/runtime/logger.ts";
import { choosePassword, chosenPassword } from "../support/choose-password.ts";
import { eventually } from "../support/eventually.ts";
import { feed } from "../support/feed.ts";
import { type Cluster, startCluster } from "../support/servers/start-cluster.ts";
import { type RoleName, type RoleProcess, roles } from "../support/servers/start-role-process.ts";

const patience = { withinMs: 60_000 };
const source = "//forum.example";
const knownText = "a benign sentence in the role of a known text";
/** What a person restores is disputed from then on, and no longer withheld by itself. */
const restoredText = "another benign sentence, which a person restores";
const closing = createClosing();
let cluster: Cluster;
let processes: Readonly<Record<RoleName, RoleProcess>>;
let sample: SamplePlatform;
let apiKey: string;
let password: string;
let admin: Admin;
let producer: Producer;
let stores: Stores;

beforeAll(async () => {
	cluster = closing.keep(await startCluster({ hasObjectStore: true }));
	sample = closing.keep(await startSamplePlatform(join(cluster.folder, "platform-port")));
	const platform = await cluster.cli("platform", "add", "forum", "--source", source, "--webhook", sample.url);
	apiKey = field(platform, "apiKey");
	sample.useSecret(field(platform, "webhookSecret"));
	password = field(await cluster.cli("user", "add", "an", "--role", "reviewer"), "password");
	const secondPassword = field(await cluster.cli("user", "add", "binh", "--role", "reviewer"), "password");
	await fillBank();
	const started = await Promise.all(roles.map(async (role) => [role, await cluster.startRole(role)] as const));
	processes = Object.fromEntries(started) as Record<RoleName, RoleProcess>;

	await choosePassword(processes.review.url, "an", password);
	await choosePassword(processes.review.url, "binh", secondPassword);
	const client = new Kafka({ brokers: [cluster.kafka.broker], logLevel: logLevel.NOTHING });
	admin = client.admin();
	producer = client.producer({ createPartitioner: Partitioners.DefaultPartitioner });
	await Promise.all([admin.connect(), producer.connect()]);
	closing.keep({ [Symbol.asyncDispose]: () => admin.disconnect() });
	closing.keep({ [Symbol.asyncDispose]: () => producer.disconnect() });
	const options = { url: cluster.postgres.url, maxConnections: 2, applicationName: "test", logger: silentLogger };
	stores = createStores(closing.keep(await openDatabase(options)));
}, 180_000);
afterAll(async () => {
	await closing[Symbol.asyncDispose]();
}, 60_000);

/** A known text, and a known picture that copies are made of. */
async function fillBank(): Promise<void> {
	await cluster.cli("bank", "create", "known", "--category", "test-category", "--new-category", "--trusted");
	const rows = join(cluster.folder, "known.csv");
	const picture = join(cluster.folder, "known.jpg");
	const hexOf = (text: string) => Buffer.from(hashText(text) ?? []).toString("hex");
	await writeFile(rows, `type,hash\n${[knownText, restoredText].map((text) => `text,${hexOf(text)}\n`).join("")}`);
	await writeFile(picture, await drawSample(1));
	await cluster.cli("bank", "import", "known", rows);
	await cluster.cli("bank", "add", "known", picture);
}

function field(answer: unknown, name: string): string {
	return z.record(z.string(), z.unknown()).parse(answer)[name] as string;
}

function post(text: string, id: string = randomUUID()) {
	const data = { text, authorId: "author", surface: "public" };
	const subject = `post/${id}`;
	return {
		specversion: "1.0",
		type: eventTypes.postPublished,
		source,
		id,
		subject,
		time: new Date().toISOString(),
		data,
	};
}

/** In binary mode, as the platform's own Kafka producer would send it. */
async function sendPicture(bytes: Uint8Array, id: string = randomUUID()): Promise<string> {
	const subject = `media/${id}`;
	const headers = {
		ce_specversion: "1.0",
		ce_type: eventTypes.mediaUploaded,
		ce_source: source,
		ce_id: id,
		ce_subject: subject,
		ce_time: new Date().toISOString(),
		ce_authorid: "author",
		ce_surface: "public",
		"content-type": "image/jpeg",
	};
	await producer.send({
		topic: topics.media,
		acks: -1,
		messages: [{ key: subject, value: Buffer.from(bytes), headers }],
	});
	return subject;
}

function sendByKcat(events: readonly { readonly subject: string }[]): Promise<void> {
	const lines = events.map((event) => `${event.subject}\t${JSON.stringify(event)}\n`);
	const args = ["-P", "-b", cluster.kafka.broker, "-t", topics.posts, "-K", "\t", "-X", "partitioner=murmur2_random"];
	return feed("kcat", args, Buffer.from(lines.join("")));
}

const ordersFor = (subject: string) => [...sample.orders.values()].filter(({ order }) => order.subject === subject);

async function lag(): Promise<number> {
	let sum = 0;
	for (const topic of [topics.posts, topics.media]) {
		const [committed] = await admin.fetchOffsets({ groupId: `breakwater-detector-${topic}`, topics: [topic] });
		for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
			const offset = committed?.partitions.find((one) => one.partition === partition)?.offset ?? "0";
			sum += Number(high) - Math.max(0, Number(offset));
		}
	}
	return sum;
}

test("a known text from another client's producer is withheld, with a signed order, and its offset is committed", async () => {
	const event = post(knownText.toUpperCase());
	await sendByKcat([event]);
	await eventually(() => expect(ordersFor(event.subject)).toHaveLength(1), patience);
	expect(ordersFor(event.subject)[0]?.order).toMatchObject({
		action: "withhold",
		version: 1,
		source,
		eventId: event.id,
		reason: { tier: "K1", category: "test-category", decidedBy: "machine" },
	});
	expect(sample.refused()).toBe(0);
	await eventually(async () => expect(await lag()).toBe(0), patience);
});

test("the order is on the orders topic too", async () => {
	const event = post(knownText);
	await sendByKcat([event]);
	await eventually(() => expect(ordersFor(event.subject)).toHaveLength(1), patience);
	const read = async () => {
		const lines = await cluster.kafka.readAll(topics.orders);
		return lines.map((line) => JSON.parse(line)).find(({ eventId }) => eventId === event.id);
	};
	const [received] = ordersFor(event.subject);
	await eventually(async () => expect(await read()).toEqual(received?.order), patience);
});

test("a mirrored copy of a known picture is withheld as a strong match", async () => {
	const subject = await sendPicture(await copySample(await drawSample(1), "mirrored"));
	await eventually(() => expect(ordersFor(subject)).toHaveLength(1), patience);
	expect(ordersFor(subject)[0]?.order.reason).toMatchObject({ tier: "K2", category: "test-category" });
});

test("what comes over HTTP takes the same way", async () => {
	const event = post(knownText);
	const response = await fetch(`${processes.intake.url}/v1/events`, {
		method: "POST",
		headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
		body: JSON.stringify(event),
	});
	expect(response.status).toBe(202);
	await eventually(() => expect(ordersFor(event.subject)).toHaveLength(1), patience);
});

test("an upload lies in the object store until it is examined, and stays there as evidence where people must decide", async () => {
	const bytes = await copySample(await drawSample(1), "recompressed");
	const response = await fetch(`${processes.intake.url}/v1/media`, {
		method: "POST",
		headers: {
			authorization: `Bearer ${apiKey}`,
			...{ "content-type": "image/jpeg", "ce-id": "upload-1", "ce-subject": "media/upload-1" },
			...{ "ce-authorid": "author", "ce-surface": "public" },
		},
		body: Buffer.from(bytes),
	});
	expect(response.status).toBe(202);
	const { sha256 } = (await response.json()) as { sha256: string };
	await eventually(() => expect(ordersFor("media/upload-1")).toHaveLength(1), patience);
	await eventually(async () => expect(await cluster.s3?.listFiles()).toContain(sha256), patience);
	// The upload itself goes once the evidence is kept.
	const uploads = async () => ((await cluster.s3?.listFiles()) ?? []).filter((key) => /^[0-9a-f]{8}-/.test(key));
	await eventually(async () => expect(await uploads()).toEqual([]), patience);
});

test("a record that cannot be read is parked with its reason and holds nothing up", async () => {
	const event = post(knownText);
	await feed("kcat", ["-P", "-b", cluster.kafka.broker, "-t", topics.posts, "-p", "0"], Buffer.from("{ not json"));
	await sendByKcat([event]);
	await eventually(() => expect(ordersFor(event.subject)).toHaveLength(1), patience);
	const list = async () => (await cluster.cli("dead-letters", "list")) as readonly { readonly reason: string }[];
	await eventually(
		async () => expect((await list()).map(({ reason }) => reason)).toEqual(["malformed-json"]),
		patience,
	);
	await eventually(async () => expect(await lag()).toBe(0), patience);
});

test("two reviewers restore what a trusted bank had withheld, and the platform is told", async () => {
	const event = post(restoredText);
	await sendByKcat([event]);
	await eventually(() => expect(ordersFor(event.subject)).toHaveLength(1), patience);

	const call = await logIn("an");
	const found = await eventually(async () => {
		const { cases } = await call("GET", `/api/cases?search=${encodeURIComponent(event.subject)}`);
		expect(cases).toHaveLength(1);
		return cases[0];
	}, patience);
	expect(found).toMatchObject({ tier: "K1", platformName: "forum", category: "test-category" });
	const restore = async (by: typeof call) => {
		const { claim } = await by("POST", `/api/cases/${found.id}/claim`, {});
		return by("POST", `/api/cases/${found.id}/decide`, { fence: claim.fence, decision: "restore", reason: "a test" });
	};
	expect((await restore(call)).waitsFor).toBe("second-person");
	expect((await restore(await logIn("binh"))).waitsFor).toBe("nobody");
	await eventually(
		() => expect(ordersFor(event.subject).map(({ order }) => order.action)).toEqual(["withhold", "restore"]),
		patience,
	);
});

/** Answers parsed JSON; the session's cookie and token go with every call. */
async function logIn(login: string) {
	const { url } = processes.review;
	const session = await fetch(`${url}/api/session`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ login, password: chosenPassword }),
	});
	expect(session.status).toBe(201);
	const cookie = session.headers
		.getSetCookie()
		.map((one) => one.split(";")[0])
		.join("; ");
	const { csrfToken } = (await session.json()) as { csrfToken: string };
	return async (method: string, path: string, body?: unknown) => {
		const response = await fetch(`${url}${path}`, {
			method,
			headers: {
				cookie,
				[csrfHeader]: csrfToken,
				...(body === undefined ? {} : { "content-type": "application/json" }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		// biome-ignore lint/suspicious/noExplicitAny: an answer as another client would read it, checked by the assertions
		const answer = (await response.json()) as any;
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer.detail ?? answer.title}`);
		return answer;
	};
}

describe("when a process is killed in the middle of the stream", () => {
	/** Sends in small portions, so that the fault meets work in every state. */
	async function sendFeed(prefix: string, size: number, whileSending: (portion: number) => Promise<void>) {
		const known = await drawSample(1);
		const planted: string[] = [];
		const keys: { source: string; eventId: string }[] = [];
		for (let portion = 0; portion * 20 < size; portion += 1) {
			const events = Array.from({ length: 20 }, (_, at) => {
				const number = portion * 20 + at;
				return post(number % 4 === 0 ? knownText : `${prefix} ordinary ${number}`, `${prefix}-${number}`);
			});
			await producer.send({
				topic: topics.posts,
				acks: -1,
				messages: events.map((event) => ({ key: event.subject, value: JSON.stringify(event) })),
			});
			for (const event of events) {
				keys.push({ source, eventId: event.id });
				if (event.data.text === knownText) planted.push(event.subject);
			}
			const isPlanted = portion % 2 === 0;
			const id = `${prefix}-picture-${portion}`;
			planted.push(...(isPlanted ? [`media/${id}`] : []));
			keys.push({ source, eventId: id });
			await sendPicture(isPlanted ? await copySample(known, "recompressed") : await drawSample(100 + portion), id);
			await whileSending(portion);
		}
		return { planted, keys };
	}

	async function expectNothingLostOrDoubled({ planted, keys }: Awaited<ReturnType<typeof sendFeed>>, prefix: string) {
		await eventually(async () => expect((await stores.verdicts.findSettled(keys)).size).toBe(keys.length), patience);
		await eventually(async () => expect(await lag()).toBe(0), patience);
		const orders = () =>
			[...sample.orders.values()].map(({ order }) => order).filter(({ eventId }) => eventId.startsWith(prefix));
		await eventually(
			() =>
				expect(
					orders()
						.map(({ subject }) => subject)
						.toSorted(),
				).toEqual(planted.toSorted()),
			patience,
		);
		expect(sample.refused()).toBe(0);
		for (const subject of planted)
			expect(await stores.cases.list({ search: subject, limit: 2, offset: 0 })).toHaveLength(1);
	}

	test.each(["detector", "takedown"] as const)(
		"%s: after its restart nothing is lost and no order is doubled",
		async (role) => {
			const prefix = `kill-${role}`;
			let restarted: Promise<void> | null = null;
			const sent = await sendFeed(prefix, 400, async (portion) => {
				if (portion === 6) {
					await processes[role].kill();
					restarted = processes[role].restart();
				}
			});
			await restarted;
			await expectNothingLostOrDoubled(sent, prefix);
		},
		180_000,
	);

	test("detector, stopped and started again: it drains, and what it settled is not delivered again", async () => {
		const prefix = "stop-detector";
		const sent = await sendFeed(prefix, 200, async (portion) => {
			if (portion !== 4) return;
			await processes.detector.stop();
			await processes.detector.restart();
		});
		await expectNothingLostOrDoubled(sent, prefix);
		const metrics = await (await fetch(`${processes.detector.url}/metrics`)).text();
		expect(metrics).toMatch(/^breakwater_items_duplicate_total\{.*\} 0$/m);
	}, 180_000);
});
