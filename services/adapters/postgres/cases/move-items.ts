// What a decision, or its way back, does to items: states, orders and the events of these, for all of them at once.
import { sql } from "kysely";
import { z } from "zod";
import { type Actor, type CaseTransition, isTakingBack } from "../../../core/cases/case.ts";
import { type CaseId, itemId, orderId, uuidv7 } from "../../../core/ids.ts";
import { itemState, nextItemState } from "../../../core/items/item.ts";
import type { Tier } from "../../../core/policy/verdict.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { type NewJob, type NewOrder, writeOrders } from "../orders/write-orders.ts";
import type { NewCaseEvent } from "./case-events.ts";

export async function moveItems(
	tx: Connection,
	{ id: caseId, tier, category }: { readonly id: CaseId; readonly tier: Tier; readonly category: string | null },
	change: CaseTransition,
	{ actor, at }: { readonly actor: Actor; readonly at: Date },
): Promise<readonly NewCaseEvent[]> {
	if (change.itemActions.length === 0) return [];
	const ids = change.itemActions.map((one) => one.itemId);
	const rows = await tx.rows(
		sql`SELECT id, state, version FROM items WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR UPDATE`,
		z.object({ id: itemId, state: itemState, version: column.whole }),
	);
	const items = new Map(rows.map((row) => [row.id, row]));
	const orders: NewOrder[] = [];
	const jobs: NewJob[] = [];
	for (const { itemId, action } of change.itemActions) {
		const item = items.get(itemId);
		const state = item === undefined ? null : nextItemState(item.state, action);
		if (item === undefined || state === null) continue;
		const version = item.version + 1;
		// A strike less: what was recommended of its account may rest on it.
		if (item.state === "removed") jobs.push({ name: "count-strikes", payload: { itemId }, at });
		items.set(itemId, { id: itemId, state, version });
		orders.push({
			...{ id: orderId.parse(uuidv7(at.getTime())), itemId, caseId, action, version, tier, category },
			...{ decidedBy: actor.kind, issuedAt: at, takesBack: isTakingBack(change) },
		});
	}
	await tx.rows(
		sql`UPDATE items SET state = r.state, version = r.version
			FROM jsonb_to_recordset(${JSON.stringify([...items.values()])}::jsonb) AS r (id uuid, state text, version integer)
			WHERE items.id = r.id AND items.version < r.version`,
	);
	await writeOrders(tx, orders, jobs);
	return orders.map(({ id, itemId, action, version }) => ({
		...{ caseId, actor, at },
		body: { kind: "ordered", itemId, orderId: id, action, version },
	}));
}
