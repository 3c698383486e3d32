// Puts intake together: keys, stream, media store and the HTTP server.

import { identifyByKey, openMatcher } from "../matcher/compose.ts";
import { registerMatcherRoutes } from "../matcher/routes.ts";
import type { Parts } from "../parts/parts.ts";
import { createClosing } from "../runtime/closing.ts";
import { createCheckKey, createCheckReporterKey } from "../runtime/http/check-key.ts";
import { closeHttpServer, createHttpServer } from "../runtime/http/server.ts";
import { checkParts, type Health, type Runnable, staying } from "../runtime/lifecycle.ts";
import { readJurisdictions } from "../runtime/read-jurisdictions.ts";
import { createItemAllowance } from "./item-allowance.ts";
import { intakeApi } from "./openapi.ts";
import { registerIntakeRoutes } from "./routes.ts";
import { startSweepLoop } from "./sweep-loop.ts";

/** The requests of one platform at one process; far above what one sender needs, far below what starves the others. */
const maxRequestsPerSecond = 2_000;
const maxLookUpsPerSecond = 20_000;
/** The largest upload has this long to arrive. */
const requestTimeoutMs = 120_000;

export function composeIntake(parts: Parts): Runnable & { readonly url: () => string } {
	const closing = createClosing();
	let url = "";
	let stopSignal: AbortSignal | null = null;
	let failure: Error | null = null;
	const health = (): Promise<Health> =>
		checkParts({
			process: staying(() => stopSignal),
			record: () => parts.stores.platforms.list(),
			stream: async () => (await parts.stream()).check(),
			media: () => parts.mediaStore().check(),
			// Events are taken while the banks are still loading; look-ups say so themselves.
			matcher: () => {
				if (failure !== null) throw failure;
			},
		});
	return {
		name: "intake",
		url: () => url,
		health,
		async start(signal) {
			stopSignal = signal;
			const { config, stores, clock, logger, metrics, events } = parts;
			const { maxEventBytes, maxMediaBytes, maxVideoBytes } = config.limits;
			const matcher = config.intake.servesMatcher ? openMatcher(parts, closing) : null;
			matcher?.loaded.catch((error: Error) => {
				failure = error;
			});
			const server = await createHttpServer({
				api: intakeApi,
				logger,
				metrics,
				health,
				bodyLimitBytes: maxEventBytes,
				requestTimeoutMs,
			});
			closing.keep({ [Symbol.asyncDispose]: () => closeHttpServer(server, config.drainMs) });
			const checkKey = createCheckKey({ platforms: stores.platforms, clock });
			await registerIntakeRoutes(server, {
				checkKey,
				reporters: stores.reporters,
				...{ appeals: stores.appeals, laws: readJurisdictions() },
				checkReporterKey: createCheckReporterKey({ reporters: stores.reporters, clock }),
				stream: await parts.stream(),
				eventSecret: config.stream.eventSecrets[0] ?? null,
				mediaStore: parts.mediaStore(),
				allowance: createItemAllowance({ clock, itemsPerSecond: config.intake.itemsPerSecond }),
				...{ clock, events, logger, maxEventBytes, maxMediaBytes, maxVideoBytes, maxRequestsPerSecond },
			});
			if (matcher !== null) {
				const identify = identifyByKey(checkKey);
				await registerMatcherRoutes(server, { ...matcher.deps, identify, maxRequestsPerSecond: maxLookUpsPerSecond });
			}
			const sweeping = startSweepLoop({
				...{ mediaStore: parts.mediaStore(), deadLetters: stores.deadLetters, clock, events, logger },
			});
			closing.keep({ [Symbol.asyncDispose]: () => sweeping.stop() });
			url = await server.listen({ host: config.http.host, port: config.http.ports.intake });
		},
		[Symbol.asyncDispose]: () => closing[Symbol.asyncDispose](),
	};
}
