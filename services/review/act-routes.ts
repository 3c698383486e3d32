// Who did or saw what. Reading the log is not an act: it shows no material.
import { subjectsHiddenFrom } from "../core/people/acts-shown.ts";
import type { ActLog } from "../core/ports/act-log.ts";
import { actsAnswer, actsQuery } from "../core/wire/acts-api.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import type { Guard } from "./guard.ts";

export interface ActRouteDeps {
	readonly guard: Guard;
	readonly acts: Pick<ActLog, "list">;
}

export function registerActRoutes(server: HttpServer, { guard, acts }: ActRouteDeps): void {
	server.route({
		method: "GET",
		url: "/api/acts",
		schema: {
			tags: ["acts"],
			summary: "What machines and people did and saw, the newest first; with `after` the oldest first",
			description:
				"`on` is a kind of thing, or kind:id. `actor` is a login, a name given on the command line, a platform's name, or machine. Sequences have no gaps; acts on cases and reports are left out for whoever may not work on them, and what was decided of a case for whoever may look second at it, or is asked whether that stands.",
			querystring: actsQuery,
			response: { 200: actsAnswer, ...problemResponses },
		},
		onRequest: guard.needs("act:read"),
		handler: async (request) => {
			const { since, ...page } = request.query;
			const { user } = guard.sessionOf(request);
			const found = await acts.list({
				...page,
				since: since === undefined ? undefined : new Date(since),
				...{ notOn: subjectsHiddenFrom(user), reader: user.id },
			});
			return { acts: found.map((act) => ({ ...act, at: act.at.toISOString() })) };
		},
	});
}
