// What authorities ask by e-mail, phone or letter, typed in by whoever took it. When it was received is our own time; when it had arrived is kept
// beside it, as they say.

import { maxRequestBytes } from "../core/authorities/authority-request.ts";
import { BreakwaterError } from "../core/errors.ts";
import type { AuthorityStore } from "../core/ports/authority-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import { authoritiesAnswer, requestEntry, requestEntryAnswer } from "../core/wire/request-entry-api.ts";
import type { AuthorityDesk } from "../runtime/authority-desk.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import type { Guard } from "./guard.ts";

export interface RequestEntryRouteDeps {
	readonly guard: Guard;
	readonly authorities: Pick<AuthorityStore, "list">;
	readonly authorityDesk: Pick<AuthorityDesk, "receive" | "show">;
	readonly clock: Clock;
}

const tags = ["authorities"];

export function registerRequestEntryRoutes(server: HttpServer, deps: RequestEntryRouteDeps): void {
	const { guard, authorities, authorityDesk, clock } = deps;
	const onRequest = guard.needs("request:enter");
	const enabled = async () => (await authorities.list()).filter(({ isEnabled }) => isEnabled);
	server.route({
		method: "GET",
		url: "/api/authorities",
		schema: {
			tags,
			summary: "Authorities whose requests may be typed in",
			response: { 200: authoritiesAnswer, ...problemResponses },
		},
		onRequest,
		handler: async () => ({ authorities: await enabled() }),
	});
	server.route({
		method: "POST",
		url: "/api/authority-requests",
		bodyLimit: maxRequestBytes,
		schema: {
			tags,
			summary:
				"Type in what an authority asks by e-mail, phone or letter; the same again is the same request, and another under its reference is refused",
			body: requestEntry,
			response: { 200: requestEntryAnswer, 201: requestEntryAnswer, ...problemResponses },
		},
		onRequest,
		handler: async (request, reply) => {
			const { authority: id, channel, arrivedAt, ...asked } = request.body;
			const authority = (await enabled()).find((one) => one.id === id);
			if (authority === undefined) throw new BreakwaterError("not-found");
			const arrived = arrivedAt === null ? new Date(clock.now()) : new Date(arrivedAt);
			if (arrived.getTime() > clock.now())
				throw new BreakwaterError("rule-broken", {
					reasons: [{ code: "field-refused", field: "arrivedAt", rule: "lies-ahead" }],
				});
			const clerk = guard.sessionOf(request).user.id;
			const { id: requestId, isNew } = await authorityDesk.receive(authority, asked, {
				channel,
				clerk,
				arrivedAt: arrived,
			});
			const shown = await authorityDesk.show(authority, requestId);
			if (shown === null) throw new BreakwaterError("not-found");
			return reply.status(isNew ? 201 : 200).send({ isNew, request: shown });
		},
	});
}
