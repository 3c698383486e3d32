// Tells a platform what to do with one item, once or as often as it takes, always under the same id.
import type { OrderId } from "../core/ids.ts";
import { AttemptFailed, type JobContext, RetryLater } from "../core/ports/job-queue.ts";
import type { OrderStore, PendingOrder } from "../core/ports/order-store.ts";
import type { OutboxStore } from "../core/ports/outbox-store.ts";
import { waitBegan } from "../core/wire/event-time.ts";
import { jobIdOf } from "../core/wire/jobs.ts";
import type { Events } from "../runtime/events.ts";
import { createSendOrder, type SendOrderDeps } from "./send-order.ts";

export interface DeliverOrderDeps extends SendOrderDeps {
	readonly orders: Pick<OrderStore, "find" | "settleAttempt">;
	readonly outbox: Pick<OutboxStore, "acknowledge">;
	readonly events: Pick<Events, "orderDelivered" | "orderAttemptFailed" | "orderUndelivered">;
}

/** An order that a platform does not take for so long is put before people. */
const giveUpAfterMs = 4 * 3_600_000;

export function createDeliverOrder(deps: DeliverOrderDeps): (id: OrderId, context: JobContext) => Promise<void> {
	const send = createSendOrder(deps);
	const now = () => new Date(deps.clock.now());

	return async (id, context) => {
		const order = await deps.orders.find(id);
		if (order === null) return;
		// Overtaken or contradicted by a newer order of the same item, or the item is gone.
		if (order.state === "superseded") await deps.orders.settleAttempt(id, { kind: "superseded", at: now() });
		if (order.state === "pending") await attempt(id, order, context);
		await deps.outbox.acknowledge(jobIdOf(order.message.action, { orderId: id }));
	};

	/** Returns once nothing more is to be done; throws where the order must come back. */
	async function attempt(id: OrderId, order: PendingOrder, context: JobContext): Promise<void> {
		const isOld = deps.clock.now() - context.queuedAt.getTime() >= giveUpAfterMs;
		const outcome = await send(order, context, isOld);
		const at = now();
		if (outcome.kind === "delivered") {
			await deps.orders.settleAttempt(id, { kind: "delivered", at });
			const { action, reason } = order.message;
			const secondsSinceEvent = (at.getTime() - waitBegan(order.eventAt, order.receivedAt).getTime()) / 1000;
			deps.events.orderDelivered({
				orderId: id,
				action,
				tier: reason.tier,
				attempts: order.attempts + 1,
				secondsSinceEvent,
			});
			return;
		}
		const { reason } = outcome;
		if (outcome.kind === "refused" || context.isLastAttempt || isOld) {
			await deps.orders.settleAttempt(id, { kind: "undelivered", reason, at });
			deps.events.orderUndelivered({ orderId: id, reason });
			return;
		}
		await deps.orders.settleAttempt(id, { kind: "failed", reason, at });
		deps.events.orderAttemptFailed({ orderId: id, reason, attempt: context.attempt });
		if (outcome.retryAfterMs !== null) throw new RetryLater(outcome.retryAfterMs);
		throw new AttemptFailed(reason);
	}
}
