import type { FastifyReply, FastifyRequest } from "fastify";
import { BreakwaterError } from "../core/errors.ts";
import { isAllowed, permissions } from "../core/people/user.ts";
import type { CaseStore } from "../core/ports/case-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import { changePasswordRequest, loginRequest, type SessionAnswer, sessionAnswer } from "../core/wire/review-api.ts";
import type { Events } from "../runtime/events.ts";
import { waitAfter } from "../runtime/http/rate-limit.ts";
import { refuseOtherSites } from "../runtime/http/same-site.ts";
import { type HttpServer, noContent, problemResponses } from "../runtime/http/server.ts";
import type { Session, Sessions } from "../runtime/http/sessions.ts";
import { type ChangePasswordDeps, changePassword } from "./change-password.ts";
import type { Guard } from "./guard.ts";

export interface SessionRouteDeps extends ChangePasswordDeps {
	readonly guard: Guard;
	readonly sessions: Sessions;
	readonly cases: Pick<CaseStore, "exposure">;
	readonly clock: Clock;
	readonly events: Pick<Events, "loginTried">;
	readonly claimLeaseMs: number;
	readonly secureCookies: boolean;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Per minute: of one login from one address, and of all logins from one address. */
const loginTries = { ofLogin: 10, ofAddress: 60 };

export function registerSessionRoutes(server: HttpServer, deps: SessionRouteDeps): void {
	const { guard, sessions } = deps;
	const tags = ["session"];
	const tooMany = limitLogins(server, deps.events);
	const cookie = { path: "/", httpOnly: true, sameSite: "strict", secure: deps.secureCookies } as const;

	server.route({
		method: "POST",
		url: "/api/session",
		schema: {
			tags,
			summary: "Log in",
			description:
				"Sets the session's cookie. With curl: keep it with -c jar, send it with -b jar, and send csrfToken as x-breakwater-csrf with every request that changes something.",
			body: loginRequest,
			response: { 201: sessionAnswer, ...problemResponses },
		},
		onRequest: async (request) => refuseOtherSites(request),
		handler: async (request, reply) => {
			await tooMany(request, reply);
			const { login, password } = request.body;
			try {
				const { token, session } = await sessions.open(login, password);
				deps.events.loginTried({ outcome: "ok" });
				reply.setCookie(guard.cookieName, token, { ...cookie, maxAge: Math.floor(sessions.maxMs / 1_000) });
				return reply.status(201).send(await answerOf(session, deps));
			} catch (error) {
				deps.events.loginTried({ outcome: "refused" });
				throw error;
			}
		},
	});
	server.route({
		method: "GET",
		url: "/api/session",
		schema: { tags, summary: "Who is logged in", response: { 200: sessionAnswer, ...problemResponses } },
		onRequest: guard.needs(null, { withFirstPassword: true }),
		handler: (request) => answerOf(guard.sessionOf(request), deps),
	});
	const tooManyChanges = limitChanges(server, guard);
	server.route({
		method: "PUT",
		url: "/api/session/password",
		schema: {
			tags,
			summary: "Change one's own password; ends one's other sessions",
			body: changePasswordRequest,
			response: { ...noContent, ...problemResponses },
		},
		onRequest: guard.needs(null, { withFirstPassword: true }),
		handler: async (request, reply) => {
			await tooManyChanges(request, reply);
			const { password, newPassword } = request.body;
			await changePassword(guard.sessionOf(request), { former: password, next: newPassword }, deps);
			return reply.status(204).send();
		},
	});
	server.route({
		method: "DELETE",
		url: "/api/session",
		schema: { tags, summary: "Log out", response: { ...noContent, ...problemResponses } },
		onRequest: guard.needs(null, { withFirstPassword: true }),
		handler: async (request, reply) => {
			await sessions.close(guard.sessionOf(request));
			return reply.clearCookie(guard.cookieName, cookie).status(204).send();
		},
	});
}

function limitLogins(server: HttpServer, events: SessionRouteDeps["events"]) {
	const ofLogin = server.createRateLimit({
		max: loginTries.ofLogin,
		timeWindow: minuteMs,
		keyGenerator: (request) => `${request.ip} ${loginRequest.safeParse(request.body).data?.login.trim().toLowerCase()}`,
	});
	const ofAddress = server.createRateLimit({
		max: loginTries.ofAddress,
		timeWindow: minuteMs,
		keyGenerator: (request) => request.ip,
	});
	return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
		for (const limit of [await ofLogin(request), await ofAddress(request)]) {
			const waitSeconds = waitAfter(limit);
			if (waitSeconds === null) continue;
			events.loginTried({ outcome: "limited" });
			refuseForNow(reply, waitSeconds);
		}
	};
}

/** Whoever finds an unlocked screen must not guess the password from it. */
function limitChanges(server: HttpServer, guard: Guard) {
	const ofPerson = server.createRateLimit({
		max: loginTries.ofLogin,
		timeWindow: minuteMs,
		keyGenerator: (request) => guard.sessionOf(request).user.id,
	});
	return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
		const waitSeconds = waitAfter(await ofPerson(request));
		if (waitSeconds !== null) refuseForNow(reply, waitSeconds);
	};
}

function refuseForNow(reply: FastifyReply, ttlInSeconds: number): never {
	reply.header("retry-after", ttlInSeconds);
	throw new BreakwaterError("rate-limited");
}

async function answerOf({ user, csrfToken }: Session, deps: SessionRouteDeps): Promise<SessionAnswer> {
	const { id, login, displayName, roles } = user;
	const now = deps.clock.now();
	return {
		user: { id, login, displayName, roles: [...roles] },
		permissions: permissions.filter((one) => isAllowed(user, one)),
		csrfToken,
		now: new Date(now).toISOString(),
		idleMs: deps.sessions.idleMs,
		claimLeaseMs: deps.claimLeaseMs,
		mustChangePassword: user.isPasswordFirst,
		exposure: await deps.cases.exposure(id, new Date(now - dayMs)),
	};
}
