import { sql } from "kysely";
import type { CaseId, OrderId, PlatformId } from "../../core/ids.ts";
import type { OrderStore, PendingOrder } from "../../core/ports/order-store.ts";
import { orderMessage } from "../../core/wire/order.ts";
import type { Database } from "./database.ts";
import { insertActs, whereStuck } from "./operator-act-store.ts";
import { writeOrders } from "./write-orders.ts";

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
	readonly last_reason: string | null;
	readonly source: string;
	readonly event_id: string;
	readonly subject: string;
	readonly platform_id: PlatformId;
	readonly event_at: Date;
	readonly is_overtaken: boolean;
}

const selectOrders = sql`SELECT orders.id, item_id, case_id, action, orders.version, tier, category, decided_by, issued_at, orders.state, attempts, last_reason,
		source, event_id, subject, platform_id, COALESCE(event_time, received_at) AS event_at,
		EXISTS (SELECT 1 FROM orders AS newer WHERE newer.item_id = orders.item_id AND newer.version > orders.version
			AND (newer.state = 'delivered' OR (newer.action = 'restore') <> (orders.action = 'restore'))) AS is_overtaken
	FROM orders JOIN items ON items.id = item_id`;

const columns = { id: "orders.id", reason: "last_reason", at: "issued_at" };

export function createOrderStore(database: Database): OrderStore {
	return {
		async find(id) {
			const [row] = await database.rows<Row>(sql`${selectOrders} WHERE orders.id = ${id}`);
			return row === undefined ? null : toPendingOrder(row);
		},
		async settleAttempt(id, outcome) {
			const state = outcome.kind === "failed" ? "pending" : outcome.kind;
			const reason = "reason" in outcome ? outcome.reason : null;
			const isTold = outcome.kind === "delivered" || outcome.kind === "undelivered";
			const tried = outcome.kind === "superseded" ? 0 : 1;
			const deliveredAt = outcome.kind === "delivered" ? outcome.at : null;
			// One statement, one round trip. A failed attempt is not an event of the case: it will be tried again.
			await database.rows(
				sql`WITH settled AS (
						UPDATE orders SET state = ${state}, attempts = attempts + ${tried}, last_attempt_at = ${outcome.at}, last_reason = ${reason},
							delivered_at = ${deliveredAt}
						WHERE id = ${id} AND state = 'pending' RETURNING id, case_id, attempts
					), numbered AS (
						UPDATE cases SET next_sequence = next_sequence + 1 FROM settled WHERE cases.id = settled.case_id AND ${isTold}
						RETURNING cases.id, next_sequence - 1 AS sequence, settled.id AS order_id, attempts
					), told AS (
						INSERT INTO case_events (case_id, sequence, kind, at, actor_kind, data)
						SELECT id, sequence, ${outcome.kind}, ${outcome.at}, 'machine', ${eventData(outcome.kind === "delivered", reason)} FROM numbered
					)
					SELECT pg_notify('cases', id::text) FROM numbered`,
			);
		},
		replay: (filter, actor) =>
			database.transaction(async (tx) => {
				const rows = await database.rows<{ subject: OrderId; action: Row["action"] }>(
					sql`WITH again AS (
							UPDATE orders SET state = 'pending' WHERE ${whereStuck(filter, columns)} AND state = 'undelivered' RETURNING id::text AS subject, action
						), acts AS (${insertActs("order", "replayed", actor, "again")})
						SELECT subject, action FROM again`,
					tx,
				);
				const at = new Date();
				await writeOrders(
					database,
					tx,
					[],
					rows.map(({ subject, action }) => ({ name: action, payload: { orderId: subject }, at })),
				);
				return rows.length;
			}),
		async discard(filter, actor) {
			const rows = await database.rows(
				sql`WITH dropped AS (
						UPDATE orders SET state = 'discarded' WHERE ${whereStuck(filter, columns)} AND state = 'undelivered' RETURNING id::text AS subject
					), acts AS (${insertActs("order", "discarded", actor, "dropped")})
					SELECT subject FROM dropped`,
			);
			return rows.length;
		},
		async listUndelivered({ limit, ...filter }) {
			const rows = await database.rows<Row>(
				sql`${selectOrders} WHERE ${whereStuck(filter, columns)} AND orders.state = 'undelivered' ORDER BY issued_at LIMIT ${limit}`,
			);
			return rows.map(toPendingOrder);
		},
	};
}

/** The event's canonical JSON (keys sorted, no white space), around what only the statement knows. */
function eventData(isDelivered: boolean, reason: string | null) {
	return isDelivered
		? sql`'{"attempts":' || attempts || ',"orderId":"' || order_id || '"}'`
		: sql`'{"orderId":"' || order_id || '","reason":' || ${JSON.stringify(reason)}::text || '}'`;
}

function toPendingOrder(row: Row): PendingOrder {
	const isLate = row.state === "pending" && row.is_overtaken;
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
		// A newer order of the same item has been obeyed, or says the opposite: this one must not be sent any more.
		state: isLate ? "superseded" : row.state,
		attempts: row.attempts,
		lastReason: row.last_reason,
		eventAt: row.event_at,
	};
}
