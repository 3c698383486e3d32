// Puts intake together: keys, stream, media store and the HTTP server.
import { join } from "node:path";
import { createResumableUploads, type ResumableUploads } from "../adapters/tus/resumable-uploads.ts";
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
import { createTakeComplete, uploadsPath } from "./resumable-routes.ts";
import { registerIntakeRoutes } from "./routes.ts";
import { startSweepLoop, startTidyLoop } from "./sweep-loop.ts";
import { createTakeUpload } from "./take-upload.ts";

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
	let uploads: ResumableUploads | null = null;
	const health = (): Promise<Health> =>
		checkParts(
			{
				process: staying(() => stopSignal),
				record: () => parts.stores.platforms.list(),
				stream: async () => (await parts.stream()).check(),
				media: () => parts.mediaStore().check(),
				uploads: () => uploads?.check(),
				// Events are taken while the banks are still loading; look-ups say so themselves.
				matcher: () => {
					if (failure !== null) throw failure;
				},
			},
			{ clock: parts.checkClock },
		);
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
			const taking = {
				...{ stream: await parts.stream(), eventSecret: config.stream.eventSecrets[0] ?? null },
				...{ mediaStore: parts.mediaStore(), clock, logger },
			};
			const limits = { maxMediaBytes, maxVideoBytes };
			uploads = createResumableUploads({
				...{ folder: join(config.dataDir, "parts"), roomBytes: maxMediaBytes, path: uploadsPath, clock, logger },
				take: createTakeComplete({
					...{ platforms: stores.platforms, takeUpload: createTakeUpload(taking), events, ...limits },
				}),
			});
			await registerIntakeRoutes(server, {
				...{ checkKey, uploads, ...taking, ...limits },
				reporters: stores.reporters,
				...{ appeals: stores.appeals, laws: readJurisdictions() },
				checkReporterKey: createCheckReporterKey({ reporters: stores.reporters, clock }),
				allowance: createItemAllowance({ clock, itemsPerSecond: config.intake.itemsPerSecond }),
				...{ events, maxEventBytes, maxRequestsPerSecond },
			});
			if (matcher !== null) {
				const identify = identifyByKey(checkKey);
				await registerMatcherRoutes(server, { ...matcher.deps, identify, maxRequestsPerSecond: maxLookUpsPerSecond });
			}
			const sweeping = startSweepLoop({
				...{ mediaStore: parts.mediaStore(), deadLetters: stores.deadLetters, clock, events, logger },
			});
			const tidying = startTidyLoop({ uploads, logger });
			for (const loop of [sweeping, tidying]) closing.keep({ [Symbol.asyncDispose]: () => loop.stop() });
			url = await server.listen({ host: config.http.host, port: config.http.ports.intake });
		},
		[Symbol.asyncDispose]: () => closing[Symbol.asyncDispose](),
	};
}
