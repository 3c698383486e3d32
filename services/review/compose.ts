// Puts review together: the record, the renderer of previews, and the HTTP server with API and console.
import { createPasswordHasher } from "../adapters/argon2/password-hasher.ts";
import { createPreviewRenderer } from "../adapters/sharp/preview-renderer.ts";
import { BreakwaterError } from "../core/errors.ts";
import { askHistory, askSavedView } from "../parts/ask-history.ts";
import { openHistory } from "../parts/history.ts";
import type { Parts } from "../parts/parts.ts";
import { createAuthorityDesk } from "../runtime/authority-desk.ts";
import { type Closing, createClosing } from "../runtime/closing.ts";
import { closeHttpServer } from "../runtime/http/server.ts";
import { checkParts, type Health, type Runnable, staying } from "../runtime/lifecycle.ts";
import { createReviewServer } from "./server.ts";

/** People look at one picture at a time: one worker renders for many of them. */
const previewWorkers = 1;

/** People wait, and beside them the detector may run: memory for months of rows, and two threads, for a quarter of a year then takes less than two seconds. */
const historyEngine = { threads: 2, memoryMib: 512 };

export function composeReview(parts: Parts): Runnable & { readonly url: () => string } {
	const closing = createClosing();
	let url = "";
	let stopSignal: AbortSignal | null = null;
	const health = (): Promise<Health> =>
		checkParts(
			{ process: staying(() => stopSignal), record: () => parts.stores.platforms.list() },
			{
				// People decide without either; pictures are not shown meanwhile, and no record is replayed.
				stream: async () => (await parts.stream()).check(),
				media: () => parts.mediaStore().check(),
				clock: parts.checkClock,
			},
		);
	return {
		name: "review",
		url: () => url,
		health,
		async start(signal) {
			stopSignal = signal;
			url = await openReview(parts, closing, health);
		},
		[Symbol.asyncDispose]: () => closing[Symbol.asyncDispose](),
	};
}

async function openReview(parts: Parts, closing: Closing, health: () => Promise<Health>): Promise<string> {
	const { config, stores, logger, metrics, events, clock } = parts;
	const { maxPixels, decodeTimeoutMs: timeoutMs } = config.detector;
	const renderer = closing.keep(
		createPreviewRenderer({ workers: previewWorkers, limits: { maxPixels, timeoutMs }, logger }),
	);
	const history = openHistory(config, historyEngine);
	const asking = () => ({ history: stores.history, banks: stores.banks, parts: history, nowMs: clock.now() });
	const server = await createReviewServer({
		...stores,
		...{ logger, metrics, health, events, clock, renderer },
		authorityDesk: createAuthorityDesk({ ...stores, clock, events }),
		passwords: createPasswordHasher(),
		stream: await parts.stream(),
		mediaStore: parts.mediaStore(),
		policies: await parts.policy(),
		signalCatalogue: parts.signalCatalogue,
		askTrend: (view, asked) => told(parts, view, () => askHistory(asking(), view, asked)),
		askView: (view, asked) => told(parts, "saved", () => askSavedView(asking(), view, asked)),
		configuredModel: config.model.id,
		idleMs: config.review.sessionIdleMs,
		maxMs: config.review.sessionMaxMs,
		claimLeaseMs: config.review.claimLeaseMs,
		secureCookies: config.review.secureCookies,
		trustedProxies: config.http.trustedProxies,
		maxMediaBytes: config.limits.maxMediaBytes,
	});
	closing.keep({ [Symbol.asyncDispose]: () => closeHttpServer(server, config.drainMs) });
	return server.listen({ host: config.http.host, port: config.http.ports.review });
}

/** A saved view that is refused is no failure of the engine. */
async function told<T>({ events, clock }: Parts, view: string, ask: () => Promise<T>): Promise<T> {
	const askedMs = clock.now();
	try {
		const answer = await ask();
		events.historyAnswered({ view, seconds: (clock.now() - askedMs) / 1_000 });
		return answer;
	} catch (error) {
		if (error instanceof BreakwaterError && error.code === "view-refused") throw error;
		events.historyUnanswered({ view, error });
		throw error;
	}
}
