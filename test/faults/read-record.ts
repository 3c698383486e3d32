// What the record says of one run's items: read by a client of its own, past the fault proxy and the stores that are under test.
import pg from "pg";
import type { Ledgers, RecordedItem, RecordedOrder } from "./reconcile.ts";

export interface RecordReader extends AsyncDisposable {
	/** Of the items whose event ids begin with `run`. */
	read(run: string): Promise<Pick<Ledgers, "recorded" | "parked" | "outbox">>;
	query(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
}

interface ItemRow {
	readonly event_id: string;
	readonly subject: string;
	readonly action: string;
	readonly is_incomplete: boolean;
	readonly event_time: Date | null;
	readonly received_at: Date;
	readonly case_ids: readonly string[];
	readonly orders: readonly RecordedOrder[];
}

const selectItems = `SELECT event_id, subject, verdicts.action, is_incomplete, event_time, received_at,
		(SELECT coalesce(array_agg(case_id::text), '{}') FROM case_items WHERE item_id = items.id) AS case_ids,
		(SELECT coalesce(json_agg(json_build_object('id', orders.id, 'action', orders.action, 'version', orders.version, 'state', orders.state)), '[]')
			FROM orders WHERE item_id = items.id) AS orders
	FROM items LEFT JOIN verdicts ON verdicts.item_id = items.id WHERE starts_with(event_id, $1)`;

export function openRecordReader(url: string): RecordReader {
	// A connection that a fault ends is replaced at the next question.
	const pool = new pg.Pool({ connectionString: url, max: 2 });
	pool.on("error", () => undefined);
	const query = async (text: string, values: readonly unknown[] = []) => (await pool.query(text, [...values])).rows;
	return {
		query,
		async read(run) {
			const [items, parked, outbox] = await Promise.all([
				query(selectItems, [run]) as Promise<readonly ItemRow[]>,
				query("SELECT key, reason FROM dead_letters WHERE position($1 IN key) > 0 AND state = 'parked'", [run]),
				query("SELECT count(*) AS count FROM outbox"),
			]);
			return {
				recorded: items.map(toRecorded),
				parked: parked.map(({ key, reason }) => ({ subject: String(key), reason: String(reason) })),
				outbox: Number(outbox[0]?.count),
			};
		},
		[Symbol.asyncDispose]: () => pool.end(),
	};
}

function toRecorded(row: ItemRow): RecordedItem {
	return {
		eventId: row.event_id,
		subject: row.subject,
		action: row.action,
		isIncomplete: row.is_incomplete,
		eventTimeMs: row.event_time?.getTime() ?? null,
		receivedAtMs: row.received_at.getTime(),
		caseIds: row.case_ids,
		orders: row.orders,
	};
}
