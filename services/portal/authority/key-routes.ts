// Where authorities ask, each with its key, and see what became of it. The same request again is answered with what it is.
import { maxRequestBytes } from "../../core/authorities/authority-request.ts";
import { BreakwaterError } from "../../core/errors.ts";
import type { RequestId } from "../../core/ids.ts";
import type { Authority, AuthorityStore } from "../../core/ports/authority-store.ts";
import {
	type AuthorityRequestAnswer,
	authorityRequestAnswer,
	authorityRequestBody,
	authorityRequestParams,
} from "../../core/wire/authority-api.ts";
import type { AuthorityDesk } from "../../runtime/authority-desk.ts";
import { keyHashIn, keyHint } from "../../runtime/bearer-key.ts";
import { type HttpServer, problemResponses } from "../../runtime/http/server.ts";

export interface KeyRouteDeps {
	readonly authorities: Pick<AuthorityStore, "findByKeyHash">;
	readonly desk: AuthorityDesk;
}

const tags = ["authorities"];
const security = [{ authorityKey: [] }];

export function registerKeyRoutes(server: HttpServer, { authorities, desk }: KeyRouteDeps): void {
	const show = async (authority: Authority, id: RequestId): Promise<AuthorityRequestAnswer> => {
		const shown = await desk.show(authority, id);
		if (shown === null) throw new BreakwaterError("not-found");
		return shown;
	};
	server.route({
		method: "POST",
		url: "/v1/authority-requests",
		bodyLimit: maxRequestBytes,
		schema: {
			tags,
			security,
			summary: "Ask for removal, information or preservation; the deadline counts from our receipt",
			description:
				"A reference is one request: the same again is answered 200 with the request that it is, so send it again until it is answered; another request under a reference that is taken is answered 409.",
			body: authorityRequestBody,
			response: { 200: authorityRequestAnswer, 201: authorityRequestAnswer, ...problemResponses },
		},
		handler: async (request, reply) => {
			const authority = await whoAsks(request.headers.authorization, authorities);
			const { id, isNew } = await desk.receive(authority, request.body, { channel: "key" });
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
