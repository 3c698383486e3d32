// The Kafka adapter on a real broker: the contract that every stream keeps, then what is Kafka's own. Records of a client that
// is not ours come from kcat.
import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type Admin, Kafka, logLevel } from "kafkajs";
import { createKafkaStream } from "../../services/adapters/kafka/kafka-stream.ts";
import type { Delivery, ItemStream, Subscription } from "../../services/core/ports/item-stream.ts";
import { type Topic, topics } from "../../services/core/wire/topics.ts";
import { silentLogger } from "../../services/runtime/logger.ts";
import { describeItemStreamContract } from "../contract/item-stream.ts";
import { eventually } from "../support/eventually.ts";
import { feed } from "../support/feed.ts";
import { requireProgram } from "../support/servers/server-process.ts";
import { type KafkaServer, startKafka } from "../support/servers/start-kafka.ts";

const patience = { withinMs: 45_000 };
let kafka: KafkaServer;
beforeAll(async () => {
	await requireProgram("kcat", "install kcat (Debian: kcat)");
	kafka = await startKafka();
}, 120_000);
afterAll(() => kafka.stop());

const connect = (record = "one") =>
	createKafkaStream({ brokers: [kafka.broker], clientId: "test", record, logger: silentLogger });

describeItemStreamContract("Kafka", () => connect());

describe("Kafka as an item stream, with what only Kafka does", () => {
	let stream: ItemStream;
	let admin: Admin;
	let group: string;
	const subscriptions: Subscription[] = [];

	beforeEach(async () => {
		const client = new Kafka({ brokers: [kafka.broker], logLevel: logLevel.NOTHING });
		admin = client.admin();
		await admin.connect();
		await deleteAllTopics(admin);
		stream = await connect();
		await stream.createTopics(3);
		group = `group-${randomUUID()}`;
	}, 60_000);
	afterEach(async () => {
		await Promise.all(subscriptions.splice(0).map((one) => one.close(0)));
		await stream[Symbol.asyncDispose]();
		await admin.disconnect();
	});

	const publish = (texts: readonly string[], topic: Topic = topics.posts) =>
		stream.publish(
			topic,
			texts.map((text) => ({ key: `key-${text}`, value: Buffer.from(text) })),
		);
	const subscribe = async (
		options: { settles?: boolean; on?: ItemStream; topic?: Topic; maxUnsettled?: number; group?: string } = {},
	) => {
		const received: Delivery[] = [];
		const subscription = await (options.on ?? stream).subscribe({
			topics: [options.topic ?? topics.posts],
			group: options.group ?? group,
			maxUnsettled: options.maxUnsettled ?? 1_000,
			onDeliveries: (deliveries) => {
				received.push(...deliveries);
				if (options.settles ?? true) for (const delivery of deliveries) delivery.settle();
			},
			onFailure: (error) => {
				throw error;
			},
		});
		subscriptions.push(subscription);
		const texts = () => received.map(({ record }) => Buffer.from(record.value).toString());
		return { subscription, received, texts };
	};
	const lagOf = async (subscription: Subscription) =>
		(await subscription.positions()).reduce((sum, one) => sum + one.lag, 0);

	test("headers and bytes of another client's record arrive untouched", async () => {
		const reader = await subscribe({ topic: topics.media });
		const args = ["-P", "-b", kafka.broker, "-t", topics.media, "-k", "picture-1"];
		const headers = [
			"-H",
			"ce_specversion=1.0",
			"-H",
			"ce_source=https://platform.example/é",
			"-H",
			"content-type=image/png",
		];
		await feed("kcat", [...args, ...headers, "-D", "\\0"], Buffer.from([0x89, 0x50, 0xff, 0x0a, 0x7f]));
		await eventually(() => expect(reader.received).toHaveLength(1), patience);
		const record = reader.received[0]?.record;
		expect(record).toMatchObject({
			key: "picture-1",
			headers: { ce_specversion: "1.0", ce_source: "https://platform.example/é", "content-type": "image/png" },
		});
		expect(Buffer.from(record?.value ?? [])).toEqual(Buffer.from([0x89, 0x50, 0xff, 0x0a, 0x7f]));
		expect(Math.abs((record?.receivedAtMs ?? 0) - Date.now())).toBeLessThan(60_000);
	});

	test("a picture of 20 megabytes travels inside its record", async () => {
		const reader = await subscribe({ topic: topics.media });
		const bytes = randomBytes(20_000_000);
		await stream.publish(topics.media, [{ key: "large", value: bytes }]);
		await eventually(() => expect(reader.received).toHaveLength(1), patience);
		expect(bytes.equals(reader.received[0]?.record.value ?? new Uint8Array())).toBe(true);
	});

	test("many records at once, together far over what one batch may hold, are all taken", async () => {
		const reader = await subscribe();
		const values = Array.from({ length: 100 }, (_, index) => Buffer.alloc(200_000, `n${index} `));
		await stream.publish(
			topics.posts,
			values.map((value) => ({ key: "the same partition", value })),
		);
		await eventually(() => expect(reader.received).toHaveLength(100), patience);
		expect(values.every((value, index) => value.equals(reader.received[index]?.record.value ?? Buffer.of()))).toBe(
			true,
		);
	}, 60_000);

	test("members that keep another record are noticed by both, members of the same record are not", async () => {
		await using another = await connect("another");
		const readers = [await subscribe(), await subscribe(), await subscribe({ on: another })];
		const shared = () => readers.map(({ subscription }) => subscription.isShared?.());
		let turn = 0;
		await eventually(async () => {
			turn += 1;
			await publish(Array.from({ length: 20 }, (_, index) => `${turn}-${index}`));
			expect(shared()).toEqual([true, true, true]);
		}, patience);

		const [first, second] = [await subscribe({ group: "of one record" }), await subscribe({ group: "of one record" })];
		await publish(Array.from({ length: 60 }, (_, index) => `of one record ${index}`));
		await eventually(() => expect(first.received.length * second.received.length).toBeGreaterThan(0), patience);
		await eventually(async () => expect(await lagOf(first.subscription)).toBe(0), patience);
		await eventually(async () => expect(await lagOf(second.subscription)).toBe(0), patience);
		expect([first, second].map(({ subscription }) => subscription.isShared?.())).toEqual([false, false]);
	}, 120_000);

	test("a topic deleted and created again is read from its beginning, without help", async () => {
		const reader = await subscribe();
		await publish(Array.from({ length: 60 }, (_, index) => `old-${index}`));
		await eventually(() => expect(reader.texts()).toHaveLength(60), patience);
		await eventually(async () => expect(await lagOf(reader.subscription)).toBe(0), patience);

		await deleteAllTopics(admin);
		await stream.createTopics(3);
		const fresh = Array.from({ length: 200 }, (_, index) => `new-${index}`);
		await eventually(() => publish(fresh).then(() => true), patience);
		await eventually(() => expect(new Set(reader.texts())).toEqual(new Set([...old(60), ...fresh])), patience);
		await eventually(async () => expect(await lagOf(reader.subscription)).toBe(0), patience);
	}, 120_000);

	test("a topic deleted and created again while nobody reads is read from its beginning", async () => {
		const first = await subscribe();
		await publish(old(30));
		await eventually(() => expect(first.texts()).toHaveLength(30), patience);
		await first.subscription.close(1_000);

		await deleteAllTopics(admin);
		await stream.createTopics(3);
		await eventually(() => publish(["new-1", "new-2"]).then(() => true), patience);
		const second = await subscribe();
		await eventually(() => expect(new Set(second.texts())).toEqual(new Set(["new-1", "new-2"])), patience);
	}, 120_000);

	test("what is under way in a partition that stays here is not delivered again when others come and go", async () => {
		const reader = await subscribe({ settles: false });
		await publish(Array.from({ length: 60 }, (_, index) => `n${index}`));
		await eventually(() => expect(reader.received).toHaveLength(60), patience);
		// Something is committed in each partition: from then on it is known whose progress the group's is.
		const firsts = new Map(reader.received.toReversed().map((one) => [one.record.partition, one]));
		for (const delivery of firsts.values()) delivery.settle();
		await eventually(async () => expect(await lagOf(reader.subscription)).toBe(60 - firsts.size), patience);

		const other = await connect();
		try {
			const second = await subscribe({ settles: false, on: other });
			await eventually(async () => {
				const [mine, theirs] = await Promise.all([reader.subscription.positions(), second.subscription.positions()]);
				expect(mine.length + theirs.length).toBe(3);
				expect(Math.min(mine.length, theirs.length)).toBeGreaterThan(0);
			}, patience);
			const kept = (await reader.subscription.positions())[0]?.partition;
			await second.subscription.close(0);
			await eventually(async () => expect(await reader.subscription.positions()).toHaveLength(3), patience);
			await publish(["last"]);
			await eventually(() => expect(reader.texts()).toContain("last"), patience);
			const offsets = reader.received
				.filter(({ record }) => record.partition === kept)
				.map(({ record }) => record.offset);
			expect(new Set(offsets).size).toBe(offsets.length);

			for (const delivery of reader.received) delivery.settle();
			await eventually(async () => expect(await lagOf(reader.subscription)).toBe(0), patience);
		} finally {
			await other[Symbol.asyncDispose]();
		}
	}, 120_000);

	test("everything acknowledged arrives although the broker is killed and restarted in between", async () => {
		const reader = await subscribe();
		const acknowledged: string[] = [];
		let refused = 0;
		let isPublishing = true;
		const publishing = (async () => {
			for (let index = 0; isPublishing; index += 1) {
				const texts = Array.from({ length: 20 }, (_, at) => `n${index}-${at}`);
				await publish(texts).then(
					() => acknowledged.push(...texts),
					() => {
						refused += 1;
					},
				);
			}
		})();
		await eventually(() => expect(reader.texts().length).toBeGreaterThan(200), patience);
		await kafka.kill();
		await eventually(() => expect(refused).toBeGreaterThan(0), patience);
		await kafka.restart();
		const before = acknowledged.length;
		await eventually(() => expect(acknowledged.length).toBeGreaterThan(before + 200), patience);
		isPublishing = false;
		await publishing;

		await eventually(() => {
			const arrived = new Set(reader.texts());
			expect(acknowledged.filter((text) => !arrived.has(text))).toEqual([]);
		}, patience);
		await eventually(async () => expect(await lagOf(reader.subscription)).toBe(0), patience);
		expect(reader.subscription.isConnected()).toBe(true);
	}, 180_000);

	test("subscribing to topics that are not there says so", async () => {
		await deleteTopics(admin, [topics.posts]);
		await expect(subscribe()).rejects.toThrow("are the topics created?");
	}, 60_000);
});

function old(count: number): readonly string[] {
	return Array.from({ length: count }, (_, index) => `old-${index}`);
}

/** Deletes what is there; the stream creates them again. */
async function deleteAllTopics(admin: Admin): Promise<void> {
	const present = (await admin.listTopics()).filter((name) => name.startsWith("breakwater."));
	if (present.length > 0) await deleteTopics(admin, present);
}

/** Resolves once the broker no longer tells of them, which is a while after it has agreed. */
async function deleteTopics(admin: Admin, names: readonly string[]): Promise<void> {
	await admin.deleteTopics({ topics: [...names] });
	await eventually(
		async () => expect((await admin.listTopics()).filter((name) => names.includes(name))).toEqual([]),
		patience,
	);
}
