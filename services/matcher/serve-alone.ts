// The API by itself, without the rest of the pipeline: for who wants just a matcher.
import { availableParallelism } from "node:os";
import type { Parts } from "../parts/parts.ts";
import { createClosing } from "../runtime/closing.ts";
import { createCheckKey } from "../runtime/http/check-key.ts";
import { closeHttpServer, createHttpServer } from "../runtime/http/server.ts";
import { checkParts, type Health, type Runnable } from "../runtime/lifecycle.ts";
import { identifyByKey, openMatcher } from "./compose.ts";
import { identifyOpenly } from "./open-access.ts";
import { matcherApi } from "./openapi.ts";
import { registerMatcherRoutes } from "./routes.ts";

const requestTimeoutMs = 120_000;

export interface MatcherOptions {
	readonly port: number;
	/** Without keys; the hosts from which media may then be fetched. Null: with keys. */
	readonly open: { readonly mediaHosts: readonly string[] } | null;
}

export function composeMatcher(parts: Parts, options: MatcherOptions): Runnable & { readonly url: () => string } {
	const closing = createClosing();
	const { config, stores, clock, logger, metrics } = parts;
	let url = "";
	const health = (): Promise<Health> =>
		checkParts({
			record: () => stores.platforms.list(),
			banks: async () => (await parts.banks()).follower.check(bankMaxAgeMs),
		});
	return {
		name: "matcher",
		url: () => url,
		health,
		async start() {
			const matcher = openMatcher(parts, closing, Math.max(config.detector.examinerWorkers, availableParallelism()));
			const server = await createHttpServer({
				api: matcherApi,
				...{ logger, metrics, health, requestTimeoutMs },
				bodyLimitBytes: config.limits.maxEventBytes,
			});
			closing.keep({ [Symbol.asyncDispose]: () => closeHttpServer(server, config.drainMs) });
			const identify =
				options.open === null
					? identifyByKey(createCheckKey({ platforms: stores.platforms, clock }))
					: identifyOpenly(options.open.mediaHosts);
			await registerMatcherRoutes(server, { ...matcher.deps, identify, maxRequestsPerSecond: null });
			url = await server.listen({ host: config.http.host, port: options.port });
			await matcher.loaded;
		},
		[Symbol.asyncDispose]: () => closing[Symbol.asyncDispose](),
	};
}

const bankMaxAgeMs = 5_000;
