// What becomes of a job. Read it top to bottom: an order is sent (its platform's gate, the webhook, the topic), the attempt is settled,
// and the outbox is told that nothing more must happen; a case is put in front of people, and the strikes of an account are counted.
// Each step has a file of its own, and an order that must come back leaves by what its step throws.
import type { OrderId } from "../core/ids.ts";
import type { JobContext, JobHandlers } from "../core/ports/job-queue.ts";
import type { OrderStore, PendingOrder } from "../core/ports/order-store.ts";
import type { OutboxStore } from "../core/ports/outbox-store.ts";
import { deliveryOf, jobIdOf } from "../core/wire/jobs.ts";
import { type CountStrikesDeps, createCountStrikes } from "./count-strikes.ts";
import { createEscalateCase, type EscalateCaseDeps } from "./escalate-case.ts";
import { createSendOrder, type SendOrderDeps } from "./send-order.ts";
import { createSettleAttempt, type SettleAttemptDeps } from "./settle-attempt.ts";

export type PipelineDeps = SendOrderDeps &
	SettleAttemptDeps &
	EscalateCaseDeps &
	CountStrikesDeps & {
		readonly orders: Pick<OrderStore, "take">;
		readonly outbox: Pick<OutboxStore, "acknowledge">;
	};

/** An order that a platform does not take for so long is put before people. */
const giveUpAfterMs = 4 * 3_600_000;

export function createPipeline(deps: PipelineDeps): JobHandlers {
	const send = createSendOrder(deps);
	const settle = createSettleAttempt(deps);
	const escalate = createEscalateCase(deps);
	const countStrikes = createCountStrikes(deps);
	const now = () => new Date(deps.clock.now());

	/** Tells a platform what to do with one item, or what is recommended of one account, once or as often as it takes, always under the same id. */
	async function carryOut({ orderId }: { readonly orderId: OrderId }, context: JobContext): Promise<void> {
		const order = await deps.orders.take(orderId);
		if (order === null) return;
		// Overtaken or contradicted by a newer order of the same item or account, or the item is gone.
		if (order.state === "superseded") await deps.orders.settleAttempt(orderId, { kind: "superseded", at: now() });
		if (order.state === "pending") await attempt(order, context);
		await deps.outbox.acknowledge(jobIdOf(deliveryOf(order.message.action), { orderId }));
	}

	async function attempt(order: PendingOrder, context: JobContext): Promise<void> {
		const isOld = deps.clock.now() - context.queuedAt.getTime() >= giveUpAfterMs;
		const outcome = await send(order, context, isOld);
		await settle({ order, outcome, at: now(), isOld }, context);
	}

	return {
		withhold: carryOut,
		remove: carryOut,
		restore: carryOut,
		"account-order": carryOut,
		"limit-spread": carryOut,
		"lift-limit": carryOut,
		measure: carryOut,
		escalate: ({ caseId }) => escalate(caseId),
		"count-strikes": ({ itemId }) => countStrikes(itemId),
	};
}
