// Carries a standing removal out on items with the same bytes: they come into the decided case, whose decision removes them, and whose way
// back takes that back (core/cases/undo-decision.ts). The case is locked (clusters/write-standing.ts).
import { sql } from "kysely";
import { z } from "zod";
import { type CaseId, type ItemId, itemId, orderId, type SweepId, uuidv7 } from "../../../core/ids.ts";
import type { OrderAction } from "../../../core/orders/order.ts";
import type { Tier } from "../../../core/policy/verdict.ts";
import type { Connection } from "../connection/database.ts";
import type { NewOrder } from "../orders/write-orders.ts";
import type { NewCaseEvent } from "./case-events.ts";

export interface SameBytes {
	readonly itemId: ItemId;
	/** The decided case. */
	readonly caseId: CaseId;
	readonly tier: Tier;
	readonly category: string | null;
	readonly policyRevision: number;
	/** The last order that it has, which withheld it, or 0. */
	readonly version: number;
	/** More than the decision has it withheld: that is an order of its own, which stands where the decision is taken back. */
	readonly restsOnMore: boolean;
}

/** Items are withheld in the record already; these orders say the rest to platforms. One that is gone meanwhile is only noted. */
export async function removeCopies(
	tx: Connection,
	copies: readonly SameBytes[],
	{ at, sweepId }: { readonly at: Date; readonly sweepId?: SweepId },
): Promise<{ readonly orders: readonly NewOrder[]; readonly events: readonly NewCaseEvent[] }> {
	if (copies.length === 0) return { orders: [], events: [] };
	const given = copies.map((copy) => ({ ...copy, actions: actionsOn(copy) }));
	const rows = given.map((copy) => ({
		...{ id: copy.itemId, caseId: copy.caseId, version: copy.version + copy.actions.length },
	}));
	const removed = await tx.rows(
		sql`WITH r AS (
				SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, "caseId" uuid, version integer)
			), grown AS (
				UPDATE cases SET item_count = item_count + n, last_item_at = GREATEST(last_item_at, ${at})
				FROM (SELECT "caseId", count(*) AS n FROM r GROUP BY 1) AS counted WHERE cases.id = "caseId"
			)
			UPDATE items SET state = 'removed', version = r.version FROM r WHERE items.id = r.id AND items.state = 'withheld' RETURNING items.id`,
		z.object({ id: itemId }),
	);
	const there = new Set(removed.map(({ id }) => id));
	const by = { actor: { kind: "machine" }, at } as const;
	const orders: NewOrder[] = [];
	const events: NewCaseEvent[] = [];
	for (const { itemId, caseId, tier, category, policyRevision, version, actions } of given) {
		events.push({ ...by, caseId, body: { kind: "item-added", itemId, tier, policyRevision } });
		for (const [index, action] of there.has(itemId) ? actions.entries() : []) {
			const order = { action, version: version + index + 1 };
			const id = orderId.parse(uuidv7(at.getTime()));
			orders.push({
				...{ id, itemId, caseId, ...order, tier, category, decidedBy: "machine", issuedAt: at },
				...(action === "remove" ? { standingCase: caseId } : {}),
				...(sweepId === undefined ? {} : { sweepId }),
			});
			events.push({ ...by, caseId, body: { kind: "ordered", itemId, orderId: id, ...order } });
		}
	}
	return { orders, events };
}

function actionsOn({ version, restsOnMore }: SameBytes): readonly OrderAction[] {
	return restsOnMore && version === 0 ? ["withhold", "remove"] : ["remove"];
}
