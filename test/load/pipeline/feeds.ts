// How the load reaches the system: through intake's HTTP, or straight into the stream as a platform with a Kafka producer does.
import { Kafka, logLevel, Partitioners } from "kafkajs";
import { Agent, request } from "undici";
import { maxBatchEvents } from "../../../services/core/wire/intake-api.ts";
import { topics } from "../../../services/core/wire/topics.ts";

interface PostEvent {
	readonly subject: string;
	readonly event: Readonly<Record<string, unknown>>;
}

/** Resolves with true once what was sent is durable, with false where it was refused. */
export interface Feed extends AsyncDisposable {
	posts(events: readonly PostEvent[]): Promise<boolean>;
	picture(
		attributes: Readonly<Record<string, string>> & { readonly subject: string },
		bytes: Uint8Array,
	): Promise<boolean>;
}

export function createHttpFeed(intakeUrl: string, apiKey: string): Feed {
	const agent = new Agent({ connections: 64, pipelining: 1 });
	const post = async (path: string, headers: Record<string, string>, body: string | Buffer) => {
		const all = { authorization: `Bearer ${apiKey}`, ...headers };
		const answer = await request(`${intakeUrl}${path}`, { method: "POST", headers: all, body, dispatcher: agent });
		await answer.body.dump();
		return answer.statusCode === 202;
	};
	return {
		async posts(events) {
			const [only] = events;
			if (events.length === 1 && only !== undefined)
				return post("/v1/events", { "content-type": "application/cloudevents+json" }, JSON.stringify(only.event));
			const parts: PostEvent[][] = [];
			for (let from = 0; from < events.length; from += maxBatchEvents)
				parts.push(events.slice(from, from + maxBatchEvents));
			const headers = { "content-type": "application/cloudevents-batch+json" };
			const taken = await Promise.all(
				parts.map((part) => post("/v1/events", headers, JSON.stringify(part.map(({ event }) => event)))),
			);
			return taken.every(Boolean);
		},
		picture(attributes, bytes) {
			const own = Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]);
			return post("/v1/media", { "content-type": "image/jpeg", ...Object.fromEntries(own) }, Buffer.from(bytes));
		},
		[Symbol.asyncDispose]: () => agent.close(),
	};
}

/** Posts go into the topic; pictures still come by HTTP. */
export async function createKafkaFeed(broker: string, pictures: Feed): Promise<Feed> {
	const kafka = new Kafka({ brokers: [broker], clientId: "bench-platform", logLevel: logLevel.NOTHING });
	const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
	await producer.connect();
	const headers = { "content-type": "application/cloudevents+json; charset=utf-8" };
	return {
		async posts(events) {
			const messages = events.map(({ subject, event }) => ({ key: subject, value: JSON.stringify(event), headers }));
			await producer.send({ topic: topics.posts, acks: -1, messages });
			return true;
		},
		picture: (attributes, bytes) => pictures.picture(attributes, bytes),
		async [Symbol.asyncDispose]() {
			await producer.disconnect();
			await pictures[Symbol.asyncDispose]();
		},
	};
}
