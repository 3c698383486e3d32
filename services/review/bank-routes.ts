// Banks, imports that wait for someone, entries in quarantine. Leads and operators; what an entry is, leads say.
import { formatOf } from "../bank-file/read-bank-file.ts";
import { BreakwaterError } from "../core/errors.ts";
import type { BankDraft, BankDraftStore } from "../core/ports/bank-draft-store.ts";
import type { BankStore, BankSummary } from "../core/ports/bank-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { EntryWatchStore } from "../core/ports/entry-watch-store.ts";
import {
	bankHistoryAnswer,
	bankHistoryQuery,
	bankParams,
	banksAnswer,
	draftParams,
	draftsAnswer,
	draftsQuery,
	entryParams,
	judgeQuarantinedRequest,
	newDraftQuery,
	quarantineAnswer,
	rejectDraftRequest,
	revertBankAnswer,
	revertBankRequest,
	switchBankRequest,
	type WireBank,
	type WireDraft,
	wireDraft,
} from "../core/wire/bank-api.ts";
import type { Events } from "../runtime/events.ts";
import { type HttpServer, noContent, problemResponses } from "../runtime/http/server.ts";
import type { Guard } from "./guard.ts";
import { receiveBankFile } from "./receive-bank-file.ts";

export interface BankRouteDeps {
	readonly guard: Guard;
	readonly banks: Pick<BankStore, "list" | "findByName" | "update" | "history" | "revert">;
	readonly bankDrafts: Pick<BankDraftStore, "list" | "open" | "stage" | "close" | "accept" | "reject">;
	readonly entryWatch: Pick<EntryWatchStore, "listQuarantined" | "judge">;
	readonly events: Pick<Events, "entryJudged">;
	readonly clock: Clock;
	/** Carries out what was accepted, soon. */
	readonly carryOut: () => void;
}

const tags = ["banks"];
const mostShown = 200;
/** Some three million lines. */
const maxFileBytes = 512 * 1024 * 1024;

export function registerBankRoutes(server: HttpServer, deps: BankRouteDeps): void {
	addBankRoutes(server, deps);
	addHistoryRoutes(server, deps);
	addDraftRoutes(server, deps);
	// In a scope of its own: elsewhere a body is JSON and nothing else.
	server.register(async (scope: HttpServer) => addUploadRoute(scope, deps));
	addQuarantineRoutes(server, deps);
}

function addBankRoutes(server: HttpServer, { guard, banks }: BankRouteDeps): void {
	server.route({
		method: "GET",
		url: "/api/banks",
		schema: { tags, summary: "All banks with their settings", response: { 200: banksAnswer, ...problemResponses } },
		onRequest: guard.needs("bank:read"),
		handler: async () => ({
			banks: (await banks.list()).map(showBank),
		}),
	});
	server.route({
		method: "POST",
		url: "/api/banks/:name/switch",
		schema: {
			tags,
			summary: "Start or stop matching against a bank, in all detectors within a second",
			params: bankParams,
			body: switchBankRequest,
			response: { ...noContent, ...problemResponses },
		},
		onRequest: guard.needs("bank:change"),
		handler: async (request, reply) => {
			const bank = await banks.findByName(request.params.name);
			if (bank === null) throw new BreakwaterError("not-found");
			await banks.update(bank.id, request.body, guard.sessionOf(request).user.login);
			return reply.status(204).send();
		},
	});
}

function showBank(bank: BankSummary): WireBank {
	const { shadowTally: tally } = bank;
	return {
		...bank,
		updatedAt: bank.updatedAt.toISOString(),
		shadowTally: tally === null ? null : { ...tally, since: tally.since.toISOString() },
	};
}

function addHistoryRoutes(server: HttpServer, { guard, banks }: BankRouteDeps): void {
	server.route({
		method: "GET",
		url: "/api/banks/:name/history",
		schema: {
			tags,
			summary: "A bank's changes, newest first; of a removed bank as well",
			params: bankParams,
			querystring: bankHistoryQuery,
			response: { 200: bankHistoryAnswer, ...problemResponses },
		},
		onRequest: guard.needs("bank:read"),
		handler: async (request) => {
			const { before = null, limit } = request.query;
			const revisions = await banks.history(request.params.name, { before, limit });
			return { revisions: revisions.map((one) => ({ ...one, at: one.at.toISOString() })) };
		},
	});
	server.route({
		method: "POST",
		url: "/api/banks/:name/revert",
		schema: {
			tags,
			summary: "Put a bank back to what it was at a sequence; itself a change",
			params: bankParams,
			body: revertBankRequest,
			response: { 200: revertBankAnswer, ...problemResponses },
		},
		onRequest: guard.needs("bank:change"),
		handler: (request) =>
			banks.revert(request.params.name, request.body.toSequence, guard.sessionOf(request).user.login),
	});
}

function addDraftRoutes(server: HttpServer, { guard, bankDrafts, carryOut }: BankRouteDeps): void {
	server.route({
		method: "GET",
		url: "/api/bank-drafts",
		schema: {
			tags,
			summary: "Imports that wait to be accepted or are carried out; with all=true also those that are done",
			querystring: draftsQuery,
			response: { 200: draftsAnswer, ...problemResponses },
		},
		onRequest: guard.needs("bank:read"),
		handler: async (request) => {
			const states = request.query.all === "true" ? {} : { states: ["building", "open", "accepted"] as const };
			const { login } = guard.sessionOf(request).user;
			const drafts = await bankDrafts.list({ ...states, limit: mostShown });
			return { drafts: drafts.map((draft) => showDraft(draft, login)) };
		},
	});
	server.route({
		method: "POST",
		url: "/api/bank-drafts/:id/accept",
		schema: {
			tags,
			summary: "Accept an import as a whole; it is then carried out step by step",
			description: "Where it changes more than the bank allows, another person than the one who imported it must.",
			params: draftParams,
			response: { 200: wireDraft, ...problemResponses },
		},
		onRequest: guard.needs("bank:change"),
		handler: async (request) => {
			const { login } = guard.sessionOf(request).user;
			const accepted = await bankDrafts.accept(request.params.id, login);
			carryOut();
			return showDraft(accepted, login);
		},
	});
	server.route({
		method: "POST",
		url: "/api/bank-drafts/:id/reject",
		schema: {
			tags,
			summary: "Give an import up; nothing of it enters the bank",
			params: draftParams,
			body: rejectDraftRequest,
			response: { 200: wireDraft, ...problemResponses },
		},
		onRequest: guard.needs("bank:change"),
		handler: async (request) => {
			const { login } = guard.sessionOf(request).user;
			return showDraft(await bankDrafts.reject(request.params.id, login, request.body.why), login);
		},
	});
}

function addUploadRoute(scope: HttpServer, { guard, banks, bankDrafts }: BankRouteDeps): void {
	scope.removeAllContentTypeParsers();
	scope.addContentTypeParser("application/octet-stream", (_request, payload, done) => done(null, payload));
	scope.route({
		method: "POST",
		url: "/api/banks/:name/drafts",
		schema: {
			tags,
			summary:
				"Make a draft of a file, which is the body as application/octet-stream; nothing of it enters the bank yet",
			description:
				"CSV, JSON lines or JSON as ThreatExchange gives it. Answers the draft with its delta and what was refused.",
			params: bankParams,
			querystring: newDraftQuery,
			response: { 201: wireDraft, ...problemResponses },
		},
		onRequest: guard.needs("bank:change"),
		handler: async (request, reply) => {
			const { login } = guard.sessionOf(request).user;
			const bank = await banks.findByName(request.params.name);
			if (bank === null) throw new BreakwaterError("not-found");
			const { origin, format = formatOf(origin), source = bank.name, replacing } = request.query;
			const draft = { bankId: bank.id, by: login, origin, source, isReplacing: replacing === "true" };
			const file = { draft, format, body: request.raw, maxBytes: maxFileBytes };
			const received = await receiveBankFile(bankDrafts, file);
			return reply.status(201).send(showDraft(received, login));
		},
	});
}

function showDraft(draft: BankDraft, login: string): WireDraft {
	const { createdAt, rejected, sources, faults, ...rest } = draft;
	return {
		...rest,
		isMine: draft.createdBy === login,
		createdAt: createdAt.toISOString(),
		rejected: { ...rejected, first: rejected.first.map((one) => ({ ...one })) },
		sources: { ...sources, first: [...sources.first] },
		faults: [...faults],
	};
}

function addQuarantineRoutes(server: HttpServer, { guard, entryWatch, events, clock }: BankRouteDeps): void {
	server.route({
		method: "GET",
		url: "/api/quarantine",
		schema: {
			tags,
			summary: "Entries that suddenly matched much: their matches go to people until someone has looked",
			response: { 200: quarantineAnswer, ...problemResponses },
		},
		onRequest: guard.needs("bank:read"),
		handler: async () => {
			const entries = await entryWatch.listQuarantined(new Date(clock.now()), mostShown);
			return {
				entries: entries.map(({ id, bankName, hashType, opinions, at, reason, activity, openCases }) => ({
					...{ id, bankName, hashType, reason, openCases },
					opinions: opinions.map(({ source, kind }) => ({ source, kind })),
					at: at.toISOString(),
					recentHits: activity.recentHits,
					recentAccounts: activity.recentAccounts,
				})),
			};
		},
	});
	server.route({
		method: "POST",
		url: "/api/quarantine/:id/judge",
		schema: {
			tags,
			summary: "Confirm, dispute or clear an entry; ends its quarantine",
			params: entryParams,
			body: judgeQuarantinedRequest,
			response: { ...noContent, ...problemResponses },
		},
		onRequest: guard.needs("entry:judge"),
		handler: async (request, reply) => {
			const { id } = request.params;
			const { judgement, why } = request.body;
			const person = { by: guard.sessionOf(request).user.login, why, at: new Date(clock.now()) };
			if (!(await entryWatch.judge(id, judgement, person))) throw new BreakwaterError("not-found");
			events.entryJudged({ entryId: id, judgement });
			return reply.status(204).send();
		},
	});
}
