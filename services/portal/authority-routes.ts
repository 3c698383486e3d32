// Where authorities ask, each with its key, and see what became of it. The same reference again is the same request.
import { lawsFor } from "../core/authorities/authority-request.ts";
import { dueAtMs, standingOf } from "../core/clocks/clock.ts";
import type { Jurisdiction } from "../core/clocks/profile.ts";
import { BreakwaterError } from "../core/errors.ts";
import type { RequestId } from "../core/ids.ts";
import { isoOf } from "../core/iso-time.ts";
import type { Authority, AuthorityStore } from "../core/ports/authority-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import {
	type AuthorityRequestAnswer,
	authorityRequestAnswer,
	authorityRequestBody,
	authorityRequestParams,
} from "../core/wire/authority-api.ts";
import { keyHashIn, keyHint } from "../runtime/bearer-key.ts";
import type { Events } from "../runtime/events.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";

export interface AuthorityRouteDeps {
	readonly authorities: Pick<AuthorityStore, "findByKeyHash" | "receive" | "findRequest">;
	readonly laws: readonly Jurisdiction[];
	readonly clock: Clock;
	readonly events: Pick<Events, "authorityAsked">;
}

const tags = ["authorities"];
const security = [{ authorityKey: [] }];
/** A document of two megabytes in base64, and words around it. */
const maxBodyBytes = 3_200_000;

export function registerAuthorityRoutes(server: HttpServer, deps: AuthorityRouteDeps): void {
	const { authorities, laws, clock, events } = deps;
	const show = async (authority: Authority, id: RequestId): Promise<AuthorityRequestAnswer> => {
		const found = await authorities.findRequest(authority.id, id, new Date(clock.now()));
		if (found === null) throw new BreakwaterError("not-found");
		const { clocks, history, receivedAt, places, ...request } = found;
		const told = [{ at: receivedAt, what: "received" } as const, ...history];
		return {
			...request,
			places: [...places],
			receivedAt: receivedAt.toISOString(),
			deadlines: clocks.map(({ clock: running }) => ({
				law: running.profile.id,
				dueAt: isoOf(dueAtMs(running)),
				state: standingOf(running, clock.now()).kind,
				endedAt: isoOf(running.ended?.atMs ?? null),
				doneBy: [...running.profile.doneBy],
			})),
			history: told.map(({ at, what }) => ({ at: at.toISOString(), what })),
		};
	};
	server.route({
		method: "POST",
		url: "/v1/authority-requests",
		bodyLimit: maxBodyBytes,
		schema: {
			tags,
			security,
			summary: "Ask for removal, information or preservation; the deadline counts from our receipt",
			body: authorityRequestBody,
			response: { 200: authorityRequestAnswer, 201: authorityRequestAnswer, ...problemResponses },
		},
		handler: async (request, reply) => {
			const authority = await whoAsks(request.headers.authorization, authorities);
			const { asks, urgentReason } = request.body;
			const { id, isNew } = await authorities.receive(authority, request.body, {
				laws: lawsFor(asks, authority.laws, laws),
				at: new Date(clock.now()),
			});
			if (isNew) events.authorityAsked({ requestId: id, asks, isUrgent: urgentReason !== undefined });
			return reply.status(isNew ? 201 : 200).send(await show(authority, id));
		},
	});
	server.route({
		method: "GET",
		url: "/v1/authority-requests/:id",
		schema: {
			tags,
			security,
			summary: "What became of a request: its deadline, which role works on it, what was done when",
			params: authorityRequestParams,
			response: { 200: authorityRequestAnswer, ...problemResponses },
		},
		handler: async (request) => show(await whoAsks(request.headers.authorization, authorities), request.params.id),
	});
}

async function whoAsks(
	authorization: string | undefined,
	authorities: Pick<AuthorityStore, "findByKeyHash">,
): Promise<Authority> {
	const keyHash = keyHashIn(authorization, "authority");
	const found = keyHash === null ? null : await authorities.findByKeyHash(keyHash);
	if (found === null || !found.isEnabled)
		throw new BreakwaterError("unauthenticated", { detail: keyHint("authority") });
	return found;
}
