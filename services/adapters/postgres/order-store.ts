import { sql } from "kysely";
import { BreakwaterError } from "../../core/errors.ts";
import type { CaseId, OrderId, PlatformId } from "../../core/ids.ts";
import type { OrderStore, PendingOrder } from "../../core/ports/order-store.ts";
import { orderMessage } from "../../core/wire/order.ts";
import { appendCaseEvents } from "./case-events.ts";
import type { Database, Executor } from "./database.ts";
import { writeOutbox } from "./write-orders.ts";

interface Row {
	readonly id: OrderId;
	readonly item_id: string;
	readonly case_id: CaseId | null;
	readonly action: "withhold" | "remove" | "restore";
	readonly version: number;
	readonly tier: string;
	readonly category: string | null;
	readonly decided_by: string;
	readonly issued_at: Date;
	readonly state: PendingOrder["state"];
	readonly attempts: number;
	readonly source: string;
	readonly event_id: string;
	readonly subject: string;
	readonly platform_id: PlatformId;
	readonly event_at: Date;
	readonly newest_delivered: number | null;
}

const selectOrders = sql`SELECT orders.id, item_id, case_id, action, orders.version, tier, category, decided_by, issued_at, orders.state, attempts,
		source, event_id, subject, platform_id, COALESCE(event_time, received_at) AS event_at,
		(SELECT max(version) FROM orders AS others WHERE others.item_id = orders.item_id AND others.state = 'delivered') AS newest_delivered
	FROM orders JOIN items ON items.id = item_id`;

export function createOrderStore(database: Database): OrderStore {
	return {
		async find(id) {
			const [row] = await database.rows<Row>(sql`${selectOrders} WHERE orders.id = ${id}`);
			return row === undefined ? null : toPendingOrder(row);
		},
		settleAttempt: (id, outcome) =>
			database.transaction(async (tx) => {
				const state = outcome.kind === "failed" ? "pending" : outcome.kind;
				const reason = outcome.kind === "delivered" ? null : outcome.reason;
				const deliveredAt = outcome.kind === "delivered" ? outcome.at : null;
				// The case first, then the order: the same way round as a person's decision, which holds the case while it writes orders.
				await lockCaseOf(database, tx, id);
				const [row] = await database.rows<{ case_id: CaseId | null; attempts: number }>(
					sql`UPDATE orders SET state = ${state}, attempts = attempts + 1, last_attempt_at = ${outcome.at}, last_reason = ${reason},
							delivered_at = ${deliveredAt}
						WHERE id = ${id} AND state = 'pending' RETURNING case_id, attempts`,
					tx,
				);
				if (row === undefined || row.case_id === null || outcome.kind === "failed") return;
				const body =
					outcome.kind === "delivered"
						? ({ kind: "delivered", orderId: id, attempts: row.attempts } as const)
						: ({ kind: "undelivered", orderId: id, reason: outcome.reason } as const);
				await appendCaseEvents(database, tx, [
					{ caseId: row.case_id, actor: { kind: "machine" }, at: outcome.at, body },
				]);
			}),
		replay: (ids) =>
			database.transaction(async (tx) => {
				const rows = await database.rows<{ id: OrderId; action: Row["action"] }>(
					sql`UPDATE orders SET state = 'pending' WHERE id = ANY (${[...ids]}::uuid[]) AND state = 'undelivered' RETURNING id, action`,
					tx,
				);
				const at = new Date();
				await writeOutbox(
					database,
					tx,
					rows.map(({ id, action }) => ({ name: action, payload: { orderId: id }, at })),
				);
				return rows.length;
			}),
		async listUndelivered(limit) {
			const rows = await database.rows<Row>(
				sql`${selectOrders} WHERE orders.state = 'undelivered' ORDER BY issued_at LIMIT ${limit}`,
			);
			return rows.map(toPendingOrder);
		},
	};
}

async function lockCaseOf(database: Database, tx: Executor, id: OrderId): Promise<void> {
	const found = await database.rows(
		sql`SELECT cases.id FROM orders LEFT JOIN cases ON cases.id = case_id WHERE orders.id = ${id}`,
		tx,
	);
	if (found.length === 0) throw new BreakwaterError("not-found", { detail: "there is no such order" });
	await database.rows(sql`SELECT 1 FROM cases WHERE id = (SELECT case_id FROM orders WHERE id = ${id}) FOR UPDATE`, tx);
}

function toPendingOrder(row: Row): PendingOrder {
	const isLate = row.state === "pending" && row.newest_delivered !== null && row.newest_delivered > row.version;
	return {
		message: orderMessage.parse({
			type: "breakwater.order.v1",
			orderId: row.id,
			action: row.action,
			version: row.version,
			itemId: row.item_id,
			source: row.source,
			eventId: row.event_id,
			subject: row.subject,
			issuedAt: row.issued_at.toISOString(),
			reason: { tier: row.tier, category: row.category, decidedBy: row.decided_by },
		}),
		platformId: row.platform_id,
		caseId: row.case_id,
		// A newer order of the same item has been obeyed: this one would change nothing.
		state: isLate ? "superseded" : row.state,
		attempts: row.attempts,
		eventAt: row.event_at,
	};
}
