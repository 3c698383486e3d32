import type { Admin, ITopicConfig } from "kafkajs";
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
export async function createMissingTopics(admin: Admin, partitions: number): Promise<void> {
	const present = new Set(await admin.listTopics());
	const missing = Object.values(topics).filter((topic) => !present.has(topic));
	if (missing.length === 0) return;
	const settings: ITopicConfig[] = missing.map((topic) => ({
		topic,
		numPartitions: partitions,
		// The broker's default.
		replicationFactor: -1,
		configEntries: [
			{ name: "max.message.bytes", value: String(maxRecordBytes[topic]) },
			// `receivedAtMs` is the stream's time, whatever a producer's clock says.
			{ name: "message.timestamp.type", value: "LogAppendTime" },
		],
	}));
	// Answers false where another process created one of them in the meantime.
	await admin.createTopics({ topics: settings, waitForLeaders: true, timeout: 15_000 });
}
