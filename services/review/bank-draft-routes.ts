// Imports that wait for someone: a file becomes a draft, a draft is accepted or rejected. Leads and operators.
import { Readable } from "node:stream";
import { type BankProposal, proposedSettings } from "../core/banks/bank-proposal.ts";
import { bankStep } from "../core/banks/bank-step.ts";
import { BreakwaterError } from "../core/errors.ts";
import type { BankDraft, BankDraftStore } from "../core/ports/bank-draft-store.ts";
import type { BankStore } from "../core/ports/bank-store.ts";
import {
	acceptDraftRequest,
	bankParams,
	draftParams,
	draftsAnswer,
	draftsQuery,
	newDraftQuery,
	rejectDraftRequest,
	type WireDraft,
	wireDraft,
} from "../core/wire/bank-api.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import type { Guard } from "./guard.ts";
import { receiveBankFile } from "./receive-bank-file.ts";

export interface BankDraftRouteDeps {
	readonly guard: Guard;
	readonly banks: Pick<BankStore, "findByName">;
	readonly bankDrafts: Pick<BankDraftStore, "list" | "open" | "stage" | "close" | "accept" | "reject">;
	/** Carries out what was accepted, soon. */
	readonly carryOut: () => void;
}

const tags = ["banks"];
const mostShown = 200;
/** Some three million lines. */
const maxFileBytes = 512 * 1024 * 1024;

export function registerBankDraftRoutes(server: HttpServer, deps: BankDraftRouteDeps): void {
	addDraftRoutes(server, deps);
	// In a scope of its own: elsewhere a body is JSON and nothing else.
	server.register(async (scope: HttpServer) => addUploadRoute(scope, deps));
}

function addDraftRoutes(server: HttpServer, { guard, bankDrafts, carryOut }: BankDraftRouteDeps): void {
	server.route({
		method: "GET",
		url: "/api/bank-drafts",
		schema: {
			tags,
			summary:
				"Imports that wait to be accepted or are carried out, and what else of a bank waits for a second person; with all=true also what is done",
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
			summary: "Accept an import as a whole, to be carried out step by step, or what another person proposes",
			description:
				"Where an import changes more than the bank allows, or the bank comes to do more than before, another person than the one who asked must.",
			params: draftParams,
			body: acceptDraftRequest,
			response: { 200: wireDraft, ...problemResponses },
		},
		onRequest: guard.needs("bank:change"),
		handler: async (request) => {
			const { login } = guard.sessionOf(request).user;
			const { why, baseSequence: shown } = request.body;
			const said = shown === undefined ? { why } : { why, shown };
			const accepted = await bankDrafts.accept(request.params.id, login, said);
			carryOut();
			return showDraft(accepted, login);
		},
	});
	server.route({
		method: "POST",
		url: "/api/bank-drafts/:id/reject",
		schema: {
			tags,
			summary: "Give an import or a proposal up; nothing of it enters the bank",
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

function addUploadRoute(scope: HttpServer, { guard, banks, bankDrafts }: BankDraftRouteDeps): void {
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
			const { origin, format, source = bank.name, replacing } = request.query;
			const draft = { bankId: bank.id, by: login, origin, source, isReplacing: replacing === "true" };
			const file = {
				draft,
				format,
				body: request.body instanceof Readable ? request.body : Readable.from([]),
				maxBytes: maxFileBytes,
			};
			const received = await receiveBankFile(bankDrafts, file);
			return reply.status(201).send(showDraft(received, login));
		},
	});
}

export function showDraft(draft: BankDraft, login: string): WireDraft {
	const {
		bankId: _bankId,
		createdAt,
		decidedAt: _decidedAt,
		proposal,
		rejected,
		remarks,
		sources,
		faults,
		putBackTo: _putBackTo,
		...rest
	} = draft;
	return {
		...rest,
		isMine: draft.createdBy === login,
		createdAt: createdAt.toISOString(),
		rejected: { ...rejected, first: rejected.first.map((one) => ({ ...one })) },
		sources: { ...sources, first: [...sources.first] },
		remarks: [...remarks],
		faults: faults.map((one) => wireDraft.shape.faults.element.parse(one)),
		proposal: proposal === null ? null : showProposal(proposal),
	};
}

function showProposal(proposal: BankProposal): WireDraft["proposal"] {
	if (proposal.kind === "kill-switch") return proposal;
	return { kind: "settings", becomes: bankStep.parse({ ...proposedSettings(proposal), code: "settings-step" }) };
}
