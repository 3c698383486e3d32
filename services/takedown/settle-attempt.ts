// What an attempt's outcome makes of its order: delivered, given up and put before people, or tried again.
import { AttemptFailed, type JobContext, RetryLater } from "../core/ports/job-queue.ts";
import type { OrderStore, PendingOrder } from "../core/ports/order-store.ts";
import type { DeliveryOutcome } from "../core/ports/platform-client.ts";
import { waitBegan } from "../core/wire/event-time.ts";
import type { Events } from "../runtime/events.ts";

export interface SettleAttemptDeps {
	readonly orders: Pick<OrderStore, "settleAttempt">;
	readonly events: Pick<Events, "orderDelivered" | "orderAttemptFailed" | "orderUndelivered">;
}

interface Attempt {
	readonly order: PendingOrder;
	readonly outcome: DeliveryOutcome;
	readonly at: Date;
	/** It has waited so long that a failure is the last. */
	readonly isOld: boolean;
}

/** Returns once nothing more is to be done; throws where the order must come back. */
export type SettleAttempt = (attempt: Attempt, context: JobContext) => Promise<void>;

export function createSettleAttempt(deps: SettleAttemptDeps): SettleAttempt {
	return async ({ order, outcome, at, isOld }, context) => {
		const id = order.message.orderId;
		const { platformName: platform, caseId } = order;
		const sent = { orderId: id, platform, caseId, attempts: order.attempts + 1 };
		if (outcome.kind === "delivered") {
			await deps.orders.settleAttempt(id, { kind: "delivered", at });
			const { action } = order.message;
			const secondsSinceEvent = (at.getTime() - waitBegan(order.eventAt, order.receivedAt).getTime()) / 1000;
			deps.events.orderDelivered({ action, tier: order.tier, secondsSinceEvent, ...sent });
			return;
		}
		const { reason } = outcome;
		if (outcome.kind === "refused" || context.isLastAttempt || isOld) {
			await deps.orders.settleAttempt(id, { kind: "undelivered", reason, at });
			deps.events.orderUndelivered({ reason, ...sent });
			return;
		}
		await deps.orders.settleAttempt(id, { kind: "failed", reason, at });
		deps.events.orderAttemptFailed({ reason, ...sent });
		if (outcome.retryAfterMs !== null) throw new RetryLater(outcome.retryAfterMs);
		throw new AttemptFailed(reason);
	};
}
