import type { ITopicConfig, Kafka } from "kafkajs";
import { type Topic, topics } from "../../core/wire/topics.ts";

const mebibyte = 1_048_576;
/** Media may travel inside the record, and a parked record is kept whole; the rest are small documents. */
const maxRecordBytes: Readonly<Record<Topic, number>> = {
	[topics.posts]: 2 * mebibyte,
	[topics.media]: 34 * mebibyte,
	[topics.orders]: mebibyte,
	[topics.verdicts]: 2 * mebibyte,
	[topics.deadLetters]: 34 * mebibyte,
};

/** Creates the missing ones; resolves once each has a leader. */
export async function createMissingTopics(kafka: Kafka, partitions: number): Promise<void> {
	// A client of its own: one that has seen a topic which is gone refuses to do anything until that topic is back.
	const admin = kafka.admin();
	try {
		await admin.connect();
		const present = new Set(await admin.listTopics());
		const missing = Object.values(topics).filter((topic) => !present.has(topic));
		if (missing.length === 0) return;
		// Answers false where another process has just created one of them.
		await admin.createTopics({
			topics: missing.map((topic) => settingsOf(topic, partitions)),
			waitForLeaders: true,
			timeout: 15_000,
		});
	} finally {
		await admin.disconnect();
	}
}

function settingsOf(topic: Topic, partitions: number): ITopicConfig {
	return {
		topic,
		numPartitions: partitions,
		// The broker's default.
		replicationFactor: -1,
		configEntries: [
			{ name: "max.message.bytes", value: String(maxRecordBytes[topic]) },
			// `receivedAtMs` is the stream's time, whatever a producer's clock says.
			{ name: "message.timestamp.type", value: "LogAppendTime" },
		],
	};
}
