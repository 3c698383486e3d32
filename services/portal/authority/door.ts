// Stands before the pages of authorities: who has no session is sent to log in, whose account is not secured yet to do that first, and a form
// that does not carry the session's own token changes nothing.
import type {} from "@fastify/cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type AuthorityAccount, isSetUp } from "../../core/authorities/account.ts";
import { asBreakwaterError } from "../../runtime/http/problem.ts";
import { isCsrfToken, type Session, type Sessions } from "../../runtime/http/sessions.ts";
import { sendPage } from "../answer.ts";
import { logInPage } from "../pages/authority-account-pages.ts";
import { awayPage, type Visitor } from "../pages/authority-layout.ts";
import { type Language, prefixOf } from "../words/words.ts";

export interface Visit {
	readonly session: Session<AuthorityAccount>;
	readonly visitor: Visitor;
	readonly request: FastifyRequest;
	readonly reply: FastifyReply;
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

export interface Door {
	readonly cookieName: string;
	readonly cookie: {
		readonly path: "/";
		readonly httpOnly: true;
		readonly sameSite: "strict";
		readonly secure: boolean;
	};
	/** For a route: `show` is asked of whoever may pass. `evenUnsecured`: before the account is secured, too. */
	opens(
		language: Language,
		show: (visit: Visit) => Promise<FastifyReply>,
		options?: { readonly evenUnsecured?: boolean },
	): Handler;
	/** The record may be away: the page says so, and that nothing is certain. */
	orAway(language: Language, handler: Handler): Handler;
}

const posted = z.object({ csrf: z.string().catch("") }).catch({ csrf: "" });

export function createDoor(options: {
	readonly sessions: Pick<Sessions<AuthorityAccount>, "find">;
	readonly secure: boolean;
}): Door {
	const { sessions, secure } = options;
	// RFC 6265bis §4.1.3.2: a browser takes such a cookie only over TLS, from this very host, for all paths.
	const cookieName = secure ? "__Host-breakwater-authority" : "breakwater-authority";
	const orAway: Door["orAway"] = (language, handler) => async (request, reply) => {
		try {
			return await handler(request, reply);
		} catch (error) {
			if (asBreakwaterError(error).code !== "store-unavailable") throw error;
			return sendPage(reply, awayPage(language), 503);
		}
	};
	return {
		cookieName,
		cookie: { path: "/", httpOnly: true, sameSite: "strict", secure },
		orAway,
		opens: (language, show, { evenUnsecured = false } = {}) =>
			orAway(language, async (request, reply) => {
				const token = request.cookies[cookieName];
				const session = token === undefined ? null : await sessions.find(token, true);
				const page = (path: string) => `${prefixOf(language)}/authority${path}`;
				if (session === null && request.method === "GET") return reply.redirect(page("/log-in"), 303);
				if (session === null || (request.method !== "GET" && !isCsrfToken(session, posted.parse(request.body).csrf)))
					return sendPage(reply, logInPage(language, "", "ended"), 403);
				if (!isSetUp(session.user) && !evenUnsecured) return reply.redirect(page("/set-up"), 303);
				return show({ session, visitor: visitorOf(session), request, reply });
			}),
	};
}

export function visitorOf({ user, csrfToken }: Session<AuthorityAccount>): Visitor {
	return { login: user.login, authority: user.authority.name, csrfToken, isSetUp: isSetUp(user) };
}
