import {
	claimCase,
	comment,
	decide,
	heartbeat,
	judgeEntry,
	release,
	requireClaim,
	skip,
} from "../core/cases/act-on-case.ts";
import { type CaseSnapshot, type CaseTransition, caseStates } from "../core/cases/case.ts";
import { BreakwaterError } from "../core/errors.ts";
import type { CaseId } from "../core/ids.ts";
import { isAllowed, type User } from "../core/people/user.ts";
import type { Policy } from "../core/policy/policy.ts";
import type { CaseStore } from "../core/ports/case-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { SignalCatalogue } from "../core/signals/catalogue.ts";
import {
	caseParams,
	caseQuery,
	casesAnswer,
	claimAnswer,
	commentRequest,
	decideAnswer,
	decideRequest,
	fenced,
	judgeEntryRequest,
	lanesAnswer,
	nextAnswer,
	nextRequest,
} from "../core/wire/review-api.ts";
import { caseDetail, type WireCaseDetail } from "../core/wire/review-case.ts";
import type { Events } from "../runtime/events.ts";
import { type HttpServer, noContent, problemResponses } from "../runtime/http/server.ts";
import type { Guard } from "./guard.ts";
import { showCase, showSummary } from "./show-case.ts";

export interface CaseRouteDeps {
	readonly guard: Guard;
	readonly cases: CaseStore;
	readonly clock: Clock;
	readonly events: Pick<Events, "caseDecided" | "entryJudged">;
	readonly policy: Policy;
	readonly signalCatalogue: SignalCatalogue;
	readonly claimLeaseMs: number;
}

type Act = (current: CaseSnapshot) => CaseTransition;
interface Acting {
	readonly deps: CaseRouteDeps;
	readonly now: () => Date;
	/** The case as this person sees it. */
	readonly show: (id: CaseId, user: User) => Promise<WireCaseDetail>;
	readonly act: (id: CaseId, user: User, at: Date, act: Act) => Promise<CaseSnapshot>;
}

const tags = ["cases"];

export function registerCaseRoutes(server: HttpServer, deps: CaseRouteDeps): void {
	const { cases, policy, signalCatalogue } = deps;
	const acting: Acting = {
		deps,
		now: () => new Date(deps.clock.now()),
		async show(id, user) {
			const viewer = { userId: user.id, now: new Date(deps.clock.now()), policy, signalCatalogue };
			return showCase(found(await cases.find(id)), viewer);
		},
		act: async (id, user, at, act) => found(await cases.transition(id, { kind: "person", userId: user.id }, at, act)),
	};
	addQueueRoutes(server, acting);
	addTakingRoutes(server, acting);
	addHoldingRoutes(server, acting);
	addDecidingRoutes(server, acting);
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
			const { lane, state, search, mine, limit, offset } = request.query;
			const rows = await cases.list({
				states: state ?? caseStates.filter((one) => one !== "decided" && one !== "closed"),
				...(lane === undefined ? {} : { lane }),
				...(search === undefined ? {} : { search }),
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
			response: { 200: caseDetail, ...problemResponses },
		},
		onRequest: guard.needs("case:read"),
		handler: (request) => show(request.params.id, guard.sessionOf(request).user),
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
			const by = { userId: user.id, lane: request.body?.lane };
			const claimed = await cases.transitionNext(by, at, (current) =>
				claimCase(current, { userId: user.id, now: at, leaseMs }),
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
			await act(request.params.id, user, at, (current) => claimCase(current, { userId: user.id, now: at, leaseMs }));
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

function addDecidingRoutes(server: HttpServer, { deps, now, show, act }: Acting): void {
	const { guard, policy } = deps;
	server.route({
		method: "POST",
		url: "/api/cases/:id/decide",
		schema: {
			tags,
			summary: "Remove or restore",
			description:
				"Where the policy asks for two people, the first remove withholds what is visible and waits for the second.",
			params: caseParams,
			body: decideRequest,
			response: { 200: decideAnswer, ...problemResponses },
		},
		onRequest: guard.needs("case:decide"),
		handler: async (request) => {
			const { user } = guard.sessionOf(request);
			const { id } = request.params;
			const at = now();
			const decided = { ...request.body, userId: user.id, now: at };
			const after = await act(id, user, at, (current) => decide(current, decided, policy));
			const isFinal = after.state === "decided";
			deps.events.caseDecided({ caseId: id, decision: decided.decision, tier: after.tier, isFinal });
			return { isFinal, case: await show(id, user) };
		},
	});
	server.route({
		method: "POST",
		url: "/api/cases/:id/judge-entry",
		schema: {
			tags,
			summary: "Confirm, dispute or clear an entry that the case's items match",
			description:
				"Written to the entry as the opinion of `here`, in all detectors within a second. Clear is a lead's act.",
			params: caseParams,
			body: judgeEntryRequest,
			response: { 200: caseDetail, ...problemResponses },
		},
		onRequest: guard.needs("case:decide"),
		handler: async (request) => {
			const { user } = guard.sessionOf(request);
			const { id } = request.params;
			const at = now();
			const judged = { ...request.body, userId: user.id, now: at };
			if (judged.judgement === "clear" && !isAllowed(user, "entry:judge")) throw new BreakwaterError("forbidden");
			await act(id, user, at, (current) => judgeEntry(current, judged));
			deps.events.entryJudged({ entryId: judged.entryId, judgement: judged.judgement });
			return show(id, user);
		},
	});
	server.route({
		method: "POST",
		url: "/api/cases/:id/comment",
		schema: {
			tags,
			summary: "Add a note; needs no claim",
			params: caseParams,
			body: commentRequest,
			response: { ...noContent, ...problemResponses },
		},
		onRequest: guard.needs("case:decide"),
		handler: async (request, reply) => {
			const { user } = guard.sessionOf(request);
			await act(request.params.id, user, now(), (current) => comment(current, request.body));
			return reply.status(204).send();
		},
	});
}

export async function showLanes(cases: Pick<CaseStore, "lanes">) {
	const lanes = await cases.lanes();
	return lanes.map(({ lane, count, oldestAt }) => ({ lane, count, oldestAt: oldestAt?.toISOString() ?? null }));
}

function found<T>(value: T | null): T {
	if (value === null) throw new BreakwaterError("not-found");
	return value;
}
