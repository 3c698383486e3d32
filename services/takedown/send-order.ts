// Sends an order to its platform: by webhook if the platform's gate lets it through, and on the orders topic.
import type { PlatformId } from "../core/ids.ts";
import { measureKindOf } from "../core/measures/measure.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { ItemStream } from "../core/ports/item-stream.ts";
import { type JobContext, RetryLater } from "../core/ports/job-queue.ts";
import type { PendingOrder } from "../core/ports/order-store.ts";
import type { DeliveryOutcome, PlatformClient } from "../core/ports/platform-client.ts";
import type { PlatformStore } from "../core/ports/platform-store.ts";
import type { AnyOrderMessage } from "../core/wire/account-order.ts";
import { topics } from "../core/wire/topics.ts";
import { createBriefCache } from "../runtime/brief-cache.ts";
import type { Entry, PlatformGate, Sent } from "./platform-gate.ts";

export interface SendOrderDeps {
	readonly platforms: Pick<PlatformStore, "find">;
	readonly client: Pick<PlatformClient, "deliver">;
	readonly stream: Pick<ItemStream, "publish">;
	readonly gate: PlatformGate;
	readonly clock: Clock;
}

/**
 * Throws RetryLater where the platform cannot be sent to now; with `mustEnd`, a platform that is held is an outcome too. Rejects
 * where the stream did not take the order: it must then be sent again, whatever the webhook said.
 */
export type SendOrder = (order: PendingOrder, context: JobContext, mustEnd: boolean) => Promise<DeliveryOutcome>;

export function createSendOrder(deps: SendOrderDeps): SendOrder {
	const findPlatform = createBriefCache({
		forMs: 1_000,
		maxEntries: 10_000,
		now: () => deps.clock.now(),
		load: (id: PlatformId) => deps.platforms.find(id),
	});

	return async (order, context, mustEnd) => {
		const platform = await findPlatform(order.platformId);
		if (platform === null) return { kind: "refused", reason: "no-platform" };
		if (platform.webhook === null) {
			// The topic is the delivery.
			await publish(order);
			return { kind: "delivered", status: 0 };
		}
		const entry = await enter(platform.id, order.decidedBy);
		if (entry.kind === "wait") {
			if (mustEnd && entry.reason !== null) return { kind: "failed", reason: entry.reason, retryAfterMs: null };
			throw new RetryLater(entry.delayMs);
		}
		let sent: Sent = { kind: "aborted" };
		try {
			// Together, so that a stream that is away delays no webhook; where it is, both are repeated, and known by the order's id.
			const [outcome, published] = await Promise.allSettled([
				deps.client.deliver(platform, order.message, context.signal),
				order.attempts === 0 ? publish(order) : undefined,
			]);
			if (outcome.status === "rejected") throw outcome.reason;
			if (context.signal.aborted && outcome.value.kind === "failed") throw new RetryLater(0);
			sent = toSent(outcome.value);
			if (published.status === "rejected") throw published.reason;
			return outcome.value;
		} finally {
			entry.leave(sent);
		}
	};

	async function enter(platform: PlatformId, decidedBy: PendingOrder["decidedBy"]): Promise<Entry> {
		const entry = deps.gate.enter(platform, decidedBy);
		const isBusy = entry.kind === "wait" && entry.reason === null;
		return isBusy && (await deps.gate.turn(platform)) ? deps.gate.enter(platform, decidedBy) : entry;
	}

	async function publish({ message }: PendingOrder): Promise<void> {
		const headers = { "content-type": "application/json", "webhook-id": message.orderId };
		const value = Buffer.from(JSON.stringify(message));
		await deps.stream.publish(topics.orders, [{ key: keyOf(message), value, headers }]);
	}
}

/** What follows each other stays in order: of an item, or of an account. */
function keyOf(message: AnyOrderMessage): string {
	if (message.type === "breakwater.account-order.v1") return message.accountId;
	const isOfAccount = message.type === "breakwater.measure-order.v1" && measureKindOf(message.action) === "friction";
	return isOfAccount ? message.accountId : message.subject;
}

/** What an attempt says of the platform, whatever it says of the order: a platform that answers 404 is there. */
function toSent(outcome: DeliveryOutcome): Sent {
	if (outcome.kind !== "failed") return { kind: "answered" };
	const { reason, retryAfterMs } = outcome;
	const isAnswer = /^status-[1-4]/.test(reason) && reason !== "status-429" && reason !== "status-408";
	return isAnswer ? { kind: "answered" } : { kind: "failed", reason, retryAfterMs };
}
