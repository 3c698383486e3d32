// /h/hash: the signals of a file, sent or fetched.
import type { FastifyRequest } from "fastify";
import { hashAnswer, hashQuery, notHashedHeader, refusal, uploadQuery } from "../core/wire/matcher-api.ts";
import { type MatcherScope, refusals } from "./api.ts";
import { type HashedMedia, textsOf } from "./hash-media.ts";
import { Form } from "./read-form.ts";
import { Refusal } from "./refusal.ts";
import { chooseSignalTypes, parseContentType } from "./signal-type.ts";

/** Beside the file itself: boundaries, headers and what other fields hold. */
export const formOverheadBytes = 65_536;

export function addHashRoutes(scope: MatcherScope): void {
	const { server, deps, callerOf } = scope;
	server.route({
		...scope.guards({ takesFile: true }),
		method: "GET",
		url: "/h/hash",
		schema: {
			tags: ["hashing"],
			summary: "Hash a picture or video at an address",
			querystring: hashQuery,
			response: { 200: hashAnswer, ...refusals, 413: refusal },
		},
		handler: async (request, reply) => {
			const { url, content_type: contentType, types } = request.query;
			const { allowedHosts } = callerOf(request);
			const hashed = await deps.hashMedia.url({ url, allowedHosts, contentType: contentType || null, types });
			reply.headers(notHashedHeaders(hashed));
			return textsOf(hashed.signals);
		},
	});
	server.route({
		...scope.guards({ takesFile: true }),
		method: "POST",
		url: "/h/hash",
		bodyLimit: deps.maxMediaBytes + formOverheadBytes,
		schema: {
			tags: ["hashing"],
			summary: "Hash a file",
			description: "multipart/form-data with one file, in a field named by its content type: photo or video.",
			querystring: uploadQuery,
			response: { 200: hashAnswer, ...refusals, 413: refusal },
		},
		handler: async (request, reply) => {
			const hashed = await hashForm(scope, request, request.query.types);
			reply.headers(notHashedHeaders(hashed));
			return textsOf(hashed.signals);
		},
	});
}

/** Which types the file has no hash of, and why: their matches are unknown. */
export function notHashedHeaders({ notHashed }: Pick<HashedMedia, "notHashed">): Readonly<Record<string, string>> {
	if (notHashed.length === 0) return {};
	return { [notHashedHeader]: notHashed.map(({ type, reason }) => `${type.name}=${reason}`).join(", ") };
}

/** The signals of the one file in a form. */
export async function hashForm(
	{ deps }: Pick<MatcherScope, "deps">,
	{ body }: FastifyRequest,
	types: string | undefined,
): Promise<HashedMedia> {
	const files = body instanceof Form ? body.files : [];
	const [file] = files;
	if (file === undefined) throw new Refusal(400, "Missing multipart/form-data file upload");
	if (files.length > 1) throw new Refusal(400, "Only one file allowed per request");
	return deps.hashMedia.file(file.bytes, chooseSignalTypes(parseContentType(file.field), types));
}
