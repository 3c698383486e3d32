// What the routes' schemas cannot say of intake's API: bodies that are not parsed by the server, and examples.
import { z } from "zod";
import { accountOrderMessage } from "../core/wire/account-order.ts";
import { maxBatchEvents } from "../core/wire/intake-api.ts";
import { eventTypes, structuredEvent, surfaces } from "../core/wire/item-event.ts";
import { measureOrderMessage } from "../core/wire/measure-order.ts";
import { orderMessage } from "../core/wire/order.ts";
import { storablePattern } from "../core/wire/storable.ts";
import { describeMatcherBodies } from "../matcher/openapi.ts";
import type { ApiDescription } from "../runtime/http/openapi.ts";
import type { JsonSchema, OpenapiDocument, Operation } from "../runtime/http/openapi-document.ts";

const { $schema: _dialect, ...event } = z.toJSONSchema(structuredEvent, { io: "input", unrepresentable: "any" });
const eventReference = { $ref: "#/components/schemas/Event" };

const { $schema: _orderDialect, ...order } = z.toJSONSchema(orderMessage, { io: "output" });
const orderWebhook: Operation = {
	summary: "What the platform is told to do with one item, and the statement of reasons for its user",
	description:
		"Signed by Standard Webhooks; webhook-id is the orderId, the same on every attempt. Hand the statement on to the user, unless a law forbids that.",
	requestBody: { required: true, content: { "application/json": { schema: order as JsonSchema } } },
	responses: { "2XX": { description: "The platform has done it." } },
};

const { $schema: _measureDialect, ...measureOrder } = z.toJSONSchema(measureOrderMessage, { io: "output" });
const measureOrderWebhook: Operation = {
	summary:
		"A label on one item, or friction in the way of its account, and their end; the statement of reasons for its user",
	description:
		"Signed as the orders on items are, and sent to the same address; the type tells them apart. Sent only where your policy lets a machine do so, or a person asked for it.",
	requestBody: { required: true, content: { "application/json": { schema: measureOrder as JsonSchema } } },
	responses: { "2XX": { description: "The platform has done it." } },
};

const { $schema: _accountDialect, ...accountOrder } = z.toJSONSchema(accountOrderMessage, { io: "output" });
const accountOrderWebhook: Operation = {
	summary: "What people recommend of one account by what was removed of it, and the statement of reasons for its user",
	description:
		"Signed as the orders on items are, and sent to the same address; the type tells them apart. It restricts nothing: whether and how the platform restricts the account is the platform's to decide. Any 2xx says that it was taken.",
	requestBody: { required: true, content: { "application/json": { schema: accountOrder as JsonSchema } } },
	responses: { "2XX": { description: "The platform has taken it." } },
};

const example = {
	specversion: "1.0",
	type: eventTypes.postPublished,
	source: "https://social.example",
	id: "post-1-created",
	subject: "post-1",
	time: "2026-11-24T09:00:00Z",
	data: { text: "hello", authorId: "user-7", surface: "public" },
};

/** One that says where it stands. */
const inConversation = {
	...{ ...example, id: "post-2-created", subject: "post-2" },
	data: {
		...{ text: "hello to you", authorId: "user-9", surface: "public", conversationId: "thread-1", inReplyTo: "post-1" },
		recipients: [{ accountId: "user-7", accountCreated: "2026-11-20T09:00:00Z" }],
	},
};

const eventsBody: Operation["requestBody"] = {
	required: true,
	description:
		"CloudEvents 1.0 in structured, batched or binary mode (attributes as ce- headers, the body is the data). application/json holds one structured event or an array of them.",
	content: {
		"application/cloudevents+json": { schema: eventReference, example },
		"application/cloudevents-batch+json": {
			schema: { type: "array", description: `at most ${maxBatchEvents}; 413 otherwise`, items: eventReference },
			example: [example, inConversation],
		},
		"application/json": { schema: { anyOf: [eventReference, { type: "array", items: eventReference }] } },
	},
};

/** A body without a type: whatever arrives is bytes. */
const bytes: JsonSchema = { minLength: 1, contentMediaType: "application/octet-stream" };
const mediaBody: Operation["requestBody"] = {
	required: true,
	description: "The file's bytes.",
	content: {
		"image/*": { schema: bytes },
		"video/*": { schema: bytes },
		"application/octet-stream": { schema: bytes },
	},
};

export const intakeApi: ApiDescription = {
	title: "Breakwater intake",
	version: "1",
	description:
		"Platforms post what was published, edited, uploaded or deleted; orders come back by signed webhook. /h, /m and /c are the matcher's API, compatible with Hasher-Matcher-Actioner 1.1; their errors have its form.\n\n/v1/reports is for hotlines, trusted flaggers, partners and platforms' report buttons: their keys are bwr_<reporter>_<random>. Every other request carries the platform's key: Authorization: Bearer bw_<platform>_<random>. Errors are problem documents (RFC 9457) with a code that stays the same; where retriable is true, send the request again, unchanged. What one platform may send is bounded by the operator (10 000 items a second at one process, unless set otherwise): beyond that the answer is 429, with Retry-After.",
	securitySchemes: {
		apiKey: {
			type: "http",
			scheme: "bearer",
			description: "The platform's API key, made by `breakwater platform add`",
		},
		reporterKey: {
			type: "http",
			scheme: "bearer",
			description: "The key of an organisation that reports, made by `breakwater reporter add`",
		},
	},
	complete: (document) => ({
		...describeMatcherBodies(
			withAttributes(withBody(withBody(withEvent(document), "/v1/events", eventsBody), "/v1/media", mediaBody)),
		),
		webhooks: {
			order: { post: orderWebhook },
			measureOrder: { post: measureOrderWebhook },
			accountOrder: { post: accountOrderWebhook },
		},
	}),
};

const named = (maxLength: number): JsonSchema => ({ type: "string", minLength: 1, maxLength, ...storablePattern });

/** What must be said, in the query or in headers; a description has no word for "or". */
const mediaParameters: Readonly<Record<string, { readonly required?: true; readonly schema: JsonSchema }>> = {
	id: { required: true, schema: named(512) },
	source: { schema: named(512) },
	subject: { schema: named(512) },
	time: { schema: { type: "string", format: "date-time" } },
	authorId: { required: true, schema: named(256) },
	surface: { required: true, schema: { type: "string", enum: [...surfaces] } },
	postId: { schema: named(512) },
	liveStream: { schema: named(512) },
	liveSequence: { schema: { type: "string", pattern: "^[0-9]{1,15}$" } },
	country: { schema: { type: "string", pattern: "^[A-Z]{2}$" } },
	accountCreated: { schema: { type: "string", format: "date-time" } },
};

function withAttributes(document: OpenapiDocument): OpenapiDocument {
	const path = document.paths?.["/v1/media"];
	const post = path?.post;
	if (path === undefined || post === undefined) return document;
	const parameters = (post.parameters ?? []).map((one) => ({ ...one, ...mediaParameters[one.name] }));
	return { ...document, paths: { ...document.paths, "/v1/media": { ...path, post: { ...post, parameters } } } };
}

function withEvent(document: OpenapiDocument): OpenapiDocument {
	const { components } = document;
	const schemas = { ...components?.schemas, Event: event as JsonSchema };
	return { ...document, components: { ...components, schemas } };
}

function withBody(document: OpenapiDocument, path: string, requestBody: Operation["requestBody"]): OpenapiDocument {
	const post = document.paths?.[path]?.post;
	if (post === undefined || requestBody === undefined) return document;
	return { ...document, paths: { ...document.paths, [path]: { post: { ...post, requestBody } } } };
}
