// What is stuck, as operators see it: neither content nor the platform's own names of it.
import type { DeadLetter } from "../core/ports/dead-letter-store.ts";
import type { PendingOrder } from "../core/ports/order-store.ts";

export function showOrder(order: PendingOrder) {
	const { message, caseId, platformName, attempts, lastReason: reason } = order;
	const { orderId: id, action, version, issuedAt } = message;
	const state = order.state === "pending" ? ("pending" as const) : ("undelivered" as const);
	return { id, state, caseId, platformName, action, version, attempts, reason, issuedAt };
}

export function showLetter(letter: DeadLetter) {
	const { id, reason, faults, topic, partition, offset, attempts, state, resolvedBy, resolution } = letter;
	return {
		...{ id, reason, faults: [...faults], topic, partition, offset, attempts, state, resolvedBy, resolution },
		valueBytes: letter.value.length,
		parkedAt: letter.parkedAt.toISOString(),
		resolvedAt: letter.resolvedAt?.toISOString() ?? null,
	};
}
