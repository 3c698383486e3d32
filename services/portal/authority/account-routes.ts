// Logging in for an authority, logging out, and securing an account: a password of one's own and a second factor.
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { AuthorityAccount } from "../../core/authorities/account.ts";
import { longestPassword, passwordFault } from "../../core/people/password.ts";
import type { AuthorityAccountStore } from "../../core/ports/authority-account-store.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { PasswordHasher } from "../../core/ports/password-hasher.ts";
import type { Events } from "../../runtime/events.ts";
import { asBreakwaterError } from "../../runtime/http/problem.ts";
import { refuseOtherSites } from "../../runtime/http/same-site.ts";
import type { HttpServer } from "../../runtime/http/server.ts";
import type { Sessions } from "../../runtime/http/sessions.ts";
import { pause } from "../../runtime/pause.ts";
import { sendPage } from "../answer.ts";
import type { PortalLimits } from "../limits.ts";
import { logInPage, recoveryPage, setUpPage } from "../pages/authority-account-pages.ts";
import type { AuthorityFault } from "../pages/authority-layout.ts";
import { type Language, prefixOf } from "../words/words.ts";
import { type Door, type Visit, visitorOf } from "./door.ts";
import type { SecondFactor } from "./second-factor.ts";

export interface AccountRouteDeps {
	readonly door: Door;
	readonly sessions: Sessions<AuthorityAccount>;
	readonly accounts: Pick<AuthorityAccountStore, "setUp">;
	readonly factor: SecondFactor;
	readonly passwords: PasswordHasher;
	readonly limits: PortalLimits;
	readonly clock: Clock;
	readonly events: Pick<Events, "authorityLoginTried">;
	readonly stopping: AbortSignal;
}

/** Longer than a right password and a wrong code take: an attempt that fails says nothing of which of them was wrong. */
const refusesAfterMs = 400;

const text = (most: number) => z.string().max(most).catch("");
const logInForm = z.object({ login: text(128), password: text(longestPassword), code: text(40) });
const setUpForm = z.object({
	...{ password: text(longestPassword), newPassword: text(longestPassword), code: text(40), secret: text(400) },
});

export function registerAccountRoutes(server: HttpServer, language: Language, deps: AccountRouteDeps): void {
	const { door, sessions } = deps;
	const at = (path: string) => `${prefixOf(language)}/authority${path}`;
	server.get(at("/log-in"), async (_request, reply) => sendPage(reply, logInPage(language, "", null)));
	server.post(
		at("/log-in"),
		{ onRequest: async (request) => refuseOtherSites(request) },
		door.orAway(language, (request, reply) => logIn(request, reply, { language, deps })),
	);
	server.post(
		at("/log-out"),
		door.opens(
			language,
			async ({ session, reply }) => {
				await sessions.close(session);
				return reply.clearCookie(door.cookieName, door.cookie).redirect(at("/log-in"), 303);
			},
			{ evenUnsecured: true },
		),
	);
	server.get(
		at("/set-up"),
		door.opens(language, async (visit) => showSetUp(visit, { language, deps }, []), { evenUnsecured: true }),
	);
	server.post(
		at("/set-up"),
		door.opens(language, (visit) => setUp(visit, { language, deps }), { evenUnsecured: true }),
	);
}

interface Where {
	readonly language: Language;
	readonly deps: AccountRouteDeps;
}

async function logIn(request: FastifyRequest, reply: FastifyReply, { language, deps }: Where): Promise<FastifyReply> {
	const { door, sessions, limits, clock, events } = deps;
	const begun = clock.now();
	const { login, password, code } = logInForm.parse(request.body ?? {});
	const refuse = (fault: AuthorityFault, status: number) => sendPage(reply, logInPage(language, login, fault), status);
	if (!(await limits.allows("logins", request, reply)) || !(await limits.allows("loginsOfOne", request, reply))) {
		events.authorityLoginTried({ outcome: "limited" });
		return refuse("limited", 429);
	}
	try {
		const { token } = await sessions.open(login, password, code);
		events.authorityLoginTried({ outcome: "ok" });
		reply.setCookie(door.cookieName, token, { ...door.cookie, maxAge: Math.floor(sessions.maxMs / 1_000) });
		return reply.redirect(`${prefixOf(language)}/authority`, 303);
	} catch (error) {
		if (asBreakwaterError(error).code !== "bad-login") throw error;
		events.authorityLoginTried({ outcome: "refused" });
		await pause(begun + refusesAfterMs - clock.now(), deps.stopping);
		return refuse("badLogin", 401);
	}
}

function showSetUp({ session, visitor, reply }: Visit, { language, deps }: Where, faults: readonly AuthorityFault[]) {
	const { isPasswordFirst } = session.user;
	const secret = deps.factor.begin(session.user);
	const status = faults.length === 0 ? 200 : 400;
	return sendPage(reply, setUpPage({ language, visitor, isPasswordFirst, secret, faults }), status);
}

async function setUp(visit: Visit, where: Where): Promise<FastifyReply> {
	const { session, request, reply } = visit;
	const { language, deps } = where;
	const { user } = session;
	if (!(await deps.limits.allows("logins", request, reply))) return showSetUp(visit, where, ["limited"]);
	const { password, newPassword, code, secret } = setUpForm.parse(request.body ?? {});
	if (!(await deps.sessions.isPassword(session, password))) return showSetUp(visit, where, ["password"]);
	const isNew = user.isPasswordFirst || newPassword !== "";
	if (isNew && (newPassword === password || passwordFault(newPassword, user.login) !== null))
		return showSetUp(visit, where, ["newPassword"]);
	const enrolled = deps.factor.complete(user, secret, code);
	if (enrolled === null) return showSetUp(visit, where, ["code"]);
	const { recovery, ...chosen } = enrolled;
	const passwordHash = isNew ? await deps.passwords.hash(newPassword) : null;
	await deps.accounts.setUp(user.id, { ...chosen, passwordHash, keptSession: session.tokenHash });
	const secured = { ...session, user: { ...user, isPasswordFirst: false, hasFactor: true } };
	return sendPage(reply, recoveryPage(language, visitorOf(secured), recovery));
}
