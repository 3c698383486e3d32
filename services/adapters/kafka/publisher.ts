// Writes records so that nothing acknowledged is lost: idempotent producer, acks from all in-sync replicas.
import { type Kafka, Partitioners, type Producer } from "kafkajs";
import { BreakwaterError } from "../../core/errors.ts";
import type { OutgoingRecord } from "../../core/ports/item-stream.ts";
import type { Topic } from "../../core/wire/topics.ts";
import type { Logger } from "../../runtime/logger.ts";
import { createMicroBatch } from "../../runtime/micro-batch.ts";

export interface Publisher extends AsyncDisposable {
	/** Rejects with `stream-unavailable`; the records may then be in the log all the same, or in part. */
	publish(topic: Topic, records: readonly OutgoingRecord[]): Promise<void>;
}

interface Publication {
	readonly topic: Topic;
	readonly records: readonly OutgoingRecord[];
}

const publicationsPerSend = 500;
/** A caller (an HTTP request, a relay) had better hear "not now" than wait on. */
const deadlineMs = 10_000;

export function createPublisher(kafka: Kafka, logger: Logger): Publisher {
	let current: Promise<Producer> | null = null;
	const connect = async (): Promise<Producer> => {
		const producer = kafka.producer({
			idempotent: true,
			allowAutoTopicCreation: false,
			// The same partition for a key as from the Java client.
			createPartitioner: Partitioners.DefaultPartitioner,
			metadataMaxAge: 60_000,
			retry: { retries: 12, initialRetryTime: 50, maxRetryTime: 1_000 },
		});
		await producer.connect();
		return producer;
	};
	/**
	 * After a send that was given up, nobody knows whether the broker took it. kafkajs would give its sequence numbers to the next
	 * records, and the broker would drop those as repetitions: so the producer goes, and the next one starts its own sequence.
	 */
	const discard = (failed: Promise<Producer> | null) => {
		if (current === failed) current = null;
		failed?.then((producer) => producer.disconnect()).catch(() => undefined);
	};

	const send = createMicroBatch<Publication, null>({
		maxSize: publicationsPerSend,
		maxWaitMs: 1,
		// One send under way keeps the order; what arrives meanwhile goes together with the next.
		concurrency: 1,
		run: async (publications) => {
			current ??= connect();
			const used = current;
			try {
				await withinDeadline(sendAll(used, publications));
			} catch (error) {
				logger.warn({ event: "stream-publish-failed", publications: publications.length, err: error });
				discard(used);
				throw new BreakwaterError("stream-unavailable", { cause: error });
			}
			return publications.map(() => null);
		},
	});
	return {
		async publish(topic, records) {
			if (records.length > 0) await send({ topic, records });
		},
		async [Symbol.asyncDispose]() {
			const producer = await current?.catch(() => null);
			await producer?.disconnect();
		},
	};
}

async function sendAll(connecting: Promise<Producer>, publications: readonly Publication[]): Promise<void> {
	const byTopic = new Map<Topic, OutgoingRecord[]>();
	for (const { topic, records } of publications) {
		const together = byTopic.get(topic) ?? [];
		together.push(...records);
		byTopic.set(topic, together);
	}
	const producer = await connecting;
	await producer.sendBatch({
		acks: -1,
		timeout: deadlineMs,
		topicMessages: [...byTopic].map(([topic, records]) => ({
			topic,
			messages: records.map(({ key, value, headers }) => ({
				key,
				value: Buffer.from(value.buffer, value.byteOffset, value.byteLength),
				headers: { ...headers },
			})),
		})),
	});
}

function withinDeadline(work: Promise<void>): Promise<void> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error(`not acknowledged within ${deadlineMs} ms`)), deadlineMs);
		work.then(resolve, reject).finally(() => clearTimeout(timer));
	});
}
