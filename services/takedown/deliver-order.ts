// Tells a platform what to do with one item, once or as often as it takes, always under the same id.
import type { OrderId, PlatformId } from "../core/ids.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { ItemStream } from "../core/ports/item-stream.ts";
import { type JobContext, RetryLater } from "../core/ports/job-queue.ts";
import type { OrderStore, PendingOrder } from "../core/ports/order-store.ts";
import type { OutboxStore } from "../core/ports/outbox-store.ts";
import type { DeliveryOutcome, PlatformClient } from "../core/ports/platform-client.ts";
import type { PlatformStore } from "../core/ports/platform-store.ts";
import { jobIdOf } from "../core/wire/jobs.ts";
import { topics } from "../core/wire/topics.ts";
import { createBriefCache } from "../runtime/brief-cache.ts";
import type { Events } from "../runtime/events.ts";

export interface DeliverOrderDeps {
	readonly orders: Pick<OrderStore, "find" | "settleAttempt">;
	readonly platforms: Pick<PlatformStore, "find">;
	readonly outbox: Pick<OutboxStore, "acknowledge">;
	readonly client: Pick<PlatformClient, "deliver">;
	readonly stream: Pick<ItemStream, "publish">;
	readonly clock: Clock;
	readonly events: Pick<Events, "orderDelivered" | "orderAttemptFailed" | "orderUndelivered">;
}

const deliveredByTopic: DeliveryOutcome = { kind: "delivered", status: 0 };

export function createDeliverOrder(deps: DeliverOrderDeps): (id: OrderId, context: JobContext) => Promise<void> {
	const findPlatform = createBriefCache({
		forMs: 1_000,
		maxEntries: 10_000,
		now: () => deps.clock.now(),
		load: (id: PlatformId) => deps.platforms.find(id),
	});
	return async (id, context) => {
		const order = await deps.orders.find(id);
		// Delivered before, overtaken by a newer order, or its item is gone: nothing is left to do.
		if (order === null || order.state !== "pending") return acknowledge(id, order);
		const outcome = await send(order, context);
		const at = new Date(deps.clock.now());
		if (outcome.kind === "delivered") {
			await deps.orders.settleAttempt(id, { kind: "delivered", at });
			deps.events.orderDelivered({
				orderId: id,
				action: order.message.action,
				tier: order.message.reason.tier,
				attempts: order.attempts + 1,
				secondsSinceEvent: (at.getTime() - order.eventAt.getTime()) / 1000,
			});
			return acknowledge(id, order);
		}
		if (outcome.kind === "refused" || context.isLastAttempt) {
			await deps.orders.settleAttempt(id, { kind: "undelivered", reason: outcome.reason, at });
			deps.events.orderUndelivered({ orderId: id, reason: outcome.reason });
			return acknowledge(id, order);
		}
		await deps.orders.settleAttempt(id, { kind: "failed", reason: outcome.reason, at });
		deps.events.orderAttemptFailed({ orderId: id, reason: outcome.reason, attempt: context.attempt });
		throw outcome.retryAfterMs === null
			? new Error(`order not acknowledged: ${outcome.reason}`)
			: new RetryLater(outcome.retryAfterMs);
	};

	/** On the topic once, and to the webhook until it is acknowledged; readers of both know a repeated order by its id. */
	async function send(order: PendingOrder, context: JobContext): Promise<DeliveryOutcome> {
		const platform = await findPlatform(order.platformId);
		if (platform === null) return { kind: "refused", reason: "no-platform" };
		const { message } = order;
		const headers = { "content-type": "application/json", "webhook-id": message.orderId };
		const record = { key: message.subject, value: Buffer.from(JSON.stringify(message)), headers };
		const [outcome] = await Promise.all([
			// Without a webhook the topic is the delivery.
			platform.webhook === null ? deliveredByTopic : deps.client.deliver(platform, message, context.signal),
			order.attempts === 0 ? deps.stream.publish(topics.orders, [record]) : undefined,
		]);
		return outcome;
	}

	async function acknowledge(id: OrderId, order: PendingOrder | null): Promise<void> {
		const action = order?.message.action;
		if (action !== undefined) await deps.outbox.acknowledge(jobIdOf(action, { orderId: id }));
	}
}
