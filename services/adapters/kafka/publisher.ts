// Writes records so that nothing acknowledged is lost: idempotent producer, acks from all in-sync replicas.
import { type Kafka, type Message, Partitioners, type Producer } from "kafkajs";
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
/**
 * All that goes to one partition at once is one batch, and a broker refuses a batch over the topic's limit (topic-settings.ts),
 * however small its records are.
 */
const bytesPerSend = 786_432;
/** Key, headers and framing. */
const recordOverheadBytes = 512;
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
				await sendAll(used, publications);
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
	const producer = await withinDeadline(connecting);
	for (const portion of portions(publications)) {
		const topicMessages = portion.map(({ topic, records }) => ({ topic, messages: records.map(toMessage) }));
		await withinDeadline(producer.sendBatch({ acks: -1, timeout: deadlineMs, topicMessages }));
	}
}

function toMessage({ key, value, headers }: OutgoingRecord): Message {
	return { key, value: Buffer.from(value.buffer, value.byteOffset, value.byteLength), headers: { ...headers } };
}

/** In order; each portion small enough for the smallest topic, or a single large record. */
function portions(publications: readonly Publication[]): readonly (readonly Publication[])[] {
	const all: Map<Topic, OutgoingRecord[]>[] = [];
	let current = new Map<Topic, OutgoingRecord[]>();
	let sizeBytes = 0;
	for (const { topic, records } of publications) {
		for (const record of records) {
			const recordBytes = record.value.byteLength + recordOverheadBytes;
			if (sizeBytes > 0 && sizeBytes + recordBytes > bytesPerSend) {
				all.push(current);
				current = new Map();
				sizeBytes = 0;
			}
			sizeBytes += recordBytes;
			const together = current.get(topic) ?? [];
			together.push(record);
			current.set(topic, together);
		}
	}
	if (sizeBytes > 0) all.push(current);
	return all.map((byTopic) => [...byTopic].map(([topic, records]) => ({ topic, records })));
}

function withinDeadline<T>(work: Promise<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error(`not acknowledged within ${deadlineMs} ms`)), deadlineMs);
		work.then(resolve, reject).finally(() => clearTimeout(timer));
	});
}
