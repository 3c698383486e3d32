// Banks, their settings and history, entries in quarantine. Leads and operators; what an entry is, leads say.

import { newBankDefaults } from "../core/banks/bank.ts";
import { BreakwaterError } from "../core/errors.ts";
import { faultOfCategory } from "../core/policy/categories.ts";
import type { BankDraft } from "../core/ports/bank-draft-store.ts";
import type { BankStore, BankSummary, ChangedAlone } from "../core/ports/bank-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { EntryWatchStore } from "../core/ports/entry-watch-store.ts";
import {
	bankChangeRequest,
	bankHistoryAnswer,
	bankHistoryQuery,
	bankParams,
	banksAnswer,
	type ChangedBank,
	changedBank,
	entryParams,
	judgeQuarantinedRequest,
	newBankRequest,
	quarantineAnswer,
	revertBankAnswer,
	revertBankRequest,
	switchBankAnswer,
	switchBankRequest,
	type WireBank,
	type WireDraft,
} from "../core/wire/bank-api.ts";
import type { Events } from "../runtime/events.ts";
import { type HttpServer, noContent, problemResponses } from "../runtime/http/server.ts";
import { showDraft } from "./bank-draft-routes.ts";
import type { Guard } from "./guard.ts";

export interface BankRouteDeps {
	readonly guard: Guard;
	readonly banks: Pick<BankStore, "list" | "findByName" | "createAlone" | "updateAlone" | "history" | "revert">;
	readonly entryWatch: Pick<EntryWatchStore, "listQuarantined" | "judge">;
	readonly events: Pick<Events, "entryJudged">;
	readonly clock: Clock;
}

const tags = ["banks"];
const mostShown = 200;

export function registerBankRoutes(server: HttpServer, deps: BankRouteDeps): void {
	addBankRoutes(server, deps);
	addSettingsRoutes(server, deps);
	addHistoryRoutes(server, deps);
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
}

function addSettingsRoutes(server: HttpServer, { guard, banks }: BankRouteDeps): void {
	const show = async ({ bank: { id }, waiting }: ChangedAlone, login: string): Promise<ChangedBank> => {
		const bank = (await banks.list()).find((one) => one.id === id);
		if (bank === undefined) throw new BreakwaterError("not-found");
		return { ...showBank(bank), waiting: showWaiting(waiting, login) };
	};
	const checkCategory = async (category: string | undefined, isNew = false) => {
		if (category === undefined || isNew) return;
		const fault = faultOfCategory(category, await banks.list());
		if (fault !== null) throw new BreakwaterError("rule-broken", { reasons: [fault] });
	};
	server.route({
		method: "POST",
		url: "/api/banks",
		schema: {
			tags,
			summary: "Create an empty bank; what makes it do more than any new one waits for a second person",
			body: newBankRequest,
			response: { 201: changedBank, ...problemResponses },
		},
		onRequest: guard.needs("bank:change"),
		handler: async (request, reply) => {
			const { login } = guard.sessionOf(request).user;
			const { newCategory, ...settings } = request.body;
			await checkCategory(settings.category, newCategory);
			const created = await banks.createAlone({ ...newBankDefaults, ...settings }, login);
			return reply.status(201).send(await show(created, login));
		},
	});
	server.route({
		method: "PATCH",
		url: "/api/banks/:name",
		schema: {
			tags,
			summary: "Change a bank's settings, in all detectors within a second; what is left out stays",
			description:
				"What makes the bank do less takes effect at once. What makes it do more (withhold more, let more pass, or take more from lists on one person's word) is answered as `waiting`: a draft that another person accepts.",
			params: bankParams,
			body: bankChangeRequest,
			response: { 200: changedBank, ...problemResponses },
		},
		onRequest: guard.needs("bank:change"),
		handler: async (request) => {
			const bank = await banks.findByName(request.params.name);
			if (bank === null) throw new BreakwaterError("not-found");
			const { login } = guard.sessionOf(request).user;
			const { newCategory, ...change } = request.body;
			await checkCategory(change.category, newCategory);
			return show(await banks.updateAlone(bank.id, change, login), login);
		},
	});
	server.route({
		method: "POST",
		url: "/api/banks/:name/switch",
		schema: {
			tags,
			summary: "Stop matching against a bank, in all detectors within a second, or ask for starting it again",
			params: bankParams,
			body: switchBankRequest,
			response: { 200: switchBankAnswer, ...problemResponses },
		},
		onRequest: guard.needs("bank:change"),
		handler: async (request) => {
			const bank = await banks.findByName(request.params.name);
			if (bank === null) throw new BreakwaterError("not-found");
			const { login } = guard.sessionOf(request).user;
			const { waiting } = await banks.updateAlone(bank.id, request.body, login);
			return { waiting: showWaiting(waiting, login) };
		},
	});
}

function showWaiting(waiting: BankDraft | null, login: string): WireDraft | null {
	return waiting === null ? null : showDraft(waiting, login);
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
			const { before = null, limit, within = null } = request.query;
			const revisions = await banks.history(request.params.name, { before, limit, within });
			return { revisions: revisions.map((one) => ({ ...one, at: one.at.toISOString() })) };
		},
	});
	server.route({
		method: "POST",
		url: "/api/banks/:name/revert",
		schema: {
			tags,
			summary:
				"Put a bank back to what it was at a sequence; itself a change. Settings under which it did more than now wait for a second person",
			params: bankParams,
			body: revertBankRequest,
			response: { 200: revertBankAnswer, ...problemResponses },
		},
		onRequest: guard.needs("bank:change"),
		handler: async (request) => {
			const { login } = guard.sessionOf(request).user;
			const { waiting, ...counts } = await banks.revert(request.params.name, request.body.toSequence, login);
			return { ...counts, waiting: showWaiting(waiting, login) };
		},
	});
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
