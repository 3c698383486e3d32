import type { Admin, ITopicConfig, Kafka } from "kafkajs";
import { type Topic, topics } from "../../core/wire/topics.ts";
import { pause } from "../../runtime/pause.ts";

const mebibyte = 1_048_576;
/** Media may travel inside the record; a parked record is kept whole, with its reason beside it. The rest are small documents. */
const maxRecordBytes: Readonly<Record<Topic, number>> = {
	[topics.posts]: 2 * mebibyte,
	[topics.media]: 34 * mebibyte,
	[topics.overflow]: 34 * mebibyte,
	[topics.orders]: mebibyte,
	[topics.history]: 4 * mebibyte,
	[topics.deadLetters]: 35 * mebibyte,
};

const leadersWithinMs = 15_000;
const lookAgainMs = 200;

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
		await admin.createTopics({ topics: missing.map((topic) => settingsOf(topic, partitions)), waitForLeaders: false });
		await untilLed(admin, missing);
	} finally {
		await admin.disconnect();
	}
}

/** kafkajs's own wait fails where a broker has not heard yet of what another has just created. */
async function untilLed(admin: Admin, names: readonly Topic[]): Promise<void> {
	const deadline = AbortSignal.timeout(leadersWithinMs);
	while (!(await areLed(admin, names))) {
		if (deadline.aborted) throw new Error("the new topics have no leaders yet");
		await pause(lookAgainMs, deadline);
	}
}

async function areLed(admin: Admin, names: readonly Topic[]): Promise<boolean> {
	try {
		const { topics: found } = await admin.fetchTopicMetadata({ topics: [...names] });
		return found.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0));
	} catch (error) {
		if (error instanceof Error && "retriable" in error && error.retriable === true) return false;
		throw error;
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
