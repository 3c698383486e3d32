// /m: which content of the banks a signal matches, and how far two signals are apart.

import type { FastifyReply } from "fastify";
import {
	type Comparison,
	compareAnswer,
	leftOutHeader,
	lookupAnswer,
	lookupQuery,
	policyHeader,
	rawLookupAnswer,
	rawLookupQuery,
	refusal,
	uploadLookupQuery,
} from "../core/wire/matcher-api.ts";
import { isRecord, jsonOf, type MatcherScope, refusals } from "./api.ts";
import type { HashedMedia } from "./hash-media.ts";
import { formOverheadBytes, hashForm, notHashedHeaders } from "./hash-routes.ts";
import type { Choice } from "./look-up.ts";
import { Refusal } from "./refusal.ts";
import { findSignalType, type SignalType, type SignalValue, shown } from "./signal-type.ts";

export function addLookupRoutes(scope: MatcherScope): void {
	addRawLookup(scope);
	addLookup(scope);
	addUploadLookup(scope);
	addCompare(scope);
}

function addRawLookup({ server, deps, guards }: MatcherScope): void {
	server.route({
		...guards(),
		method: "GET",
		url: "/m/raw_lookup",
		schema: {
			tags: ["matching"],
			summary: "Look a hash up, whatever is switched off",
			querystring: rawLookupQuery,
			response: { 200: rawLookupAnswer, ...refusals },
		},
		handler: async (request) => {
			const { signal, signal_type, banks, include_distance } = request.query;
			const found = await deps.lookUp.raw(findSignalType(signal_type), signal, namesOf(banks));
			const matches = include_distance
				? found.map(({ contentId, distance }) => ({ bank_content_id: contentId, distance }))
				: found.map(({ contentId }) => contentId);
			return { matches };
		},
	});
}

function addLookup({ server, deps, guards, callerOf }: MatcherScope): void {
	server.route({
		...guards({ takesFile: true }),
		method: "GET",
		url: "/m/lookup",
		schema: {
			tags: ["matching"],
			summary: "Look up a hash, or what is at an address",
			description: "With signal_type the answer is by bank; with an address alone by signal type, then by bank.",
			querystring: lookupQuery,
			response: { 200: lookupAnswer, ...refusals, 413: refusal },
		},
		handler: async (request, reply) => {
			const { url, signal, signal_type, content_type, types, banks, seed, bypass_coinflip } = request.query;
			const { allowedHosts, platform, country } = callerOf(request);
			const surface = request.query.surface ?? null;
			const choice = { banks: namesOf(banks), seed, everyBank: bypass_coinflip, platform, surface, country };
			if (!url) {
				if (!signal || !signal_type) throw new Refusal(400, "Either url or both signal and signal_type are required");
				const answer = await deps.lookUp.answering(findSignalType(signal_type), signal, choice);
				reply.headers(headersOf(choice, [answer.leftOut]));
				return answer.matches;
			}
			const hashed = await deps.hashMedia.url({ url, allowedHosts, contentType: content_type || null, types });
			const matches = await answersOf(hashed, choice, { deps, reply });
			return signal_type === undefined ? matches : (matches[signal_type] ?? {});
		},
	});
}

function addUploadLookup(scope: MatcherScope): void {
	const { server, deps, guards, callerOf } = scope;
	server.route({
		...guards({ takesFile: true }),
		method: "POST",
		url: "/m/lookup",
		bodyLimit: deps.maxMediaBytes + formOverheadBytes,
		schema: {
			tags: ["matching"],
			summary: "Look a file up",
			description: "multipart/form-data as for POST /h/hash; answered by signal type, then by bank.",
			querystring: uploadLookupQuery,
			response: { 200: lookupAnswer, ...refusals, 413: refusal },
		},
		handler: async (request, reply) => {
			const { types, banks, seed, bypass_coinflip, surface = null } = request.query;
			const hashed = await hashForm(scope, request, types);
			const { platform, country } = callerOf(request);
			const choice = { banks: namesOf(banks), seed, everyBank: bypass_coinflip === "true", platform, surface, country };
			return answersOf(hashed, choice, { deps, reply });
		},
	});
}

/** By signal type; the reply's headers say what the answers cannot. */
async function answersOf(
	hashed: HashedMedia,
	choice: Choice,
	{ deps, reply }: Pick<MatcherScope, "deps"> & { readonly reply: FastifyReply },
) {
	const byType = await Promise.all(
		hashed.signals.map(async (signal) => [signal.type.name, await deps.lookUp.answeringFile(signal, choice)] as const),
	);
	reply.headers(notHashedHeaders(hashed));
	reply.headers(
		headersOf(
			choice,
			byType.map(([, { leftOut }]) => leftOut),
		),
	);
	return Object.fromEntries(byType.map(([name, { matches }]) => [name, matches]));
}

function headersOf({ platform, surface }: Choice, leftOut: readonly Readonly<Record<string, number>>[]) {
	const total: Record<string, number> = {};
	for (const [bank, entries] of leftOut.flatMap(Object.entries<number>)) total[bank] = (total[bank] ?? 0) + entries;
	const scope = [platform === null ? [] : ["platform"], surface === null ? [] : ["surface"]].flat();
	return {
		[policyHeader]: scope.length === 0 ? "default" : scope.join(" "),
		...(leftOut.every((one) => Object.keys(one).length === 0) ? {} : { [leftOutHeader]: JSON.stringify(total) }),
	};
}

function addCompare({ server, guards }: MatcherScope): void {
	server.route({
		...guards(),
		method: "POST",
		url: "/m/compare",
		schema: {
			tags: ["matching"],
			summary: "Compare two hashes of a kind",
			description: 'The body names signal types with two hashes each: {"pdq": ["…", "…"]}.',
			response: { 200: compareAnswer, ...refusals, 415: refusal },
		},
		handler: async (request) => {
			const pairs = jsonOf(request);
			if (!isRecord(pairs)) throw new Refusal(400, "Request input was not a dict");
			return Object.fromEntries(Object.entries(pairs).map(([name, pair]) => [name, compare(name, pair)]));
		},
	});
}

function compare(name: string, pair: unknown): Comparison {
	if (!Array.isArray(pair)) throw new Refusal(400, `Comparison hashes for ${shown(name)} was not a list`);
	if (pair.length !== 2) throw new Refusal(400, "Comparison hash list length must be exactly 2");
	const type = findSignalType(name);
	const [left, right] = pair.map((one) => parseCompared(type, one)) as [SignalValue, SignalValue];
	return type.compare(left, right);
}

function parseCompared(type: SignalType, text: unknown): SignalValue {
	try {
		return type.parse(text);
	} catch (error) {
		throw new Refusal(400, `Invalid ${type.name} hash: ${error instanceof Error ? error.message : "unreadable"}`);
	}
}

function namesOf(list: string | undefined): ReadonlySet<string> | null {
	return list ? new Set(list.split(",")) : null;
}
