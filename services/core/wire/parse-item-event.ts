// Turns one stream record (headers and value) into an ItemEvent, in structured or binary CloudEvents mode (Kafka protocol
// binding 1.0.2). It decides what is malformed; it does not look at whose event it is.
import { z } from "zod";
import { assertNever } from "../assert-never.ts";
import { type Fault, type FieldRule, faultsOf } from "../fault.ts";
import {
	type EventType,
	eventTypes,
	type ItemEvent,
	type LiveSegment,
	type MediaLocation,
	type StructuredEvent,
	structuredEvent,
	surface,
} from "./item-event.ts";

type ParseProblem = "malformed-json" | "malformed-event" | "unknown-event-type";
export type ParsedEvent =
	| { readonly ok: true; readonly event: ItemEvent }
	| { readonly ok: false; readonly problem: ParseProblem; readonly faults: readonly Fault[] };

const knownTypes: ReadonlySet<string> = new Set<EventType>(Object.values(eventTypes));

export function parseItemEvent(record: {
	readonly headers: Readonly<Record<string, string>>;
	readonly value: Uint8Array;
}): ParsedEvent {
	return record.headers.ce_specversion === undefined
		? parseStructured(record.value)
		: parseBinary(record.headers, record.value);
}

/** Parses a structured event that is already JSON, as HTTP receives it. */
export function parseStructuredEvent(json: unknown): ParsedEvent {
	const type = typeof json === "object" && json !== null && "type" in json ? json.type : undefined;
	if (typeof type === "string" && !knownTypes.has(type))
		return problem("unknown-event-type", { code: "event-type-unknown" });
	const parsed = structuredEvent.safeParse(json);
	return parsed.success
		? fromStructured(parsed.data)
		: problem("malformed-event", ...faultsOf(parsed.error.issues, "body"));
}

function parseStructured(value: Uint8Array): ParsedEvent {
	const json = parseJson(value);
	return json.ok ? parseStructuredEvent(json.value) : problem("malformed-json", { code: "not-json" });
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function parseJson(value: Uint8Array): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
	try {
		return { ok: true, value: JSON.parse(utf8.decode(value)) };
	} catch {
		return { ok: false };
	}
}

function parseBinary(headers: Readonly<Record<string, string>>, value: Uint8Array): ParsedEvent {
	const contentType = headers["content-type"];
	const attributes = Object.fromEntries(
		Object.entries(headers).flatMap(([name, text]) => (name.startsWith("ce_") ? [[name.slice(3), text]] : [])),
	);
	if (contentType === undefined || /^application\/json\b/i.test(contentType)) {
		const data = value.length === 0 ? { ok: true as const, value: undefined } : parseJson(value);
		return data.ok
			? parseStructuredEvent({ ...attributes, data: data.value })
			: problem("malformed-json", { code: "not-json" });
	}
	if (attributes.type !== eventTypes.mediaUploaded)
		return problem("malformed-event", refused("content-type", "bytes-of-no-media"));
	const parsed = structuredEvent.safeParse({ ...attributes, datacontenttype: contentType });
	if (!parsed.success) return problem("malformed-event", ...faultsOf(parsed.error.issues, "body"));
	return fromMediaBytes(parsed.data, value);
}

function baseOf({ source, id, subject, time, country, accountcreated }: StructuredEvent) {
	const said = { time: time ?? null, country: country ?? null, accountCreated: accountcreated ?? null };
	return { source, id, subject: subject ?? id, ...said };
}

function fromStructured(event: StructuredEvent): ParsedEvent {
	const base = baseOf(event);
	switch (event.type) {
		case eventTypes.postPublished:
		case eventTypes.postEdited:
			return { ok: true, event: { type: event.type, post: event.data, ...base } };
		case eventTypes.itemDeleted:
			return { ok: true, event: { type: event.type, ...base } };
		case eventTypes.itemEngagement:
			return { ok: true, event: { type: event.type, engagement: event.data, ...base } };
		case eventTypes.mediaUploaded: {
			if (event.data_base64 !== undefined) return fromMediaBytes(event, Buffer.from(event.data_base64, "base64"));
			const data = event.data;
			if (data === undefined) return problem("malformed-event", refused("data", "media-without-data"));
			const location: MediaLocation | null =
				data.url !== undefined
					? { kind: "url", url: data.url }
					: data.objectKey !== undefined
						? { kind: "object", objectKey: data.objectKey }
						: null;
			if (location === null) return problem("malformed-event", refused("data", "url-or-object-key"));
			const { authorId, surface, postId = null, live } = data;
			const media = { authorId, surface, postId, live: liveOf(live?.streamId, live?.sequence) };
			return { ok: true, event: { type: event.type, media, location, ...base } };
		}
		default:
			return assertNever(event);
	}
}

const inlineMediaAttributes = z.object({
	authorid: z.string().min(1).max(256),
	surface,
	livestream: z.string().optional(),
	livesequence: z.int().optional(),
});

function liveOf(streamId: string | undefined, sequence: number | undefined): LiveSegment | null {
	return streamId === undefined ? null : { streamId, sequence: sequence ?? null };
}

function fromMediaBytes(event: StructuredEvent, bytes: Uint8Array): ParsedEvent {
	const extension = inlineMediaAttributes.safeParse(event);
	if (!extension.success) return problem("malformed-event", ...faultsOf(extension.error.issues, "body"));
	const { authorid: authorId, surface, livestream, livesequence } = extension.data;
	return {
		ok: true,
		event: {
			type: eventTypes.mediaUploaded,
			media: { authorId, surface, postId: null, live: liveOf(livestream, livesequence) },
			location: { kind: "inline", bytes },
			...baseOf(event),
		},
	};
}

function refused(field: string, rule: FieldRule): Fault {
	return { code: "field-refused", field, rule };
}

function problem(kind: ParseProblem, ...faults: readonly Fault[]): ParsedEvent {
	return { ok: false, problem: kind, faults };
}
