import { claimCase, heartbeat, release, requireClaim, skip } from "../core/cases/act-on-case.ts";
import { answerAfter } from "../core/cases/answer-after.ts";
import { caseStates, type Decision, isUndecided } from "../core/cases/case.ts";
import { BreakwaterError } from "../core/errors.ts";
import type { CaseDetail, CaseStore } from "../core/ports/case-store.ts";
import {
	caseDetailQuery,
	caseParams,
	caseQuery,
	casesAnswer,
	claimAnswer,
	fenced,
	lanesAnswer,
	nextAnswer,
	nextRequest,
} from "../core/wire/review-api.ts";
import { caseDetail } from "../core/wire/review-case.ts";
import { type HttpServer, noContent, problemResponses } from "../runtime/http/server.ts";
import { type Acting, type CaseRouteDeps, isLead, policyOfCase } from "./acting.ts";
import { registerDecisionRoutes } from "./decision-routes.ts";
import { registerMeasureRoutes } from "./measure-routes.ts";
import { showAccount } from "./show-account.ts";
import { showCase, showSummary } from "./show-case.ts";
import { showClock } from "./show-clock.ts";
import { outbreakOf } from "./show-outbreak.ts";

const tags = ["cases"];
/** How many deadlines of one case are shown at most. */
const mostClocks = 100;
/** And of appeals: of one thing there may be as many as it has copies. */
const mostAppeals = 200;
const mostSilences = 50;

export function registerCaseRoutes(server: HttpServer, deps: CaseRouteDeps): void {
	const { cases, policies, signalCatalogue } = deps;
	const acting: Acting = {
		deps,
		now: () => new Date(deps.clock.now()),
		async show(id, user, listed) {
			const [inRecord, clocks, requests, appeals, account, silences, outbreak] = await Promise.all([
				cases.find(id, listed),
				deps.clocks.list({ caseId: id, limit: mostClocks }),
				deps.authorities.ofCase(id),
				deps.appeals.list({ caseId: id, limit: mostAppeals }),
				deps.strikes.ofCase(id),
				deps.silences.list({ caseId: id, limit: mostSilences }),
				outbreakOf(deps.outbreaks, id),
			]);
			const detail = found(inRecord);
			const viewer = {
				userId: user.id,
				isLead: isLead(user),
				now: new Date(deps.clock.now()),
				policy: policyOfCase(detail.snapshot, policies),
				signalCatalogue,
			};
			return {
				...showCase(detail, viewer),
				outbreak,
				answers: detail.reports === null ? null : await wordsOf(detail, deps.templates),
				clocks: clocks.map((one) => showClock(one, viewer.now)),
				account:
					account === null
						? null
						: showAccount(account, detail.snapshot, { ...viewer, laws: (await deps.laws.current()).set }),
				requests: requests.map(({ places, receivedAt, arrivedAt, ...request }) => ({
					...{ ...request, places: [...places], receivedAt: receivedAt.toISOString() },
					arrivedAt: arrivedAt?.toISOString() ?? null,
				})),
				silences: silences.map(({ id: silenceId, reason, begunBy, begunAt, until, askedBy }) => ({
					...{ id: silenceId, reason, begunBy, askedBy },
					...{ begunAt: begunAt.toISOString(), until: until?.toISOString() ?? null },
				})),
				appeals: appeals.map((one) => ({
					...{ id: one.id, by: one.by, channel: one.channel, text: one.text },
					...{ receivedAt: one.receivedAt.toISOString(), outcome: one.settled?.outcome ?? null },
				})),
			};
		},
		act: async (id, user, at, act) => found(await cases.transition(id, { kind: "person", userId: user.id }, at, act)),
	};
	addQueueRoutes(server, acting);
	addTakingRoutes(server, acting);
	addHoldingRoutes(server, acting);
	registerDecisionRoutes(server, acting);
	registerMeasureRoutes(server, acting);
}

async function wordsOf({ items }: CaseDetail, templates: Acting["deps"]["templates"]) {
	const { set } = await templates.current();
	const words = (decision: Decision) => set[`reporter/${answerAfter(decision, items.length > 0)}`];
	return { remove: words("remove"), restore: words("restore") };
}

function addQueueRoutes(server: HttpServer, { deps, show }: Acting): void {
	const { guard, cases } = deps;
	server.route({
		method: "GET",
		url: "/api/lanes",
		schema: { tags, summary: "Undecided cases by lane", response: { 200: lanesAnswer, ...problemResponses } },
		onRequest: guard.needs("status:read"),
		handler: async () => ({ lanes: await showLanes(cases) }),
	});
	server.route({
		method: "GET",
		url: "/api/cases",
		schema: {
			tags,
			summary: "The queue, most urgent first",
			querystring: caseQuery,
			response: { 200: casesAnswer, ...problemResponses },
		},
		onRequest: guard.needs("case:read"),
		handler: async (request) => {
			const userId = guard.sessionOf(request).user.id;
			const { lane, state, search, mine, limit, offset, after } = request.query;
			const states = state ?? caseStates.filter(isUndecided);
			if (after !== undefined && !states.every(isUndecided))
				throw new BreakwaterError("rule-broken", {
					detail: "after: follows a case in the queue, where decided ones are not",
				});
			const rows = await cases.list({
				states,
				...(lane === undefined ? {} : { lane }),
				...(search === undefined ? {} : { search }),
				...(after === undefined ? {} : { after }),
				...(mine === "true" ? { claimedBy: userId } : {}),
				// One more than asked for tells whether there are more.
				...{ limit: limit + 1, offset },
			});
			return { cases: rows.slice(0, limit).map((one) => showSummary(one, { userId })), hasMore: rows.length > limit };
		},
	});
	server.route({
		method: "GET",
		url: "/api/cases/:id",
		schema: {
			tags,
			summary: "One case: why it was flagged, its items, orders and events; never its material",
			params: caseParams,
			querystring: caseDetailQuery,
			response: { 200: caseDetail, ...problemResponses },
		},
		onRequest: guard.needs("case:read"),
		handler: (request) => show(request.params.id, guard.sessionOf(request).user, request.query.items),
	});
}

function addTakingRoutes(server: HttpServer, { deps, now, show, act }: Acting): void {
	const { guard, cases, claimLeaseMs: leaseMs } = deps;
	server.route({
		method: "POST",
		url: "/api/cases/next",
		schema: {
			tags,
			summary: "Claim the most urgent case that this person may take",
			description: "Answers with case null where there is none. Cases that this person skipped are not offered again.",
			body: nextRequest,
			response: { 200: nextAnswer, ...problemResponses },
		},
		onRequest: guard.needs("case:decide"),
		handler: async (request) => {
			const { user } = guard.sessionOf(request);
			const at = now();
			const person = { userId: user.id, isLead: isLead(user) };
			const by = { ...person, lane: request.body?.lane };
			const claimed = await cases.transitionNext(by, at, (current) =>
				claimCase(current, { ...person, now: at, leaseMs }),
			);
			return { case: claimed === null ? null : await show(claimed.id, user) };
		},
	});
	server.route({
		method: "POST",
		url: "/api/cases/:id/claim",
		schema: {
			tags,
			summary: "Claim this case",
			params: caseParams,
			response: { 200: caseDetail, ...problemResponses },
		},
		onRequest: guard.needs("case:decide"),
		handler: async (request) => {
			const { user } = guard.sessionOf(request);
			const at = now();
			const claiming = { userId: user.id, isLead: isLead(user), now: at, leaseMs };
			await act(request.params.id, user, at, (current) => claimCase(current, claiming));
			return show(request.params.id, user);
		},
	});
}

function addHoldingRoutes(server: HttpServer, { deps, now, act }: Acting): void {
	const { guard, claimLeaseMs: leaseMs } = deps;
	server.route({
		method: "POST",
		url: "/api/cases/:id/heartbeat",
		schema: {
			tags,
			summary: "Keep the claim for another lease",
			params: caseParams,
			body: fenced,
			response: { 200: claimAnswer, ...problemResponses },
		},
		// The page sends it by itself: an idle session must end all the same.
		onRequest: guard.needs("case:decide", { isUse: false }),
		handler: async (request) => {
			const { user } = guard.sessionOf(request);
			const held = { userId: user.id, fence: request.body.fence, now: now() };
			const after = await act(request.params.id, user, held.now, (current) => heartbeat(current, { ...held, leaseMs }));
			const { fence, expiresAt } = requireClaim(after, held);
			return { fence, expiresAt: expiresAt.toISOString() };
		},
	});
	for (const [name, change, summary] of [
		["release", release, "Give the case back"],
		["skip", skip, "Pass the case on, no reason asked; it is not offered to this person again"],
	] as const) {
		server.route({
			method: "POST",
			url: `/api/cases/:id/${name}`,
			schema: { tags, summary, params: caseParams, body: fenced, response: { ...noContent, ...problemResponses } },
			onRequest: guard.needs("case:decide"),
			handler: async (request, reply) => {
				const { user } = guard.sessionOf(request);
				const held = { userId: user.id, fence: request.body.fence, now: now() };
				await act(request.params.id, user, held.now, (current) => change(current, held));
				return reply.status(204).send();
			},
		});
	}
}

export async function showLanes(cases: Pick<CaseStore, "lanes">) {
	const lanes = await cases.lanes();
	return lanes.map(({ oldestAt, ...one }) => ({ ...one, oldestAt: oldestAt?.toISOString() ?? null }));
}

function found<T>(value: T | null): T {
	if (value === null) throw new BreakwaterError("not-found");
	return value;
}
