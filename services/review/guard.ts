// Stands before every route of the API: no session, no permission, or no CSRF token, no entry. A route that asks for nothing
// cannot be written by accident: it takes its session from here.
import type {} from "@fastify/cookie";
import type { FastifyRequest } from "fastify";
import { BreakwaterError } from "../core/errors.ts";
import { isAllowed, type Permission } from "../core/people/user.ts";
import { csrfHeader, unattendedHeader } from "../core/wire/review-api.ts";
import { isCsrfToken, type Session, type Sessions } from "../runtime/http/sessions.ts";

interface GuardOptions {
	/** Moves the session's idle limit; default yes. */
	readonly isUse?: boolean;
	/** Open even to somebody who has yet to choose a password; default no. */
	readonly withFirstPassword?: boolean;
}

export interface Guard {
	readonly cookieName: string;
	/** For a route's `onRequest`. `permission` null: whoever is logged in. */
	needs(permission: Permission | null, options?: GuardOptions): (request: FastifyRequest) => Promise<void>;
	/** The session of a request that has passed. */
	sessionOf(request: FastifyRequest): Session;
}

export function createGuard(options: { readonly sessions: Pick<Sessions, "find">; readonly secure: boolean }): Guard {
	const admitted = new WeakMap<FastifyRequest, Session>();
	// RFC 6265bis §4.1.3.2: a browser takes such a cookie only over TLS, from this very host, for all paths.
	const cookieName = options.secure ? "__Host-breakwater" : "breakwater";
	return {
		cookieName,
		needs:
			(permission, { isUse = true, withFirstPassword = false } = {}) =>
			async (request) => {
				const token = request.cookies[cookieName];
				const session = token === undefined ? null : await options.sessions.find(token, isUse && isAttended(request));
				if (session === null) throw new BreakwaterError("unauthenticated");
				if (changesSomething(request) && !isCsrfToken(session, request.headers[csrfHeader]))
					throw new BreakwaterError("forbidden", { detail: `the header ${csrfHeader} is missing or wrong` });
				if (session.user.isPasswordFirst && !withFirstPassword) throw new BreakwaterError("password-due");
				if (permission !== null && !isAllowed(session.user, permission)) throw new BreakwaterError("forbidden");
				admitted.set(request, session);
			},
		sessionOf(request) {
			const session = admitted.get(request);
			if (session === undefined) throw new BreakwaterError("unauthenticated");
			return session;
		},
	};
}

/** What changes something is done by a person, whatever it says. */
function isAttended(request: FastifyRequest): boolean {
	return changesSomething(request) || request.headers[unattendedHeader] === undefined;
}

function changesSomething({ method }: FastifyRequest): boolean {
	return method !== "GET" && method !== "HEAD";
}
