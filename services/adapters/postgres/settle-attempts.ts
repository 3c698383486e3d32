// What came of attempts to deliver orders, many in one transaction, each with its case's event.
import { sql } from "kysely";
import type { OrderId } from "../../core/ids.ts";
import type { AttemptOutcome } from "../../core/ports/order-store.ts";
import type { Database } from "./database.ts";

export interface SettledAttempt {
	readonly id: OrderId;
	readonly outcome: AttemptOutcome;
}

/** An order that is not pending any more stays as it is. A failed attempt is not an event of the case: it will be tried again. */
export async function settleAttempts(database: Database, attempts: readonly SettledAttempt[]): Promise<void> {
	const rows = attempts.map(({ id, outcome }) => ({
		id,
		kind: outcome.kind,
		state: outcome.kind === "failed" ? "pending" : outcome.kind,
		reason: "reason" in outcome ? outcome.reason : null,
		tried: outcome.kind === "superseded" ? 0 : 1,
		at: outcome.at,
	}));
	await database.transaction((tx) =>
		database.rows(
			sql`WITH r AS (
					SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
						AS r (id uuid, kind text, state text, reason text, tried integer, at timestamptz)
				), settled AS (
					UPDATE orders SET state = r.state, attempts = attempts + r.tried, last_attempt_at = r.at, last_reason = r.reason,
						delivered_at = CASE WHEN r.kind = 'delivered' THEN r.at END
					FROM r WHERE orders.id = r.id AND orders.state = 'pending'
					RETURNING orders.id, case_id, attempts, r.kind, r.reason, r.at
				), told AS (
					SELECT *, row_number() OVER (PARTITION BY case_id ORDER BY id) - 1 AS index FROM settled
					WHERE kind IN ('delivered', 'undelivered') AND case_id IS NOT NULL
				), counted AS (
					SELECT case_id AS id, count(*) AS count FROM told GROUP BY 1
				), locked AS (
					SELECT id FROM cases JOIN counted USING (id) ORDER BY id FOR UPDATE OF cases
				), numbered AS (
					UPDATE cases SET next_sequence = cases.next_sequence + counted.count FROM counted JOIN locked USING (id) WHERE cases.id = counted.id
					RETURNING cases.id, cases.next_sequence - counted.count AS first
				), appended AS (
					INSERT INTO case_events (case_id, sequence, kind, at, actor_kind, data)
					SELECT case_id, first + index, kind, at, 'machine', ${eventData} FROM told JOIN numbered ON numbered.id = told.case_id
				)
				SELECT pg_notify('cases', id::text) FROM numbered`,
			tx,
		),
	);
}

/** The event's canonical JSON (keys sorted, no white space), around what only the statement knows. */
const eventData = sql`CASE kind WHEN 'delivered' THEN '{"attempts":' || attempts || ',"orderId":"' || told.id || '"}'
	ELSE '{"orderId":"' || told.id || '","reason":' || to_json(reason) || '}' END`;
