// How the feed's items reach the system: through Kafka as a platform's own producer would, and through intake over HTTP.
import { Kafka, logLevel, Partitioners } from "kafkajs";
import { eventTypes } from "../../services/core/wire/item-event.ts";
import { topics } from "../../services/core/wire/topics.ts";
import type { Carrier, Named, Outgoing } from "./drive-feed.ts";

const answerWithinMs = 15_000;

export function carryByHttp(intakeUrl: string, source: string, apiKey: string): Carrier {
	const post = async (path: string, headers: Record<string, string>, body: string | Uint8Array) => {
		const response = await fetch(`${intakeUrl}${path}`, {
			method: "POST",
			headers: { authorization: `Bearer ${apiKey}`, ...headers },
			body: typeof body === "string" ? body : Buffer.from(body),
			signal: AbortSignal.timeout(answerWithinMs),
		});
		await response.arrayBuffer();
		if (response.status !== 202) throw new Error(`intake answered ${response.status}`);
	};
	return async (item) => {
		if (item.kind === "raw") throw new Error("a raw record does not go through intake");
		if (item.kind === "post")
			return post("/v1/events", { "content-type": "application/json" }, postEvent(item, source));
		return post("/v1/media", { ...attributes(item, source, "ce-"), "content-type": "image/jpeg" }, item.bytes);
	};
}

export interface KafkaCarrier extends AsyncDisposable {
	readonly carry: Carrier;
}

export async function carryByKafka(broker: string, source: string): Promise<KafkaCarrier> {
	const kafka = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING, requestTimeout: 10_000 });
	const producer = kafka.producer({
		createPartitioner: Partitioners.DefaultPartitioner,
		metadataMaxAge: 5_000,
		retry: { retries: 3 },
	});
	await producer.connect();
	return {
		async carry(item) {
			const { topic, value, headers } = toRecord(item, source);
			await producer.send({ topic, acks: -1, messages: [{ key: item.subject, value: Buffer.from(value), headers }] });
		},
		[Symbol.asyncDispose]: () => producer.disconnect(),
	};
}

function toRecord(item: Outgoing, source: string) {
	switch (item.kind) {
		case "post":
			return { topic: topics.posts, value: postEvent(item, source), headers: {} };
		case "picture": {
			const headers = { ...attributes(item, source, "ce_"), "content-type": "image/jpeg" };
			return { topic: topics.media, value: item.bytes, headers };
		}
		case "raw":
			return { topic: item.topic, value: item.value(item), headers: {} };
	}
}

function postEvent(item: Outgoing & { readonly kind: "post" }, source: string): string {
	return JSON.stringify({
		specversion: "1.0",
		type: eventTypes.postPublished,
		source,
		id: item.eventId,
		subject: item.subject,
		time: new Date(item.eventTimeMs).toISOString(),
		data: { text: item.text, authorId: "author", surface: "public" },
	});
}

/** CloudEvents in binary mode. */
function attributes(item: Named, source: string, prefix: "ce-" | "ce_"): Record<string, string> {
	return {
		[`${prefix}specversion`]: "1.0",
		[`${prefix}type`]: eventTypes.mediaUploaded,
		[`${prefix}source`]: source,
		[`${prefix}id`]: item.eventId,
		[`${prefix}subject`]: item.subject,
		[`${prefix}time`]: new Date(item.eventTimeMs).toISOString(),
		[`${prefix}authorid`]: "author",
		[`${prefix}surface`]: "public",
	};
}
