// The endpoints of intake. A request is authenticated and counted before its body is read.
import { Readable } from "node:stream";
import rateLimit, { type RateLimitOptions } from "@fastify/rate-limit";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { BreakwaterError } from "../core/errors.ts";
import type { ItemStream } from "../core/ports/item-stream.ts";
import type { Platform } from "../core/ports/platform-store.ts";
import { type AcceptedAnswer, acceptedAnswer, mediaAttributes, uploadAnswer } from "../core/wire/intake-api.ts";
import { eventTypes } from "../core/wire/item-event.ts";
import type { Events } from "../runtime/events.ts";
import type { CheckKey } from "../runtime/http/check-key.ts";
import { asBreakwaterError } from "../runtime/http/problem.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import { type AppealRouteDeps, registerAppealRoutes } from "./appeal-routes.ts";
import type { ItemAllowance } from "./item-allowance.ts";
import { noticeTimes } from "./notice-times.ts";
import { type IncomingEvent, mediaTypeOf, readEvents } from "./read-events.ts";
import { type ReportRouteDeps, registerReportRoutes } from "./report-routes.ts";
import { addResumableRoutes, type PartsOfUploads } from "./resumable-routes.ts";
import { signedFor } from "./signed-for.ts";
import { createTakeUpload, mostBytesOf, type TakeUploadDeps, uploadAttributes } from "./take-upload.ts";

export interface IntakeDeps
	extends TakeUploadDeps,
		Pick<AppealRouteDeps, "laws">,
		Pick<ReportRouteDeps, "reporters" | "checkReporterKey"> {
	readonly appeals: AppealRouteDeps["appeals"] & ReportRouteDeps["appeals"];
	readonly checkKey: CheckKey;
	readonly events: Pick<Events, "appealReceived" | "eventAccepted" | "eventRefused" | "reportReceived">;
	readonly maxEventBytes: number;
	readonly maxMediaBytes: number;
	/** An upload that says that it is a video may have more. */
	readonly maxVideoBytes: number;
	readonly allowance: ItemAllowance;
	readonly uploads: PartsOfUploads;
	/** How often one platform may ask this process. */
	readonly maxRequestsPerSecond: number;
}

/** How often one reporter may ask this process. */
const maxReportRequestsPerSecond = 200;
/** Many small events in one request are cheap; parsing must still not hold up the event loop. */
const maxBatchBytes = 4 * 1_048_576;

export async function registerIntakeRoutes(server: HttpServer, deps: IntakeDeps): Promise<void> {
	await server.register(rateLimit, { global: false });
	const senders = new WeakMap<FastifyRequest, Platform>();
	const platformOf = (request: FastifyRequest): Platform => {
		const platform = senders.get(request);
		if (platform === undefined) throw new BreakwaterError("unauthenticated");
		return platform;
	};
	const guarded = (): Guards => ({
		// A list of its own for each route: the rate limit adds itself to it.
		onRequest: [
			async (request) => {
				senders.set(request, await deps.checkKey(request.headers.authorization));
			},
		],
		onError: async (_request, _reply, error) => deps.events.eventRefused({ code: asBreakwaterError(error).code }),
		config: {
			rateLimit: {
				max: deps.maxRequestsPerSecond,
				timeWindow: 1_000,
				keyGenerator: (request) => platformOf(request).id,
				errorResponseBuilder: () => new BreakwaterError("rate-limited"),
			},
		},
	});
	registerAppealRoutes(server, deps, () => withoutCounting(guarded()), platformOf);
	registerReportRoutes(server, { ...deps, maxRequestsPerSecond: maxReportRequestsPerSecond });
	await server.register(async (scope: HttpServer) => addEventRoute(scope, deps, guarded(), platformOf));
	await server.register(async (scope: HttpServer) => addMediaRoute(scope, deps, guarded(), platformOf));
	const takeOne = (platform: Platform, reply: ReplyHeaders) => takeAllowance(deps.allowance, platform, 1, reply);
	await server.register(async (scope: HttpServer) =>
		addResumableRoutes(scope, { ...deps, takeAllowance: takeOne }, guarded, platformOf),
	);
}

/** An appeal that is refused is no event that is. */
function withoutCounting({ onError: _, ...guards }: Guards): Omit<Guards, "onError"> {
	return guards;
}

export interface Guards {
	readonly onRequest: ((request: FastifyRequest) => Promise<void>)[];
	readonly onError: (request: FastifyRequest, reply: FastifyReply, error: Error) => Promise<void>;
	readonly config: { readonly rateLimit: RateLimitOptions };
}
export type PlatformOf = (request: FastifyRequest) => Platform;

function addEventRoute(scope: HttpServer, deps: IntakeDeps, guards: Guards, platformOf: PlatformOf): void {
	scope.removeAllContentTypeParsers();
	scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
	scope.route({
		...guards,
		method: "POST",
		url: "/v1/events",
		bodyLimit: Math.max(maxBatchBytes, deps.maxEventBytes),
		schema: {
			tags: ["events"],
			summary: "Post one event, or a batch",
			description:
				"Answers 202 once every event is durable. The body may be compressed (content-encoding: gzip). A batch is taken whole or not at all: its problem document lists what is wrong with which event. The same source and id again changes nothing, however much later, so a request may be repeated until it is answered; within one batch it counts once, and the answer names it in `repeated`.",
			security: [{ apiKey: [] }],
			response: { 202: acceptedAnswer, ...problemResponses },
		},
		handler: async (request, reply) => {
			const platform = platformOf(request);
			const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
			const { maxEventBytes } = deps;
			const events = readEvents({ platform, headers: request.headers, body, maxEventBytes });
			takeAllowance(deps.allowance, platform, events.length, reply);
			const signed = events.map((event) => ({
				...event,
				record: signedFor(deps.eventSecret, platform, event.record),
			}));
			await publish(deps.stream, signed);
			for (const { type } of events) deps.events.eventAccepted({ type, platformId: platform.id });
			const notices = noticeTimes(
				events.map(({ time }) => time),
				deps.clock.now(),
			);
			return reply.status(202).send({ ...countIds(events.map(({ id }) => id)), ...notices });
		},
	});
}

/** Each id once: an event of an id that came before is a repetition, here as in any later request. */
function countIds(given: readonly string[]): Pick<AcceptedAnswer, "accepted" | "ids" | "repeated"> {
	const ids = new Set<string>();
	const repeated = new Set<string>();
	for (const id of given) (ids.has(id) ? repeated : ids).add(id);
	return { accepted: ids.size, ids: [...ids], ...(repeated.size === 0 ? {} : { repeated: [...repeated] }) };
}

type ReplyHeaders = { header(name: string, value: string): unknown };

/** Throws where the platform has used up what it may send for now. */
function takeAllowance(allowance: ItemAllowance, platform: Platform, items: number, reply: ReplyHeaders): void {
	const refused = allowance.take(platform.id, items);
	if (refused === null) return;
	reply.header("retry-after", String(Math.ceil(refused.waitMs / 1_000)));
	throw new BreakwaterError("rate-limited");
}

/** Topic by topic, in the order in which events came. If the second fails the first stays published: sending again is harmless. */
async function publish(stream: Pick<ItemStream, "publish">, events: readonly IncomingEvent[]): Promise<void> {
	for (const topic of new Set(events.map((event) => event.topic))) {
		const records = events.filter((event) => event.topic === topic).map(({ record }) => record);
		await stream.publish(topic, records);
	}
}

function addMediaRoute(scope: HttpServer, deps: IntakeDeps, guards: Guards, platformOf: PlatformOf): void {
	const takeUpload = createTakeUpload(deps);
	scope.removeAllContentTypeParsers();
	scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
	scope.route({
		...guards,
		method: "POST",
		url: "/v1/media",
		schema: {
			tags: ["media"],
			summary: "Upload a picture's bytes",
			description:
				"The body is the file itself, with its own content type. What is large, or may be interrupted, comes in parts to /v1/uploads, by the tus protocol 1.0.0 (creation, creation-with-upload, termination, expiration): upload-metadata has these attributes and filetype, and an upload must be complete within 24 hours. Attributes go into the query or into ce- headers. content-encoding gzip is decoded; size and sha256 are those of the file. Answers 202 once bytes and event are durable.",
			security: [{ apiKey: [] }],
			querystring: mediaAttributes,
			response: { 202: uploadAnswer, ...problemResponses },
		},
		handler: async (request, reply) => {
			const platform = platformOf(request);
			const maxBytes = mostBytesOf(mediaTypeOf(request.headers["content-type"]), deps);
			checkUpload(request.headers, maxBytes);
			takeAllowance(deps.allowance, platform, 1, reply);
			if (!(request.body instanceof Readable))
				throw new BreakwaterError("malformed-request", { detail: "the body is empty" });
			const attributes = uploadAttributes(request.query, request.headers);
			const answer = await takeUpload({ platform, attributes, body: request.body, maxBytes });
			deps.events.eventAccepted({ type: eventTypes.mediaUploaded, platformId: platform.id });
			return reply.status(202).send(answer);
		},
	});
}

/** Forms wrap the file in something that is not the file. */
function checkUpload(headers: FastifyRequest["headers"], maxBytes: number): void {
	const type = mediaTypeOf(headers["content-type"]);
	if (type.startsWith("multipart/") || type === "application/x-www-form-urlencoded") {
		throw new BreakwaterError("unsupported-media-type", {
			detail: "send the file itself as the body, with its own content type (not a form)",
		});
	}
	const length = z.coerce.number().safeParse(headers["content-length"] ?? 0);
	if (length.success && length.data > maxBytes)
		throw new BreakwaterError("content-too-large", { detail: `an upload has at most ${maxBytes} bytes` });
}
