// Puts the portal together: the record of reports, the secret that receipts come from, and the pages.
import formBody from "@fastify/formbody";
import rateLimit from "@fastify/rate-limit";
import { createPasswordHasher } from "../adapters/argon2/password-hasher.ts";
import { createOneTimeCodes } from "../adapters/otpauth/one-time-codes.ts";
import type { Parts } from "../parts/parts.ts";
import { type Closing, createClosing } from "../runtime/closing.ts";
import { closeHttpServer, createHttpServer } from "../runtime/http/server.ts";
import { checkParts, type Health, type Runnable, staying } from "../runtime/lifecycle.ts";
import { readJurisdictions } from "../runtime/read-jurisdictions.ts";
import { registerAppealRoutes } from "./appeal-routes.ts";
import { openAuthorityPages } from "./authority/open-pages.ts";
import { createLimits } from "./limits.ts";
import { portalApi } from "./openapi.ts";
import { registerPages } from "./page-routes.ts";
import { registerReceiptRoutes } from "./receipt-routes.ts";
import { registerReportRoutes } from "./report-routes.ts";
import { createPortalSecrets, openPortalSecret } from "./secrets.ts";
import { languages } from "./words/words.ts";

/** A form with everything in it that fits. */
const maxFormBytes = 128 * 1_024;
const requestTimeoutMs = 30_000;

export function composePortal(parts: Parts): Runnable & { readonly url: () => string } {
	const closing = createClosing();
	let url = "";
	let stopSignal: AbortSignal | null = null;
	const health = (): Promise<Health> =>
		checkParts(
			{ process: staying(() => stopSignal), record: () => parts.stores.platforms.list() },
			{ clock: parts.checkClock },
		);
	return {
		name: "portal",
		url: () => url,
		health,
		async start(signal) {
			stopSignal = signal;
			url = await openPortal(parts, closing, { health, stopping: signal });
		},
		[Symbol.asyncDispose]: () => closing[Symbol.asyncDispose](),
	};
}

interface Running {
	readonly health: () => Promise<Health>;
	readonly stopping: AbortSignal;
}

async function openPortal(parts: Parts, closing: Closing, { health, stopping }: Running): Promise<string> {
	const { config, stores, logger, metrics, events, clock } = parts;
	const secrets = createPortalSecrets(await openPortalSecret(config.portal.secret, config.dataDir));
	const server = await createHttpServer({
		api: portalApi,
		...{ logger, metrics, health, requestTimeoutMs },
		bodyLimitBytes: maxFormBytes,
		trustedProxies: config.http.trustedProxies,
	});
	closing.keep({ [Symbol.asyncDispose]: () => closeHttpServer(server, config.drainMs) });
	await server.register(formBody, { bodyLimit: maxFormBytes });
	await server.register(rateLimit, { global: false });
	const limits = createLimits(server);
	const laws = readJurisdictions();
	const { reports, appeals } = stores;
	const deps = { reports, appeals, laws, secrets, limits, clock, events, stopping };
	for (const language of languages) {
		registerReportRoutes(server, language, deps);
		registerReceiptRoutes(server, language, deps);
		registerAppealRoutes(server, language, deps);
	}
	const logins = { passwords: createPasswordHasher(), codes: createOneTimeCodes() };
	await openAuthorityPages(server, parts, { ...logins, secrets, limits, stopping });
	await registerPages(server);
	return server.listen({ host: config.http.host, port: config.http.ports.portal });
}
