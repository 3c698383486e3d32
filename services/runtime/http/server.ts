// The HTTP server that intake and review are built on: problem documents for every error, request ids, limits, safe headers, one
// metric and one log line per request, and the API's own description. Routes are the processes'.

import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type RawServerDefault } from "fastify";
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { BreakwaterError, errorCatalogue } from "../../core/errors.ts";
import { problemDocument } from "../../core/wire/problem.ts";
import { registerHealthRoutes } from "../health.ts";
import type { Health } from "../lifecycle.ts";
import type { Logger } from "../logger.ts";
import type { Metrics } from "../metrics.ts";
import { decodeBodies } from "./content-encoding.ts";
import { type KnownRoutes, watchRoutes } from "./known-routes.ts";
import { type ApiDescription, registerOpenapi } from "./openapi.ts";
import { asBreakwaterError, problemContentType, toProblem } from "./problem.ts";

export type HttpServer = FastifyInstance<
	RawServerDefault,
	IncomingMessage,
	ServerResponse,
	FastifyBaseLogger,
	ZodTypeProvider
>;

export interface HttpServerOptions {
	readonly api: ApiDescription;
	readonly logger: Logger;
	readonly metrics: Metrics;
	readonly health: () => Promise<Health>;
	/** How large a body may be where its route says nothing else. */
	readonly bodyLimitBytes: number;
	/** Until the whole request has arrived. */
	readonly requestTimeoutMs: number;
	/** Addresses and networks (CIDR) whose X-Forwarded-For says who is asking; anybody else's is not believed. */
	readonly trustedProxies?: readonly string[];
}

/** For a route's `schema.response`: how its errors look. */
export const problemResponses = {
	"4xx": { description: "Refused", content: { "application/problem+json": { schema: problemDocument } } },
	"5xx": { description: "Failed; try again", content: { "application/problem+json": { schema: problemDocument } } },
} as const;

/** For a route that answers nothing but that it is done. */
export const noContent = { 204: z.undefined().describe("Done") } as const;

/** As long as Node takes a request's head to be: whether a name or number exists is for its route to say. */
const longestParam = 16_384;

export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
	const server: HttpServer = Fastify({
		logger: false,
		bodyLimit: options.bodyLimitBytes,
		// A name that no route knows is dropped like any other; `__proto__` never becomes a prototype.
		onProtoPoisoning: "remove",
		onConstructorPoisoning: "remove",
		requestTimeout: options.requestTimeoutMs,
		genReqId: ({ headers }) => acceptableId(headers["x-request-id"]) ?? randomUUID(),
		return503OnClosing: false,
		routerOptions: { maxParamLength: longestParam },
		trustProxy: [...(options.trustedProxies ?? [])],
		frameworkErrors: (error, request, reply) => sendProblem(options, error, request, reply),
		clientErrorHandler: (error, socket) => answerUnreadable(error, socket),
	}).withTypeProvider<ZodTypeProvider>();
	server.setValidatorCompiler(validatorCompiler);
	server.setSerializerCompiler(serializerCompiler);
	server.removeContentTypeParser("text/plain");
	const routes = watchRoutes(server);
	server.setErrorHandler((error, request, reply) => sendProblem(options, error, request, reply));
	server.setNotFoundHandler((request, reply) => sendProblem(options, new BreakwaterError("not-found"), request, reply));
	addHeaders(server);
	refuseUnknown(server, routes);
	decodeBodies(server);
	observeRequests(server, options);
	await registerOpenapi(server, options.api);
	registerHealthRoutes(server, options);
	return server;
}

/** Lets what is under way end, for at most `drainMs`. */
export async function closeHttpServer(server: HttpServer, drainMs: number): Promise<void> {
	const timer = setTimeout(() => server.server.closeAllConnections(), drainMs);
	try {
		await server.close();
	} finally {
		clearTimeout(timer);
	}
}

/** Nothing is cached, framed, sniffed or linked to unless a route says otherwise. */
function addHeaders(server: HttpServer): void {
	server.addHook("onRequest", async (request, reply) => {
		reply.headers({
			"x-request-id": request.id,
			"cache-control": "no-store",
			"content-security-policy": "default-src 'none'; frame-ancestors 'none'",
			"x-content-type-options": "nosniff",
			"x-frame-options": "DENY",
			"referrer-policy": "no-referrer",
			"cross-origin-opener-policy": "same-origin",
			"cross-origin-resource-policy": "same-origin",
		});
	});
}

/** Before the body is read: what is nowhere takes no body. */
function refuseUnknown(server: HttpServer, routes: KnownRoutes): void {
	server.addHook("onRequest", async (request, reply) => {
		const path = pathOf(request.url);
		if (!request.is404 && routes.takes(path, request.method)) return;
		const methods = routes.methodsOf(path);
		if (methods.length === 0) throw new BreakwaterError("not-found");
		reply.header("allow", methods.toSorted().join(", "));
		throw new BreakwaterError("method-not-allowed");
	});
}

/** The route's pattern, never its path: that can carry tokens and ids. */
function observeRequests(server: HttpServer, { logger, metrics }: HttpServerOptions): void {
	const seconds = metrics.histogram("breakwater_http_request_seconds", "Requests, until the answer was sent.", [
		"method",
		"route",
		"status",
	]);
	server.addHook("onResponse", async (request, reply) => {
		const route = request.routeOptions.url ?? "none";
		if (route === "/live" || route === "/ready" || route === "/metrics") return;
		const { method } = request;
		const status = String(reply.statusCode);
		seconds.observe({ method, route, status }, reply.elapsedTime / 1_000);
		logger.debug({ event: "http-request", method, route, status, requestId: request.id, ms: reply.elapsedTime });
	});
}

/** What is away comes back within seconds, or an operator has to mend it. */
const unavailableSeconds = 5;

type Request = Parameters<Parameters<HttpServer["setErrorHandler"]>[0]>[1];
type Reply = Parameters<Parameters<HttpServer["setErrorHandler"]>[0]>[2];

function sendProblem({ logger }: HttpServerOptions, thrown: unknown, request: Request, reply: Reply) {
	const error = asBreakwaterError(thrown);
	if (error.status >= 500) {
		const { id: requestId, routeOptions } = request;
		logger.error({ event: "http-failed", route: routeOptions?.url ?? "none", requestId, code: error.code, err: error });
	}
	if (error.code === "unauthenticated") reply.header("www-authenticate", "Bearer");
	if (error.status === 503 && !reply.hasHeader("retry-after")) reply.header("retry-after", String(unavailableSeconds));
	// The rest of a refused body is not worth reading.
	if (error.code === "content-too-large") reply.header("connection", "close");
	return reply
		.status(error.status)
		.header("cache-control", "no-store")
		.type(problemContentType)
		.serializer((body: unknown) => JSON.stringify(body))
		.send(toProblem(error, request.id));
}

/** What never became a request: unreadable or oversized headers, a request that took too long. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: import("node:net").Socket): void {
	if (error.code === "ECONNRESET" || !socket.writable) {
		socket.destroy();
		return;
	}
	const [status, phrase] =
		error.code === "HPE_HEADER_OVERFLOW"
			? [431, "Request Header Fields Too Large"]
			: error.code === "ERR_HTTP_REQUEST_TIMEOUT"
				? [408, "Request Timeout"]
				: [400, "Bad Request"];
	const { title, retriable } = errorCatalogue["malformed-request"];
	const body = JSON.stringify({
		type: "urn:breakwater:problem:malformed-request",
		title,
		status,
		code: "malformed-request",
		retriable,
	});
	socket.end(
		`HTTP/1.1 ${status} ${phrase}\r\nconnection: close\r\ncontent-type: ${problemContentType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
	);
}

function acceptableId(header: string | readonly string[] | undefined): string | null {
	return typeof header === "string" && /^[\w-]{1,64}$/.test(header) ? header : null;
}

function pathOf(url: string): string {
	return url.split("?", 1)[0] ?? url;
}
