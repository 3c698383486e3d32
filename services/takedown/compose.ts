// Puts takedown together: the outbox's relay, and the workers that carry out what it brings.
import { createWebhookClient } from "../adapters/platforms/webhook-client.ts";
import { queueNames } from "../core/wire/jobs.ts";
import { openHistory } from "../parts/history.ts";
import type { Parts } from "../parts/parts.ts";
import { type Closing, createClosing } from "../runtime/closing.ts";
import { startHealthServer } from "../runtime/health-server.ts";
import { checkParts, type Health, type Runnable } from "../runtime/lifecycle.ts";
import { endSilences } from "./end-silences.ts";
import { gatherReports } from "./gather-reports.ts";
import { relayHistory } from "./history/relay-history.ts";
import { writeHistory } from "./history/write-history.ts";
import { keepClocks, measureClocks } from "./keep-clocks.ts";
import { numberActs } from "./number-acts.ts";
import { keepOutbreaks, measureOutbreaks } from "./outbreaks/keep-outbreaks.ts";
import { createPipeline } from "./pipeline.ts";
import { createPlatformGate } from "./platform-gate.ts";
import { type OutboxRelay, relayOutbox } from "./relay-outbox.ts";
import { createTellReporter } from "./tell-reporter.ts";
import { createTellUser } from "./tell-user.ts";

const tellersAtOnce = 4;

export function composeTakedown(parts: Parts): Runnable & { readonly url: () => string } {
	const closing = createClosing();
	let relay: OutboxRelay | null = null;
	let url = "";
	const health = (): Promise<Health> =>
		checkParts(
			{
				record: () => parts.stores.outbox.backlog(),
				queue: async () => (await parts.queue()).check(),
				stream: async () => (await parts.stream()).check(),
				relay: () => {
					if (relay?.isHealthy() !== true) throw new Error("not relaying");
				},
			},
			{ clock: parts.checkClock },
		);
	return {
		name: "takedown",
		url: () => url,
		health,
		async start() {
			const { config, metrics } = parts;
			registerGauges(parts);
			measureClocks({ clocks: parts.stores.clocks, clock: parts.clock, metrics });
			measureOutbreaks({ outbreaks: parts.stores.outbreaks, clock: parts.clock, metrics });
			// First up and last down, so that starting and draining can be watched.
			const { host, ports } = config.http;
			url = closing.keep(await startHealthServer({ host, port: ports.takedown, health, metrics })).url;
			relay = await openTakedown(parts, closing);
		},
		[Symbol.asyncDispose]: () => closing[Symbol.asyncDispose](),
	};
}

async function openTakedown(parts: Parts, closing: Closing): Promise<OutboxRelay> {
	const { config, stores, clock, events, logger } = parts;
	const { concurrency, reconcileAfterMs, webhookTimeoutMs: timeoutMs, allowPrivateAddresses } = config.takedown;
	const queue = await parts.queue();
	const client = closing.keep(createWebhookClient({ timeoutMs, allowPrivateAddresses, clock }));
	const gate = createPlatformGate({
		steadyMs: () => performance.now(),
		// Two platforms that hang at once leave half of the workers to the others; with people's decisions for them, still some.
		maxInFlight: Math.max(1, Math.floor(concurrency / 4)),
		onHeld: events.platformHeld,
		onAnswering: events.platformAnswering,
	});
	const handlers = createPipeline({ ...stores, client, stream: await parts.stream(), gate, clock, events });
	const worker = await queue.work("takedown", handlers, { concurrency });
	closing.keep({ [Symbol.asyncDispose]: () => worker.close(config.drainMs) });
	const telling = {
		tell: createTellReporter({ ...stores, client, events }),
		state: createTellUser({ ...stores, client, stream: await parts.stream() }),
	};
	const teller = await queue.work("reporting", telling, { concurrency: tellersAtOnce });
	closing.keep({ [Symbol.asyncDispose]: () => teller.close(config.drainMs) });
	const numbering = numberActs({ acts: stores.acts, logger });
	closing.keep({ [Symbol.asyncDispose]: () => numbering.stop() });
	const keeper = keepClocks({ clocks: stores.clocks, clock, logger, events });
	closing.keep({ [Symbol.asyncDispose]: () => keeper.stop() });
	const counter = keepOutbreaks({
		...{ outbreaks: stores.outbreaks, clock, events, logger, policies: await parts.policy() },
		learnSeconds: config.takedown.outbreakLearnSeconds,
	});
	closing.keep({ [Symbol.asyncDispose]: () => counter.stop() });
	const ending = endSilences({ silences: stores.silences, clock, logger });
	closing.keep({ [Symbol.asyncDispose]: () => ending.stop() });
	closing.keep(await keepHistory(parts));
	closing.keep(await gatherReports({ ...stores, events, logger }));
	return closing.keep(await relayOutbox({ outbox: stores.outbox, queue, clock, logger, reconcileAfterMs }));
}

/** Small: what orders need comes first, on the same machine. */
const historyEngine = { threads: 1, memoryMib: 256 };

async function keepHistory(parts: Parts): Promise<AsyncDisposable> {
	const {
		stores: { history },
		config,
		logger,
	} = parts;
	const stream = await parts.stream();
	const { openWriter, files, workFolder } = openHistory(config, historyEngine);
	const { everyMs } = config.history;
	const writer = await writeHistory({ history, stream, openWriter, files, workFolder, everyMs, logger });
	const relay = relayHistory({ history, stream, logger });
	return {
		async [Symbol.asyncDispose]() {
			await relay.stop();
			await writer[Symbol.asyncDispose]();
		},
	};
}

function registerGauges({ metrics, stores, queue, clock }: Parts): void {
	metrics.gauge("breakwater_queue_jobs", "Jobs by state.", ["queue", "state"], async (gauge) => {
		for (const name of queueNames) {
			const counts = await (await queue()).counts(name);
			for (const [state, count] of Object.entries(counts)) gauge.set({ queue: name, state }, count);
		}
	});
	metrics.gauge("breakwater_outbox_rows", "Jobs that must still happen.", [], async (gauge) =>
		gauge.set((await stores.outbox.backlog()).count),
	);
	metrics.gauge(
		"breakwater_history_behind_records",
		"Transactions whose history is not written yet.",
		[],
		async (gauge) => {
			const { numbered, written } = await stores.history.marks();
			gauge.set(numbered - written);
		},
	);
	metrics.gauge("breakwater_outbox_oldest_seconds", "Age of the oldest of them.", [], async (gauge) => {
		const { oldestAt } = await stores.outbox.backlog();
		gauge.set(oldestAt === null ? 0 : (clock.now() - oldestAt.getTime()) / 1000);
	});
}
