// How far what a case is about spreads while people look at it: limited, and as before.
import { changeSpread } from "../core/cases/limit-spread.ts";
import { caseParams, spreadRequest } from "../core/wire/review-api.ts";
import { caseDetail } from "../core/wire/review-case.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import type { Acting } from "./acting.ts";

export function registerSpreadRoutes(server: HttpServer, { deps, now, show, act }: Acting): void {
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
}
