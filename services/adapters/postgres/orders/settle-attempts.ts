// What came of attempts to deliver orders, many in one transaction, each with its case's event.
import { sql } from "kysely";
import { z } from "zod";
import { caseId, itemId, type OrderId, orderId } from "../../../core/ids.ts";
import { anyOrderAction, orderState } from "../../../core/orders/order.ts";
import type { AttemptOutcome } from "../../../core/ports/order-store.ts";
import { appendCaseEvents, type NewCaseEvent } from "../cases/case-events.ts";
import { clocksOn, tellRemoved } from "../clocks/tell-removed.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";

export interface SettledAttempt {
	readonly id: OrderId;
	readonly outcome: AttemptOutcome;
}

/** An order as its last attempt left it. */
export const settledRow = z.object({
	...{ id: orderId, case_id: caseId.nullable(), attempts: column.whole, state: orderState },
	...{ reason: column.text.nullable(), at: column.time.nullable() },
});
const attemptedRow = settledRow.extend({
	itemId: itemId.nullable(),
	action: anyOrderAction,
	isOfOutbreak: column.flag,
});
type SettledRow = z.infer<typeof settledRow>;

/** An order that is not pending any more stays as it is. A failed attempt is not an event of the case: it will be tried again. */
export async function settleAttempts(database: Database, attempts: readonly SettledAttempt[]): Promise<void> {
	const rows = attempts.map(({ id, outcome }) => ({
		id,
		state: outcome.kind === "failed" ? "pending" : outcome.kind,
		reason: "reason" in outcome ? outcome.reason : null,
		tried: outcome.kind === "superseded" ? 0 : 1,
		at: outcome.at,
	}));
	await database.transaction(async (tx) => {
		const settled = await tx.rows(
			sql`UPDATE orders SET state = r.state, attempts = attempts + r.tried, last_attempt_at = r.at, last_reason = r.reason,
					delivered_at = CASE WHEN r.state = 'delivered' THEN r.at END
				FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, state text, reason text, tried integer, at timestamptz)
				WHERE orders.id = r.id AND orders.state = 'pending'
				RETURNING orders.id, item_id AS "itemId", action, case_id, attempts, r.state, r.reason, r.at, outbreak_id IS NOT NULL AS "isOfOutbreak"`,
			attemptedRow,
		);
		const oldestFirst = settled.toSorted((a, b) => (a.id < b.id ? -1 : 1));
		await appendCaseEvents(
			tx,
			// Of an outbreak's many items their case is told in one number.
			oldestFirst.flatMap((row) => (isOfSpread(row) ? [] : (attemptEvent(row) ?? []))),
		);
		const removed = settled.filter(({ action, state }) => action === "remove" && state === "delivered");
		const clocks = await clocksOn(
			tx,
			removed.flatMap(({ itemId }) => itemId ?? []),
		);
		await tellRemoved(tx, clocks, new Date(Math.max(...attempts.map(({ outcome }) => outcome.at.getTime()))));
	});
}

function isOfSpread({ isOfOutbreak, state }: z.infer<typeof attemptedRow>): boolean {
	return state === "delivered" && isOfOutbreak;
}

/** Null where the case need not be told. */
export function attemptEvent({
	id: orderId,
	case_id: caseId,
	attempts,
	state,
	reason,
	at,
}: SettledRow): NewCaseEvent | null {
	if (caseId === null || at === null) return null;
	const base = { caseId, actor: { kind: "machine" }, at } as const;
	if (state === "delivered") return { ...base, body: { kind: state, attempts, orderId } };
	if (state === "undelivered") return { ...base, body: { kind: state, orderId, reason: reason ?? "" } };
	return null;
}
