// What is done about a case short of deciding it: how far what it is about spreads, labels, friction for accounts; and the end of each.
import { changeMeasure } from "../core/cases/change-measure.ts";
import { changeSpread } from "../core/cases/limit-spread.ts";
import { caseParams, spreadRequest } from "../core/wire/review-api.ts";
import { caseDetail } from "../core/wire/review-case.ts";
import { measureRequest } from "../core/wire/review-measure.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import type { Acting } from "./acting.ts";

export function registerMeasureRoutes(server: HttpServer, { deps, now, show, act }: Acting): void {
	server.route({
		method: "POST",
		url: "/api/cases/:id/spread",
		schema: {
			tags: ["cases"],
			summary: "Limit how far the case's items spread, or lift that",
			description:
				"They stay up. All that spreads in an outbreak which the case is about is limited with them, later items too, until people decide, somebody lifts it, or the outbreak is over. The case stays with whoever holds it.",
			params: caseParams,
			body: spreadRequest,
			response: { 200: caseDetail, ...problemResponses },
		},
		onRequest: deps.guard.needs("case:decide"),
		handler: async (request) => {
			const { user } = deps.guard.sessionOf(request);
			const { id } = request.params;
			const changed = { ...request.body, userId: user.id, now: now() };
			await act(id, user, changed.now, (current) => changeSpread(current, changed));
			return show(id, user);
		},
	});
	server.route({
		method: "POST",
		url: "/api/cases/:id/measures",
		schema: {
			tags: ["cases"],
			summary: "Put a label on the case's items, or friction in their accounts' way, or end either",
			description:
				"The items stay up. What is done so stays until somebody ends it, or other people decide an appeal. The case stays with whoever holds it.",
			params: caseParams,
			body: measureRequest,
			response: { 200: caseDetail, ...problemResponses },
		},
		onRequest: deps.guard.needs("case:decide"),
		handler: async (request) => {
			const { user } = deps.guard.sessionOf(request);
			const { id } = request.params;
			const { fence, order } = request.body;
			const changed = { ...order, fence, userId: user.id, now: now() };
			await act(id, user, changed.now, (current) => changeMeasure(current, changed));
			return show(id, user);
		},
	});
}
