import { Kafka, type KafkaConfig } from "kafkajs";
import { BreakwaterError } from "../../core/errors.ts";
import type { ItemStream, Subscription } from "../../core/ports/item-stream.ts";
import { within } from "../../runtime/ends-within.ts";
import type { Logger } from "../../runtime/logger.ts";
import { createKafkaLog } from "./kafka-log.ts";
import { createPublisher } from "./publisher.ts";
import { subscribeToTopics } from "./subscription.ts";
import { createMissingTopics } from "./topic-settings.ts";

export interface KafkaStreamOptions extends Pick<KafkaConfig, "ssl" | "sasl"> {
	/** host:port */
	readonly brokers: readonly string[];
	readonly clientId: string;
	/** The id of the record that outcomes go to: its groups are not to be shared with another one's. */
	readonly record: string;
	readonly logger: Logger;
}

/** Rejects with `stream-unavailable` where no broker can be reached. */
export async function createKafkaStream(options: KafkaStreamOptions): Promise<ItemStream> {
	const { brokers, clientId, record, logger, ssl, sasl } = options;
	const log = createKafkaLog(logger);
	const kafka = new Kafka({
		brokers: [...brokers],
		clientId,
		connectionTimeout: 3_000,
		requestTimeout: 10_000,
		logCreator: log.creator,
		retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 1_000 },
		...(ssl === undefined ? {} : { ssl }),
		...(sasl === undefined ? {} : { sasl }),
	});
	const admin = kafka.admin();
	await available(admin.connect());
	const publisher = createPublisher(kafka, logger);
	const subscriptions = new Set<Subscription>();
	return {
		publish: (topic, records) => publisher.publish(topic, records),
		async subscribe(subscribeOptions) {
			const subscription = await subscribeToTopics({ kafka, logger, record }, subscribeOptions);
			subscriptions.add(subscription);
			return subscription;
		},
		createTopics: (partitions) => available(createMissingTopics(kafka, partitions)),
		async check() {
			const answer = await within(answerWithinMs, available(admin.describeCluster()), null);
			if (answer === null) throw new BreakwaterError("stream-unavailable", { cause: log.lastTrouble() });
		},
		async [Symbol.asyncDispose]() {
			await Promise.all([...subscriptions].map((subscription) => subscription.close(0)));
			await publisher[Symbol.asyncDispose]();
			await admin.disconnect();
		},
	};
}

/** The client tries for three seconds before it says that nobody answers; who asks for our health waits for two. */
const answerWithinMs = 1_500;

async function available<T>(work: Promise<T>): Promise<T> {
	try {
		return await work;
	} catch (cause) {
		throw new BreakwaterError("stream-unavailable", { cause });
	}
}
