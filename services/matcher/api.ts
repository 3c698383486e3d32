// The API's common ground: who asks, how bodies are read, and errors in HMA's form: `{"message": …}`, or 422 with a list of
// fields.
import type { RateLimitOptions } from "@fastify/rate-limit";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { PlatformId } from "../core/ids.ts";
import type { BankContentStore } from "../core/ports/bank-content-store.ts";
import type { BankStore } from "../core/ports/bank-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { Country } from "../core/wire/country.ts";
import { type InvalidFields, invalidFields, refusal } from "../core/wire/matcher-api.ts";
import { asBreakwaterError } from "../runtime/http/problem.ts";
import type { HttpServer } from "../runtime/http/server.ts";
import type { Logger } from "../runtime/logger.ts";
import type { HashMedia } from "./hash-media.ts";
import type { LookUp } from "./look-up.ts";
import { Form, readForm } from "./read-form.ts";
import { FieldsRefused, Refusal } from "./refusal.ts";

export interface Caller {
	/** Under which its content speaks in banks: `api:` and who it is. */
	readonly source: string;
	/** As history names it. */
	readonly by: string;
	/** Whose policy holds for what it looks up; null where it is no platform. */
	readonly platform: PlatformId | null;
	/** The one that the platform is registered with. */
	readonly country: Country | null;
	readonly allowedHosts: readonly string[];
	/** May change banks and what is in them. */
	readonly mayCurate: boolean;
}

export interface MatcherApiDeps {
	readonly identify: (headers: FastifyRequest["headers"]) => Promise<Caller>;
	readonly hashMedia: HashMedia;
	readonly lookUp: LookUp;
	readonly banks: Omit<BankStore, "create" | "update">;
	readonly contents: BankContentStore;
	readonly index: MatcherIndex;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly maxMediaBytes: number;
	/** How often one caller may ask; null for no limit. */
	readonly maxRequestsPerSecond: number | null;
}

/** The copy of the banks in this process. */
export interface MatcherIndex {
	state(): "loading" | "stale" | "ready";
	/** Resolves once what was changed before is found here; whoever then asks elsewhere waits for a second at most. */
	catchUp(): Promise<void>;
}

export interface MatcherScope {
	readonly server: HttpServer;
	readonly deps: MatcherApiDeps;
	/** For a route's options: who asks is known, and counted, before a body is read or anything is fetched. */
	guards(options?: { readonly curates?: boolean; readonly takesFile?: boolean }): Guards;
	callerOf(request: FastifyRequest): Caller;
}

interface Guards {
	readonly onRequest: ((request: FastifyRequest, reply: FastifyReply) => Promise<void>)[];
	readonly config: { readonly rateLimit?: RateLimitOptions };
}

/** A file is held in memory until it is hashed; more than that, and clients must wait. */
const mostFilesAtOnce = 64;

export const refusals = {
	400: refusal,
	401: refusal,
	403: refusal,
	422: invalidFields,
	503: refusal,
} as const;

export function openMatcherScope(server: HttpServer, deps: MatcherApiDeps): MatcherScope {
	const callers = new WeakMap<FastifyRequest, Caller>();
	const callerOf = (request: FastifyRequest): Caller => {
		const caller = callers.get(request);
		if (caller === undefined) throw new Refusal(401, "A valid key is required.");
		return caller;
	};
	let files = 0;
	const countFile = async ({ method, query }: FastifyRequest, reply: FastifyReply) => {
		// A look-up of a hash has no file.
		if (method === "GET" && !(isRecord(query) && query.url)) return;
		if (files >= mostFilesAtOnce) throw new Refusal(503, "Too many files at once; try again in a second.");
		files += 1;
		reply.raw.once("close", () => {
			files -= 1;
		});
	};
	server.addHook("preValidation", async (request) => {
		request.query = firstOfEach(request.query);
	});
	readBodies(server);
	server.setErrorHandler((error, request, reply) => answerError(deps.logger, error, request, reply));
	// What the schemas say of answers is for the description: answers are made here, not checked.
	server.setSerializerCompiler(() => (body) => JSON.stringify(body));
	return {
		server,
		deps,
		callerOf,
		guards: ({ curates = false, takesFile = false } = {}) => ({
			onRequest: [
				async (request) => {
					const caller = await deps.identify(request.headers);
					if (curates && !caller.mayCurate) throw new Refusal(403, "This key may look up, but not change banks.");
					callers.set(request, caller);
				},
				...(takesFile ? [countFile] : []),
			],
			config: deps.maxRequestsPerSecond === null ? {} : { rateLimit: limitOf(deps.maxRequestsPerSecond, callerOf) },
		}),
	};
}

/** A parameter that is given twice counts once, by its first value, as HMA reads it. */
function firstOfEach(query: unknown): unknown {
	if (!isRecord(query)) return query;
	return Object.fromEntries(
		Object.entries(query).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
	);
}

function limitOf(max: number, callerOf: (request: FastifyRequest) => Caller): RateLimitOptions {
	return {
		max,
		timeWindow: 1_000,
		keyGenerator: (request) => `matcher ${callerOf(request).by}`,
		errorResponseBuilder: () => new Refusal(429, "Too many requests; try again in a second."),
	};
}

/** JSON that cannot be read is told from none at all: HMA answers them differently. */
const unreadable = Symbol("unreadable");

function readBodies(server: HttpServer): void {
	server.removeAllContentTypeParsers();
	server.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => {
		try {
			done(null, JSON.parse(body.toString("utf8")));
		} catch {
			done(null, unreadable);
		}
	});
	server.addContentTypeParser("multipart/form-data", { parseAs: "buffer" }, (request, body, done) => {
		const bytes = typeof body === "string" ? Buffer.from(body) : body;
		done(null, readForm(bytes, request.headers["content-type"] ?? ""));
	});
	server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, _body, done) => done(null, undefined));
}

/** The body as JSON: 415 where it is none, 400 where it cannot be read. */
export function jsonOf({ body }: FastifyRequest): unknown {
	if (body === undefined || body === null || body instanceof Form)
		throw new Refusal(
			415,
			"Did not attempt to load JSON data because the request Content-Type was not 'application/json'.",
		);
	if (body === unreadable) throw new Refusal(400, "The body is not valid JSON.");
	return body;
}

/** The body as an object of that shape: 422 for anything else. */
export function modelOf<S extends z.ZodType>(schema: S, { body }: FastifyRequest): z.infer<S> {
	if (typeof body !== "object" || body === null || body instanceof Form || Array.isArray(body))
		throw new FieldsRefused([{ type: "model_type", loc: [], msg: "Input should be a valid dictionary" }]);
	const parsed = schema.safeParse(body);
	if (parsed.success) return parsed.data;
	throw new FieldsRefused(
		parsed.error.issues.map(({ code, path, message }) => fieldOf(code, path.map(String), message)),
	);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Form);
}

function answerError(logger: Logger, thrown: unknown, request: FastifyRequest, reply: FastifyReply) {
	if (thrown instanceof Refusal) return reply.status(thrown.status).send({ message: thrown.message });
	if (thrown instanceof FieldsRefused) return reply.status(422).send(thrown.fields);
	if (isInvalid(thrown)) return reply.status(422).send(fieldsOf(thrown.validation));
	const error = asBreakwaterError(thrown);
	if (error.status >= 500) {
		const { id: requestId, routeOptions } = request;
		logger.error({ event: "http-failed", route: routeOptions.url ?? "none", requestId, code: error.code, err: error });
	}
	if (error.status === 401) reply.header("www-authenticate", "Bearer");
	if (error.status === 413) reply.header("connection", "close");
	// Under 422 this API lists fields; what else cannot be taken is 400 here.
	return reply.status(error.status === 422 ? 400 : error.status).send({ message: error.message });
}

interface Invalid {
	readonly validation: readonly {
		readonly instancePath: string;
		readonly keyword: string;
		readonly message?: string;
	}[];
}

function isInvalid(thrown: unknown): thrown is Invalid {
	return thrown instanceof Error && "validation" in thrown && Array.isArray(thrown.validation);
}

function fieldsOf(validation: Invalid["validation"]) {
	return validation.map(({ instancePath, keyword, message = "Field is wrong" }) =>
		fieldOf(keyword, instancePath.split("/").filter(Boolean), message),
	);
}

function fieldOf(type: string, loc: string[], msg: string): InvalidFields[number] {
	return msg.endsWith("received undefined") ? { type: "missing", loc, msg: "Field required" } : { type, loc, msg };
}
