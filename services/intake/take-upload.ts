// One upload: attributes checked before a byte is read, bytes streamed to the media store, then the event that names them.
import type { Readable } from "node:stream";
import { BreakwaterError } from "../core/errors.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { ItemStream } from "../core/ports/item-stream.ts";
import type { MediaStore } from "../core/ports/media-store.ts";
import type { Platform } from "../core/ports/platform-store.ts";
import { type MediaAttributes, mediaAttributes, type UploadAnswer } from "../core/wire/intake-api.ts";
import { eventTypes } from "../core/wire/item-event.ts";
import { newMediaKey } from "../core/wire/media-key.ts";
import { parseStructuredEvent } from "../core/wire/parse-item-event.ts";
import { topics } from "../core/wire/topics.ts";
import type { Logger } from "../runtime/logger.ts";
import { noticeTimes } from "./notice-times.ts";
import { decodeHeader, foreignSource } from "./read-events.ts";
import { signedFor } from "./signed-for.ts";

export interface TakeUploadDeps {
	readonly mediaStore: Pick<MediaStore, "put" | "delete">;
	readonly stream: Pick<ItemStream, "publish">;
	/** What records are signed with; null where nothing is signed. */
	readonly eventSecret: string | null;
	readonly clock: Clock;
	readonly logger: Logger;
}

export interface Upload {
	readonly platform: Platform;
	readonly attributes: MediaAttributes;
	readonly body: Readable;
	readonly maxBytes: number;
}

export function createTakeUpload(deps: TakeUploadDeps): (upload: Upload) => Promise<UploadAnswer> {
	return async ({ platform, attributes, body, maxBytes }) => {
		const objectKey = newMediaKey(platform, deps.clock.now());
		const { id, subject, time, json } = describeUpload(platform, attributes, objectKey);
		const { sizeBytes, sha256 } = await store(body, objectKey, maxBytes);
		if (sizeBytes === 0) {
			await forget(objectKey);
			throw new BreakwaterError("malformed-request", { detail: "the body is empty" });
		}
		const headers = { "content-type": "application/cloudevents+json; charset=utf-8" };
		// Where this fails the event may be in the stream all the same: its bytes stay, or a known picture could not be recognized.
		const record = signedFor(deps.eventSecret, platform, { key: subject, value: Buffer.from(json), headers });
		await deps.stream.publish(topics.media, [record]);
		const notices = noticeTimes([time], deps.clock.now());
		return { accepted: 1, ids: [id], ...notices, sizeBytes, sha256: Buffer.from(sha256).toString("hex") };
	};

	async function store(body: Readable, objectKey: string, maxBytes: number) {
		try {
			return await deps.mediaStore.put(objectKey, body, maxBytes);
		} catch (error) {
			if (error instanceof BreakwaterError || !body.destroyed || body.readableEnded) throw error;
			throw new BreakwaterError("malformed-request", { detail: "the body ended early", cause: error });
		}
	}

	/** What no event names is of no use; that it could not be deleted changes nothing for the sender. */
	async function forget(objectKey: string): Promise<void> {
		try {
			await deps.mediaStore.delete(objectKey);
		} catch (error) {
			deps.logger.warn({ event: "upload-left-behind", err: error });
		}
	}
}

export interface UploadLimits {
	readonly maxMediaBytes: number;
	readonly maxVideoBytes: number;
}

/** What says that it is a video may be as large as one; what then is none is not examined. */
export function mostBytesOf(mediaType: string, { maxMediaBytes, maxVideoBytes }: UploadLimits): number {
	return mediaType.startsWith("video/") ? maxVideoBytes : maxMediaBytes;
}

/** Throws where they could not become an event of the platform's. */
export function checkAttributes(platform: Platform, attributes: MediaAttributes): void {
	describeUpload(platform, attributes, newMediaKey(platform, 0));
}

function describeUpload(platform: Platform, attributes: MediaAttributes, objectKey: string) {
	const { id, subject, time, country, accountCreated, authorId, surface, postId } = attributes;
	const { liveStream: streamId, liveSequence } = attributes;
	const sequence = liveSequence === undefined ? undefined : wholeNumber(liveSequence);
	const { source } = platform;
	const event = {
		specversion: "1.0",
		type: eventTypes.mediaUploaded,
		id,
		source: attributes.source ?? source,
		subject,
		time,
		country,
		accountcreated: accountCreated,
		datacontenttype: "application/json",
		data: { authorId, surface, postId, objectKey, ...(streamId !== undefined && { live: { streamId, sequence } }) },
	};
	const parsed = parseStructuredEvent(event);
	if (!parsed.ok) throw new BreakwaterError(parsed.problem, { reasons: parsed.faults });
	if (parsed.event.source !== source) throw foreignSource(platform);
	const { id: eventId, subject: itemSubject, time: eventTime } = parsed.event;
	return { id: eventId, subject: itemSubject, time: eventTime, json: JSON.stringify(event) };
}

function wholeNumber(text: string): number {
	if (!/^\d{1,15}$/.test(text))
		throw new BreakwaterError("malformed-request", { detail: "liveSequence: it is a whole number from 0" });
	return Number(text);
}

/** Attributes of the query, then of `ce-` headers, whose names have no capitals. */
export function uploadAttributes(
	query: MediaAttributes,
	headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): MediaAttributes {
	const given = Object.entries(query).filter(([, value]) => value !== undefined);
	const fromHeaders = Object.keys(mediaAttributes.shape).flatMap((name) => {
		const value = headers[`ce-${name.toLowerCase()}`];
		return typeof value === "string" ? [[name, decodeHeader(value)]] : [];
	});
	return { ...Object.fromEntries(fromHeaders), ...Object.fromEntries(given) };
}
