// /c/bank/<bank>/content and /signal: what a bank holds, one number for each thing added, with its hashes.

import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { BankSettings } from "../core/banks/bank.ts";
import { entryRejection } from "../core/banks/entry-rejection.ts";
import type { BankContent } from "../core/ports/bank-content-store.ts";
import {
	type ApiContent,
	addedContent,
	changedContent,
	content,
	contentMetadata,
	contentQuery,
	done,
	refusal,
} from "../core/wire/matcher-api.ts";
import { sentence } from "../words/statement.ts";
import { english } from "../words/statements.en.ts";
import { isRecord, jsonOf, type MatcherScope, refusals } from "./api.ts";
import { bankPath, requireBank, toApiBank } from "./bank-routes.ts";
import { readContentChange, readMetadata, readNote } from "./content-fields.ts";
import type { Signal } from "./hash-media.ts";
import { formOverheadBytes, hashForm, notHashedHeaders } from "./hash-routes.ts";
import { Form } from "./read-form.ts";
import { Refusal } from "./refusal.ts";
import { type SignalType, type SignalValue, shown, signalTypeOf, signalTypes } from "./signal-type.ts";

const contentPath = bankPath.extend({ content_id: z.string() });
const addingQuery = z.object({
	url: z.string().optional(),
	content_type: z.string().optional(),
	types: z.string().optional(),
});

export function addContentRoutes(scope: MatcherScope): void {
	addShowing(scope);
	addAddingMedia(scope);
	addAddingSignals(scope);
	addChanging(scope);
	addRemoving(scope);
}

function addShowing({ server, deps, guards }: MatcherScope): void {
	server.route({
		...guards(),
		method: "GET",
		url: "/c/bank/:bank_name/content/:content_id",
		schema: {
			tags: ["content"],
			summary: "Show what a bank holds under a number",
			params: contentPath,
			querystring: contentQuery,
			response: { 200: content, ...refusals, 404: refusal },
		},
		handler: async ({ params, query }): Promise<ApiContent> => {
			const bank = await requireBank(deps.banks, params.bank_name);
			const found = await requireContent(deps, bank, params.content_id);
			const withSignals = query.include_signals?.toLowerCase() === "true";
			const withMetadata = (query.include_metadata ?? "true").toLowerCase() === "true";
			return {
				id: found.id,
				disable_until_ts: found.disableUntilTs,
				original_media_uri: null,
				bank: toApiBank(bank),
				...(withSignals ? { signals: signalsOf(found) } : {}),
				...(withMetadata && found.metadata !== null
					? { metadata: { ...noMetadata, ...contentMetadata.parse(found.metadata), collab: null } }
					: {}),
				...(found.note === null ? {} : { note: found.note }),
			};
		},
	});
}

function addAddingMedia(scope: MatcherScope): void {
	const { server, deps, guards, callerOf } = scope;
	server.route({
		...guards({ curates: true, takesFile: true }),
		method: "POST",
		url: "/c/bank/:bank_name/content",
		bodyLimit: deps.maxMediaBytes + formOverheadBytes,
		schema: {
			tags: ["content"],
			summary: "Add a picture or video to a bank",
			description:
				"A file as for POST /h/hash, or the query's url. Form fields, or JSON beside a url: note (255 characters), metadata ({content_id?, content_uri?, json?}; json_data stands for json). The bytes are not kept.",
			params: bankPath,
			querystring: addingQuery,
			response: { 200: addedContent, ...refusals, 404: refusal, 413: refusal },
		},
		handler: async (request, reply) => {
			const bank = await requireBank(deps.banks, request.params.bank_name);
			const metadata = readMetadata(request.body);
			const note = readNote(request.body);
			const { url, content_type: contentType, types } = request.query;
			const { allowedHosts } = callerOf(request);
			if (!url && !(request.body instanceof Form && request.body.files.length > 0))
				throw new Refusal(400, "Neither `url` nor multipart file upload was received");
			const { signals, notHashed } = url
				? await deps.hashMedia.url({ url, allowedHosts, contentType: contentType || null, types })
				: await hashForm(scope, request, types);
			reply.headers(notHashedHeaders({ notHashed }));
			const given = signals.map(({ type, value, quality }) => ({
				type,
				quality,
				value: value ?? acceptable(type, ""),
			}));
			return addSignals(scope, request, given, { bankId: bank.id, metadata, note });
		},
	});
}

function addAddingSignals(scope: MatcherScope): void {
	const { server, deps, guards } = scope;
	server.route({
		...guards({ curates: true }),
		method: "POST",
		url: "/c/bank/:bank_name/signal",
		schema: {
			tags: ["content"],
			summary: "Add hashes to a bank",
			description: 'Signal types with a hash each, of one thing: {"pdq": "…", "note"?: "…"}.',
			params: bankPath,
			response: { 200: addedContent, ...refusals, 404: refusal, 415: refusal },
		},
		handler: async (request) => {
			const bank = await requireBank(deps.banks, request.params.bank_name);
			const given = jsonOf(request);
			if (!isRecord(given)) throw new Refusal(400, "No signals given");
			const { note: _note, ...texts } = given;
			const note = readNote(given);
			const signals = Object.entries(texts).map(([name, text]) => {
				const type = signalTypes.find((one) => one.name === name);
				if (type === undefined) throw new Refusal(400, `No such signal type ${shown(name)}`);
				return { type, value: acceptable(type, text), quality: null };
			});
			return addSignals(scope, request, signals, { bankId: bank.id, metadata: null, note });
		},
	});
}

async function addSignals(
	{ deps, callerOf }: MatcherScope,
	request: FastifyRequest,
	given: readonly (Pick<Signal, "type" | "quality"> & { readonly value: SignalValue })[],
	about: Pick<BankContent, "bankId" | "metadata" | "note">,
) {
	if (given.length === 0) throw new Refusal(400, "No signals given");
	for (const { type, value } of given) refuseUnfit(type, value);
	const hashes = given.map(({ type, value, quality }) => ({ hashType: type.hashType, ...value, quality }));
	const { source, by } = callerOf(request);
	const id = await deps.contents.add({ source, hashes, ...about }, by);
	await deps.index.catchUp();
	return { id, signals: signalsOf({ hashes }) };
}

function acceptable(type: SignalType, text: unknown): SignalValue {
	try {
		return type.parse(text);
	} catch (error) {
		throw invalid(type, error instanceof Error ? error.message : "unreadable");
	}
}

/** A list that would match what is blank is refused here as everywhere; HMA takes it. */
function refuseUnfit(type: SignalType, { hash }: SignalValue): void {
	const rejection = entryRejection({ hashType: type.hashType, hash, quality: null });
	if (rejection !== null) throw invalid(type, sentence(english, rejection));
}

function invalid({ name }: SignalType, why: string): Refusal {
	return new Refusal(400, `Invalid ${name} signal: ${why}`);
}

function addChanging({ server, deps, guards, callerOf }: MatcherScope): void {
	server.route({
		...guards({ curates: true }),
		method: "PUT",
		url: "/c/bank/:bank_name/content/:content_id",
		schema: {
			tags: ["content"],
			summary: "Switch content off for a time, or change its note",
			description:
				'{"disable_until_ts"?: 1 (on), 0 (off) or a Unix time within five years, "note"?: up to 255 characters, empty to remove it}',
			params: contentPath,
			response: { 200: changedContent, ...refusals, 404: refusal, 415: refusal },
		},
		handler: async (request) => {
			const { params } = request;
			const bank = await requireBank(deps.banks, params.bank_name);
			const { id } = await requireContent(deps, bank, params.content_id);
			const change = readContentChange(jsonOf(request), deps.clock.now());
			const after = await deps.contents.update(id, change, callerOf(request).by);
			if (after === null) throw notFound(params.content_id);
			await deps.index.catchUp();
			return {
				id,
				disable_until_ts: after.disableUntilTs,
				collab_metadata: {},
				original_media_uri: null,
				bank: toApiBank(bank),
				user_metadata: after.metadata === null ? null : contentMetadata.parse(after.metadata),
				note: after.note,
			};
		},
	});
}

function addRemoving({ server, deps, guards, callerOf }: MatcherScope): void {
	server.route({
		...guards({ curates: true }),
		method: "DELETE",
		url: "/c/bank/:bank_name/content/:content_id",
		schema: {
			tags: ["content"],
			summary: "Remove content from a bank",
			params: contentPath,
			response: { 200: z.object({ deleted: z.int() }), ...refusals, 404: done },
		},
		handler: async (request) => {
			const bank = await requireBank(deps.banks, request.params.bank_name);
			const id = idOf(request.params.content_id);
			const found = await deps.contents.find(id);
			const isRemoved = found?.bankId === bank.id && (await deps.contents.remove(id, callerOf(request).by));
			await deps.index.catchUp();
			return { deleted: isRemoved ? 1 : 0 };
		},
	});
}

const noMetadata = { content_id: null, content_uri: null, json: null };

async function requireContent(
	{ contents }: Pick<MatcherScope["deps"], "contents">,
	bank: BankSettings,
	id: string,
): Promise<BankContent> {
	const found = await contents.find(idOf(id));
	if (found === null || found.bankId !== bank.id) throw notFound(id);
	return found;
}

function idOf(text: string): number {
	if (!/^\d{1,15}$/.test(text)) throw notFound(text);
	return Number(text);
}

function notFound(id: string): Refusal {
	return new Refusal(404, `content '${shown(id)}' not found`);
}

function signalsOf({ hashes }: Pick<BankContent, "hashes">): Record<string, string> {
	return Object.fromEntries(
		hashes.flatMap(({ hashType, ...value }) => {
			const type = signalTypeOf(hashType);
			return type === null ? [] : [[type.name, type.write(value)]];
		}),
	);
}
