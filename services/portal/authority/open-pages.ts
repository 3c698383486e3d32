// Puts together what authorities use: their keys' API, and pages that they log in to.
import cookie from "@fastify/cookie";
import type { OneTimeCodes } from "../../core/ports/one-time-codes.ts";
import type { PasswordHasher } from "../../core/ports/password-hasher.ts";
import type { Parts } from "../../parts/parts.ts";
import { createAuthorityDesk } from "../../runtime/authority-desk.ts";
import type { HttpServer } from "../../runtime/http/server.ts";
import { createSessions } from "../../runtime/http/sessions.ts";
import type { PortalLimits } from "../limits.ts";
import { readMultipart } from "../multipart.ts";
import type { PortalSecrets } from "../secrets.ts";
import { languages } from "../words/words.ts";
import { registerAccountRoutes } from "./account-routes.ts";
import { createDoor } from "./door.ts";
import { registerKeyRoutes } from "./key-routes.ts";
import { registerRequestRoutes } from "./request-routes.ts";
import { createSecondFactor } from "./second-factor.ts";

export interface AuthorityPageDeps {
	readonly passwords: PasswordHasher;
	readonly codes: OneTimeCodes;
	readonly secrets: PortalSecrets;
	readonly limits: PortalLimits;
	readonly stopping: AbortSignal;
}

export async function openAuthorityPages(server: HttpServer, parts: Parts, deps: AuthorityPageDeps): Promise<void> {
	const { stores, clock, events } = parts;
	const { authorities, authorityAccounts: accounts, laws } = stores;
	const { sessionIdleMs: idleMs, sessionMaxMs: maxMs, secureCookies: secure } = parts.config.review;
	const desk = createAuthorityDesk({ authorities, laws, clock, events });
	const factor = createSecondFactor({ ...deps, accounts, clock });
	const sessions = createSessions({ ...deps, users: accounts, clock, idleMs, maxMs, secondFactor: factor.isProven });
	const door = createDoor({ sessions, secure });
	registerKeyRoutes(server, { authorities, desk });
	await server.register(cookie);
	readMultipart(server);
	for (const language of languages) {
		registerAccountRoutes(server, language, { ...deps, door, sessions, accounts, factor, clock, events });
		registerRequestRoutes(server, language, { door, desk });
	}
}
