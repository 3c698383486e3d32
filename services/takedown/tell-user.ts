// Sends the statement of reasons of an order that its platform obeyed while nobody was told: by webhook if it has one, and on the orders topic.
import type { OrderId } from "../core/ids.ts";
import type { ItemStream } from "../core/ports/item-stream.ts";
import { AttemptFailed, type JobContext, RetryLater } from "../core/ports/job-queue.ts";
import type { OrderStore } from "../core/ports/order-store.ts";
import type { OutboxStore } from "../core/ports/outbox-store.ts";
import type { PlatformClient } from "../core/ports/platform-client.ts";
import type { PlatformStore } from "../core/ports/platform-store.ts";
import type { AnyStatementMessage } from "../core/wire/account-order.ts";
import { jobIdOf } from "../core/wire/jobs.ts";
import { topics } from "../core/wire/topics.ts";

export interface TellUserDeps {
	readonly orders: Pick<OrderStore, "takeStatement">;
	readonly platforms: Pick<PlatformStore, "find">;
	readonly client: Pick<PlatformClient, "state">;
	readonly stream: Pick<ItemStream, "publish">;
	readonly outbox: Pick<OutboxStore, "acknowledge">;
}

export function createTellUser(
	deps: TellUserDeps,
): (payload: { readonly orderId: OrderId }, context: JobContext) => Promise<void> {
	return async ({ orderId }, context) => {
		const taken = await deps.orders.takeStatement(orderId);
		// Another silence began meanwhile: its end tells.
		if (taken !== null) {
			const platform = await deps.platforms.find(taken.platformId);
			await publish(taken.message);
			if (platform !== null && platform.webhook !== null) {
				const outcome = await deps.client.state(platform, taken.message, context.signal);
				if (outcome.kind === "failed") throw failed(outcome, context);
			}
		}
		await deps.outbox.acknowledge(jobIdOf("state", { orderId }));
	};

	async function publish(message: AnyStatementMessage): Promise<void> {
		const headers = { "content-type": "application/json", "webhook-id": message.statementId };
		const key = message.type === "breakwater.statement.v1" ? message.subject : message.accountId;
		await deps.stream.publish(topics.orders, [{ key, value: Buffer.from(JSON.stringify(message)), headers }]);
	}
}

function failed(
	{ reason, retryAfterMs }: { readonly reason: string; readonly retryAfterMs: number | null },
	{ signal }: JobContext,
): Error {
	if (signal.aborted) return new RetryLater(0);
	return retryAfterMs === null ? new AttemptFailed(reason) : new RetryLater(retryAfterMs);
}
