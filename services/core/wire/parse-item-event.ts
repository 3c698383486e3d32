// Turns one stream record (headers and value) into an ItemEvent, in structured or binary CloudEvents mode (Kafka protocol
// binding 1.0.2). It decides what is malformed; it does not look at whose event it is.
import { z } from "zod";
import { assertNever } from "../assert-never.ts";
import {
	type EventType,
	eventTypes,
	type ItemEvent,
	type MediaLocation,
	type StructuredEvent,
	structuredEvent,
	surface,
} from "./item-event.ts";

type ParseProblem = "malformed-json" | "malformed-event" | "unknown-event-type";
export type ParsedEvent =
	| { readonly ok: true; readonly event: ItemEvent }
	| { readonly ok: false; readonly problem: ParseProblem; readonly detail: string };

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
	if (typeof type === "string" && !knownTypes.has(type)) return problem("unknown-event-type", "type is not known");
	const parsed = structuredEvent.safeParse(json);
	return parsed.success ? fromStructured(parsed.data) : problem("malformed-event", describeIssues(parsed.error));
}

function parseStructured(value: Uint8Array): ParsedEvent {
	const json = parseJson(value);
	return json.ok ? parseStructuredEvent(json.value) : problem("malformed-json", "the value is not UTF-8 JSON");
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
			: problem("malformed-json", "the value is not UTF-8 JSON");
	}
	if (attributes.type !== eventTypes.mediaUploaded)
		return problem("malformed-event", "content-type: only media may be bytes");
	const parsed = structuredEvent.safeParse({ ...attributes, datacontenttype: contentType });
	if (!parsed.success) return problem("malformed-event", describeIssues(parsed.error));
	return fromMediaBytes(parsed.data, value);
}

function fromStructured(event: StructuredEvent): ParsedEvent {
	const base = {
		source: event.source,
		id: event.id,
		subject: event.subject ?? event.id,
		time: event.time ?? null,
	};
	switch (event.type) {
		case eventTypes.postPublished:
		case eventTypes.postEdited:
			return { ok: true, event: { ...base, type: event.type, post: event.data } };
		case eventTypes.itemDeleted:
			return { ok: true, event: { ...base, type: event.type } };
		case eventTypes.itemEngagement:
			return { ok: true, event: { ...base, type: event.type, engagement: event.data } };
		case eventTypes.mediaUploaded: {
			if (event.data_base64 !== undefined) return fromMediaBytes(event, Buffer.from(event.data_base64, "base64"));
			const data = event.data;
			if (data === undefined) return problem("malformed-event", "data: a media event needs data or data_base64");
			const location: MediaLocation | null =
				data.url !== undefined
					? { kind: "url", url: data.url }
					: data.objectKey !== undefined
						? { kind: "object", objectKey: data.objectKey }
						: null;
			if (location === null) return problem("malformed-event", "data: url or objectKey is required");
			const media = { authorId: data.authorId, surface: data.surface, postId: data.postId ?? null };
			return { ok: true, event: { ...base, type: event.type, media, location } };
		}
		default:
			return assertNever(event);
	}
}

const inlineMediaAttributes = z.object({ authorid: z.string().min(1).max(256), surface });

function fromMediaBytes(event: StructuredEvent, bytes: Uint8Array): ParsedEvent {
	const extension = inlineMediaAttributes.safeParse(event);
	if (!extension.success) return problem("malformed-event", describeIssues(extension.error));
	return {
		ok: true,
		event: {
			source: event.source,
			id: event.id,
			subject: event.subject ?? event.id,
			time: event.time ?? null,
			type: eventTypes.mediaUploaded,
			media: { authorId: extension.data.authorid, surface: extension.data.surface, postId: null },
			location: { kind: "inline", bytes },
		},
	};
}

/** Field paths and rules only, the contract's own in its words: values came with the content and must not reach logs or answers. */
function describeIssues(error: z.ZodError): string {
	return error.issues
		.slice(0, 5)
		.map(
			(issue) =>
				`${issue.path.join(".") || "body"}: ${issue.code === "custom" ? issue.message : issue.code.replaceAll("_", " ")}`,
		)
		.join("; ");
}

function problem(kind: ParseProblem, detail: string): ParsedEvent {
	return { ok: false, problem: kind, detail };
}
