// Puts takedown together: the outbox's relay, and the workers that carry out what it brings.
import { createWebhookClient } from "../adapters/platforms/webhook-client.ts";
import type { Parts } from "../composition/parts.ts";
import type { JobHandlers } from "../core/ports/job-queue.ts";
import { jobIdOf, queueNames } from "../core/wire/jobs.ts";
import { type Closing, createClosing } from "../runtime/closing.ts";
import { startHealthServer } from "../runtime/health-server.ts";
import { checkParts, type Health, type Runnable } from "../runtime/lifecycle.ts";
import { createDeliverOrder } from "./deliver-order.ts";
import { type OutboxRelay, relayOutbox } from "./relay-outbox.ts";

interface Running {
	readonly relay: OutboxRelay;
	readonly close: () => Promise<void>;
	readonly url: string;
}

export function composeTakedown(parts: Parts): Runnable & { readonly url: () => string } {
	const closing = createClosing();
	let running: Running | null = null;
	const health = (): Promise<Health> =>
		checkParts({
			record: () => parts.stores.outbox.backlog(),
			queue: async () => (await parts.queue()).check(),
			relay: () => {
				if (running?.relay.isHealthy() !== true) throw new Error("not relaying");
			},
		});
	return {
		name: "takedown",
		url: () => running?.url ?? "",
		health,
		async start() {
			running = await openTakedown(parts, closing, health);
		},
		async [Symbol.asyncDispose]() {
			await running?.close();
			await closing[Symbol.asyncDispose]();
		},
	};
}

async function openTakedown(parts: Parts, closing: Closing, health: () => Promise<Health>): Promise<Running> {
	const { config, stores, clock, events, logger, metrics } = parts;
	const queue = await parts.queue();
	const client = closing.keep(
		createWebhookClient({
			timeoutMs: config.takedown.webhookTimeoutMs,
			allowPrivateAddresses: config.takedown.allowPrivateAddresses,
			clock,
		}),
	);
	const deliver = createDeliverOrder({ ...stores, client, stream: await parts.stream(), clock, events });
	const handlers: JobHandlers = {
		withhold: ({ orderId }, context) => deliver(orderId, context),
		remove: ({ orderId }, context) => deliver(orderId, context),
		restore: ({ orderId }, context) => deliver(orderId, context),
		escalate: async ({ caseId }) => {
			if (await stores.cases.markEscalated(caseId, new Date(clock.now()))) events.caseEscalated({ caseId });
			await stores.outbox.acknowledge(jobIdOf("escalate", { caseId }));
		},
	};
	const worker = await queue.work("takedown", handlers, { concurrency: config.takedown.concurrency });
	const { reconcileAfterMs } = config.takedown;
	const relay = closing.keep(await relayOutbox({ outbox: stores.outbox, queue, clock, logger, reconcileAfterMs }));
	registerGauges(parts);
	const { host, ports } = config.http;
	const { url } = closing.keep(await startHealthServer({ host, port: ports.takedown, health, metrics }));
	return { relay, close: () => worker.close(config.drainMs), url };
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
	metrics.gauge("breakwater_outbox_oldest_seconds", "Age of the oldest of them.", [], async (gauge) => {
		const { oldestAt } = await stores.outbox.backlog();
		gauge.set(oldestAt === null ? 0 : (clock.now() - oldestAt.getTime()) / 1000);
	});
}
