// Turns one HTTP request into stream records, by CloudEvents' HTTP binding 1.0.2: structured, batched or binary mode. Nothing is
// published unless everything is well formed and the sender's own.

import { BreakwaterError } from "../core/errors.ts";
import type { OutgoingRecord } from "../core/ports/item-stream.ts";
import type { Platform } from "../core/ports/platform-store.ts";
import { maxBatchEvents } from "../core/wire/intake-api.ts";
import { type EventType, topicOf } from "../core/wire/item-event.ts";
import { namesOwnMedia } from "../core/wire/media-key.ts";
import { type ParsedEvent, parseItemEvent, parseStructuredEvent } from "../core/wire/parse-item-event.ts";
import { type InboundTopic, topics } from "../core/wire/topics.ts";
import { BatchError } from "../runtime/http/problem.ts";

export interface EventRequest {
	readonly platform: Platform;
	readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
	readonly body: Uint8Array;
	/** How large one event may be as it goes into the stream. */
	readonly maxEventBytes: number;
}

export interface IncomingEvent {
	readonly id: string;
	readonly type: EventType;
	readonly time: Date | null;
	readonly topic: InboundTopic;
	readonly record: OutgoingRecord;
}

const structuredHeaders = { "content-type": "application/cloudevents+json; charset=utf-8" };

/** Throws the one event's error; for a batch a `BatchError` that lists them all. */
export function readEvents(request: EventRequest): readonly IncomingEvent[] {
	const type = mediaTypeOf(request.headers["content-type"]);
	if (type === "application/cloudevents-batch+json") return readBatch(request, parseJson(request.body));
	if (type === "application/cloudevents+json") return [readStructured(request, request.body)];
	if (request.headers["ce-specversion"] !== undefined) return [readBinary(request)];
	if (type !== "application/json") {
		throw new BreakwaterError("unsupported-media-type", {
			detail:
				"send application/cloudevents+json, application/cloudevents-batch+json, application/json, or a body with ce- headers",
		});
	}
	const json = parseJson(request.body);
	return Array.isArray(json) ? readBatch(request, json) : [readStructured(request, request.body)];
}

/** The sender's own bytes go on unchanged. */
function readStructured(request: EventRequest, value: Uint8Array): IncomingEvent {
	return checked(request, parseItemEvent({ headers: {}, value }), { value, headers: structuredHeaders });
}

function readBinary(request: EventRequest): IncomingEvent {
	const headers = streamHeaders(request.headers);
	return checked(request, parseItemEvent({ headers, value: request.body }), { value: request.body, headers });
}

function readBatch(request: EventRequest, json: unknown): readonly IncomingEvent[] {
	if (!Array.isArray(json)) throw new BreakwaterError("malformed-event", { detail: "body: a batch is a JSON array" });
	if (json.length > maxBatchEvents)
		throw new BreakwaterError("content-too-large", { detail: `a batch holds at most ${maxBatchEvents} events` });
	const problems: BatchError["problems"] = [];
	const events = json.flatMap((one: unknown, index) => {
		try {
			return [readBatched(request, one)];
		} catch (error) {
			if (!(error instanceof BreakwaterError)) throw error;
			problems.push({ index, code: error.code, detail: error.message });
			return [];
		}
	});
	if (problems.length > 0) throw new BatchError(problems);
	return events;
}

function readBatched(request: EventRequest, json: unknown): IncomingEvent {
	const parsed = parseStructuredEvent(json);
	return checked(request, parsed, { value: Buffer.from(toJson(json)), headers: structuredHeaders });
}

/** Nesting that JSON.parse still takes can be too deep to be written again. */
function toJson(json: unknown): string {
	try {
		return JSON.stringify(json);
	} catch (error) {
		throw new BreakwaterError("malformed-event", { detail: "body: nested too deeply", cause: error });
	}
}

export function foreignSource({ source }: Platform): BreakwaterError {
	return new BreakwaterError("foreign-source", { detail: `source: this key's platform sends as ${source}` });
}

function checked(request: EventRequest, parsed: ParsedEvent, record: Omit<OutgoingRecord, "key">): IncomingEvent {
	if (!parsed.ok) throw new BreakwaterError(parsed.problem, { reasons: parsed.faults });
	const { event } = parsed;
	const { platform, maxEventBytes } = request;
	if (event.source !== platform.source) throw foreignSource(platform);
	if (record.value.length > maxEventBytes)
		throw new BreakwaterError("content-too-large", { detail: `an event has at most ${maxEventBytes} bytes` });
	if (!namesOwnMedia(event, platform))
		throw new BreakwaterError("malformed-event", {
			reasons: [{ code: "field-refused", field: "data.objectKey", rule: "of-another-platform" }],
		});
	const { id, type, subject, time } = event;
	return { id, type, time, topic: topics[topicOf(type)], record: { key: subject, ...record } };
}

/** `ce-` headers of HTTP become `ce_` headers of the stream (Kafka binding); their values are percent-decoded (HTTP binding §3.1.3.2). */
function streamHeaders(headers: EventRequest["headers"]): Readonly<Record<string, string>> {
	const attributes = Object.entries(headers).flatMap(([name, value]) =>
		name.startsWith("ce-") && typeof value === "string" ? [[`ce_${name.slice(3)}`, decodeHeader(value)]] : [],
	);
	const contentType = headers["content-type"];
	return {
		...Object.fromEntries(attributes),
		...(typeof contentType === "string" ? { "content-type": contentType } : {}),
	};
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Unquoted first, then percent-decoded once (HTTP binding §3.1.3.2). Letters that are sent as they are arrive as one character a byte, and mean UTF-8. */
export function decodeHeader(value: string): string {
	try {
		return decodeURIComponent(unquote(utf8.decode(Buffer.from(value, "latin1"))));
	} catch (error) {
		throw new BreakwaterError("malformed-event", { detail: "ce- headers: not percent-encoded UTF-8", cause: error });
	}
}

/** A quoted string of RFC 9110, section 5.6.4; anything else stays as it is. */
function unquote(value: string): string {
	const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(value)?.[1];
	return quoted === undefined ? value : quoted.replace(/\\(.)/g, "$1");
}

function parseJson(body: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
	} catch (error) {
		throw new BreakwaterError("malformed-json", { cause: error });
	}
}

export function mediaTypeOf(contentType: string | readonly string[] | undefined): string {
	return typeof contentType === "string" ? (contentType.split(";", 1)[0] ?? "").trim().toLowerCase() : "";
}
