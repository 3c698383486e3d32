// What people conclude of a case: decisions and their undoing, judgements of entries, notes.
import { comment, decide, judgeEntry } from "../core/cases/act-on-case.ts";
import { undoDecision } from "../core/cases/undo-decision.ts";
import { waitedFor } from "../core/cases/waits.ts";
import { BreakwaterError } from "../core/errors.ts";
import { isAllowed } from "../core/people/user.ts";
import {
	caseParams,
	commentRequest,
	decideAnswer,
	decideRequest,
	judgeEntryRequest,
	undoRequest,
} from "../core/wire/review-api.ts";
import { caseDetail } from "../core/wire/review-case.ts";
import { type HttpServer, noContent, problemResponses } from "../runtime/http/server.ts";
import { type Acting, isLead, policyOfCase } from "./acting.ts";

const tags = ["cases"];

export function registerDecisionRoutes(server: HttpServer, acting: Acting): void {
	addDecidingRoutes(server, acting);
	addUndoRoute(server, acting);
	addJudgingRoutes(server, acting);
}

function addDecidingRoutes(server: HttpServer, { deps, now, show, act }: Acting): void {
	const { guard, policies } = deps;
	server.route({
		method: "POST",
		url: "/api/cases/:id/decide",
		schema: {
			tags,
			summary: "Remove or restore",
			description:
				"Where the policy asks for two people, the first remove withholds what is visible and waits for the second; two who differ wait for a lead.",
			params: caseParams,
			body: decideRequest,
			response: { 200: decideAnswer, ...problemResponses },
		},
		onRequest: guard.needs("case:decide"),
		handler: async (request) => {
			const { user } = guard.sessionOf(request);
			const { id } = request.params;
			const at = now();
			const decided = { ...request.body, userId: user.id, isLead: isLead(user), now: at };
			const after = await act(id, user, at, (current) => decide(current, decided, policyOfCase(current, policies)));
			const waitsFor = waitedFor(after);
			deps.events.caseDecided({
				caseId: id,
				decision: decided.decision,
				tier: after.tier,
				isFinal: waitsFor === "nobody",
			});
			return { waitsFor, case: await show(id, user) };
		},
	});
}

function addUndoRoute(server: HttpServer, { deps, now, show, act }: Acting): void {
	const { guard, policies } = deps;
	server.route({
		method: "POST",
		url: "/api/cases/:id/undo",
		schema: {
			tags,
			summary: "Take a decision back",
			description:
				"Whoever gave it may, within the policy's time; a lead may at any time. The case is open again, and each item goes back to where it was, by an order of its own.",
			params: caseParams,
			body: undoRequest,
			response: { 200: caseDetail, ...problemResponses },
		},
		onRequest: guard.needs("case:decide"),
		handler: async (request) => {
			const { user } = guard.sessionOf(request);
			const { id } = request.params;
			const undone = { ...request.body, userId: user.id, isLead: isLead(user), now: now() };
			await act(id, user, undone.now, (current) => undoDecision(current, undone, policyOfCase(current, policies)));
			deps.events.decisionUndone({ caseId: id });
			return show(id, user);
		},
	});
}

function addJudgingRoutes(server: HttpServer, { deps, now, show, act }: Acting): void {
	const { guard } = deps;
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
