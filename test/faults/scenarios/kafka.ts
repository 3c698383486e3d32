// The stream's broker gone or slow, its group in turmoil, a topic begun anew, records that come twice and in any order.
import { setTimeout as wait } from "node:timers/promises";
import { Kafka, logLevel } from "kafkajs";
import { createKafkaStream } from "../../../services/adapters/kafka/kafka-stream.ts";
import { topics } from "../../../services/core/wire/topics.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { eventually } from "../../support/eventually.ts";
import type { FaultContext, Scenario } from "../scenario.ts";
import { groupPrefix } from "../system.ts";

async function restartBroker({ servers: { kafka }, isFull }: FaultContext): Promise<number> {
	const times = isFull ? 5 : 1;
	for (let restarted = 0; restarted < times; restarted += 1) {
		await wait(1_000);
		await kafka.kill();
		await wait(1_500);
		await kafka.restart();
		await wait(2_000);
	}
	return times;
}

const slow =
	(latency: number, short: number) =>
	async ({ servers: { proxies }, isFull }: FaultContext): Promise<number> => {
		const lift = await proxies.kafka.poison({ type: "latency", attributes: { latency, jitter: latency / 10 } });
		await wait(isFull ? 60_000 : short);
		await lift();
		return 1;
	};

/** Members of the detector's own groups, each for a second: they are given partitions, and settle nothing. */
async function rebalance({ servers: { kafka }, isFull }: FaultContext): Promise<number> {
	const times = isFull ? 60 : 8;
	const stream = await createKafkaStream({
		brokers: [kafka.directBroker],
		clientId: "storm",
		record: "storm",
		logger: silentLogger,
	});
	try {
		for (let joined = 0; joined < times; joined += 1) {
			const members = await Promise.all(
				[topics.posts, topics.media].map((topic) =>
					stream.subscribe({
						topics: [topic],
						group: `${groupPrefix}-${topic}`,
						maxUnsettled: 10,
						onDeliveries: () => undefined,
						onFailure: () => undefined,
					}),
				),
			);
			await wait(1_000);
			await Promise.all(members.map((member) => member.close(0)));
		}
	} finally {
		await stream[Symbol.asyncDispose]();
	}
	return times;
}

/**
 * Everything in the old topic was read: what an operator deletes unread is lost by decision, not by us. Then the offsets start
 * again, and what was sent before comes once more.
 */
async function recreateTopic({ servers: { kafka }, system, feed, isFull }: FaultContext): Promise<number> {
	const times = isFull ? 5 : 1;
	const admin = new Kafka({ brokers: [kafka.directBroker], logLevel: logLevel.NOTHING }).admin();
	await admin.connect();
	try {
		for (let recreated = 0; recreated < times; recreated += 1) {
			await feed.pause();
			await eventually(async () => (await system.lag()) === 0, { withinMs: 60_000, everyMs: 200 });
			await admin.deleteTopics({ topics: [topics.posts, topics.media] });
			await wait(1_000);
			await system.cli("topics", "create");
			feed.resume();
			feed.repeat(60);
			await wait(2_000);
		}
	} finally {
		await admin.disconnect();
	}
	return times;
}

async function repeatAll({ feed, isFull }: FaultContext): Promise<number> {
	const times = isFull ? 20 : 4;
	for (let repeated = 0; repeated < times; repeated += 1) {
		await wait(800);
		feed.repeat(100);
	}
	return times;
}

const profile = "cluster" as const;
export const kafka: readonly Scenario[] = [
	{ name: "kafka-killed", fault: "Kafka: broker killed and restarted", profile, inflict: restartBroker },
	{ name: "kafka-slow", fault: "Kafka: leader slow by 2 s (60 s; short 8 s)", profile, inflict: slow(2_000, 8_000) },
	{
		name: "kafka-late",
		fault: "Kafka: acknowledges after our deadline (60 s; short 15 s)",
		profile,
		inflict: slow(11_000, 15_000),
	},
	{ name: "kafka-rebalance", fault: "Kafka: members join and leave every second", profile, inflict: rebalance },
	{ name: "kafka-recreated", fault: "Kafka: topics deleted and created again", profile, inflict: recreateTopic },
	{
		name: "kafka-repeated",
		fault: "Kafka: records duplicated and out of order",
		profile,
		feed: { repeatedPercent: 60 },
		inflict: repeatAll,
	},
	{
		name: "stream-repeated-embedded",
		fault: "Embedded stream: records duplicated and out of order",
		profile: "embedded",
		feed: { repeatedPercent: 60 },
		inflict: repeatAll,
	},
];
