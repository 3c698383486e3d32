// Sends the feed the way a platform would: over HTTP, at a steady rate, whatever the answers' speed.
import { request } from "undici";
import { eventTypes } from "../core/wire/item-event.ts";
import { pause } from "../runtime/pause.ts";
import type { FeedItem } from "./plan-feed.ts";
import type { ProgressWatch } from "./watch-progress.ts";

export interface SendFeedOptions {
	readonly feed: readonly FeedItem[];
	readonly intakeUrl: string;
	readonly apiKey: string;
	readonly source: string;
	readonly itemsPerSecond: number;
	readonly watch: Pick<ProgressWatch, "sent" | "refused">;
	readonly signal: AbortSignal;
}

export async function sendFeed(options: SendFeedOptions): Promise<void> {
	const startedAt = Date.now();
	const underWay: Promise<void>[] = [];
	for (const [index, item] of options.feed.entries()) {
		const dueAt = startedAt + (index * 1000) / options.itemsPerSecond;
		await pause(dueAt - Date.now(), options.signal);
		if (options.signal.aborted) break;
		underWay.push(send(item, options));
	}
	await Promise.all(underWay);
}

async function send(item: FeedItem, options: SendFeedOptions): Promise<void> {
	const at = new Date();
	try {
		const { statusCode, body } = await request(
			...(item.kind === "post" ? postRequest(item, at, options) : pictureRequest(item, at, options)),
		);
		await body.dump();
		if (statusCode === 202) options.watch.sent(item, at);
		else options.watch.refused(item, `status ${statusCode}`);
	} catch {
		options.watch.refused(item, "no answer");
	}
}

type Request = Parameters<typeof request>;

function postRequest(
	item: Extract<FeedItem, { kind: "post" }>,
	at: Date,
	{ intakeUrl, apiKey, source }: SendFeedOptions,
): Request {
	const event = {
		specversion: "1.0",
		type: eventTypes.postPublished,
		source,
		id: item.id,
		subject: item.subject,
		time: at.toISOString(),
		data: { text: item.text, authorId: item.authorId, surface: "public" },
	};
	const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/cloudevents+json" };
	return [`${intakeUrl}/v1/events`, { method: "POST", headers, body: JSON.stringify(event) }];
}

function pictureRequest(
	item: Extract<FeedItem, { kind: "picture" }>,
	at: Date,
	{ intakeUrl, apiKey, source }: SendFeedOptions,
): Request {
	const headers = {
		authorization: `Bearer ${apiKey}`,
		"content-type": item.type,
		"ce-specversion": "1.0",
		"ce-type": eventTypes.mediaUploaded,
		"ce-source": source,
		"ce-id": item.id,
		"ce-subject": item.subject,
		"ce-time": at.toISOString(),
		"ce-authorid": item.authorId,
		"ce-surface": "public",
	};
	return [`${intakeUrl}/v1/media`, { method: "POST", headers, body: Buffer.from(item.bytes) }];
}
