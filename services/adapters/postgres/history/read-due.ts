// What is due for the history, as rows: what each key stands for is read from the record at once for all keys of its kind.
import { sql } from "kysely";
import { z } from "zod";
import { findingsOf } from "../../../core/history/findings.ts";
import { type HistoryRow, type HistoryRows, noPlatform } from "../../../core/history/history-tables.ts";
import { caseId, clusterId, itemId, orderId, reportId } from "../../../core/ids.ts";
import { itemKind } from "../../../core/items/item.ts";
import { itemAction, orderState } from "../../../core/orders/order.ts";
import { readGrounds } from "../../../core/policy/recorded-grounds.ts";
import { tier, verdictAction } from "../../../core/policy/verdict.ts";
import { reportSources, reportSubjects } from "../../../core/reports/report.ts";
import type { SignalCatalogue } from "../../../core/signals/catalogue.ts";
import { unexaminedIn } from "../../../core/signals/unexamined/unexamined.ts";
import { waitBegan } from "../../../core/wire/event-time.ts";
import { surface } from "../../../core/wire/item-event.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { accountOrderRows } from "./account-order-rows.ts";
import { type KeptVerdict, keptVerdict, laterVerdictRows } from "./later-verdict-rows.ts";

export const dueKinds = ["verdict", "decision", "order", "report", "later-verdict"] as const;
type DueKind = (typeof dueKinds)[number];
/** What each key of a kind comes to; a key whose thing is gone comes to nothing. */
type Read = (
	connection: Connection,
	keys: readonly string[],
	catalogue: SignalCatalogue,
) => Promise<ReadonlyMap<string, HistoryRows>>;

export interface Due {
	readonly kind: DueKind;
	readonly keys: readonly string[];
}

/** In the order of `due`. */
export async function readDue(
	connection: Connection,
	due: readonly Due[],
	catalogue: SignalCatalogue,
): Promise<readonly HistoryRows[]> {
	const found = new Map<DueKind, ReadonlyMap<string, HistoryRows>>();
	for (const kind of dueKinds) {
		const keys = due.filter((one) => one.kind === kind).flatMap((one) => one.keys);
		if (keys.length > 0) found.set(kind, await readers[kind](connection, keys, catalogue));
	}
	return due.map(({ kind, keys }) => together(keys.flatMap((key) => found.get(kind)?.get(key) ?? [])));
}

function together(all: readonly HistoryRows[]): HistoryRows {
	const rows: HistoryRows = {
		verdicts: all.flatMap((one) => one.verdicts ?? []),
		findings: all.flatMap((one) => one.findings ?? []),
		decisions: all.flatMap((one) => one.decisions ?? []),
		orders: all.flatMap((one) => one.orders ?? []),
		reports: all.flatMap((one) => one.reports ?? []),
		account_orders: all.flatMap((one) => one.account_orders ?? []),
		later_verdicts: all.flatMap((one) => one.later_verdicts ?? []),
	};
	return Object.fromEntries(Object.entries(rows).filter(([, some = []]) => some.length > 0));
}

const verdictRow = z.object({
	...{ id: itemId, platform: column.text, kind: itemKind, surface, tier, action: verdictAction },
	...{ category: column.text.nullable(), isIncomplete: column.flag, policyRevision: column.whole },
	...{ receivedAt: column.time, recordedAt: column.time, clusterId: clusterId.nullable() },
	...{ signals: z.array(z.unknown()), grounds: z.unknown(), divertedBy: column.texts, first: keptVerdict.nullable() },
});

const readVerdicts: Read = async (connection, keys, catalogue) => {
	const rows = await connection.rows(
		sql`SELECT items.id, platforms.name AS platform, items.kind, items.surface, tier, action, category, is_incomplete AS "isIncomplete",
				policy_revision AS "policyRevision", received_at AS "receivedAt", recorded_at AS "recordedAt", signals, grounds, diverted_by AS "divertedBy",
				(SELECT cluster_id FROM cluster_members WHERE cluster_members.item_id = items.id AND degree = 'confirmed') AS "clusterId",
				(SELECT verdict FROM earlier_verdicts WHERE earlier_verdicts.item_id = items.id ORDER BY until LIMIT 1) AS first
			FROM verdicts JOIN items ON items.id = item_id JOIN platforms ON platforms.id = platform_id
			WHERE item_id = ANY (${[...keys]}::uuid[])`,
		verdictRow,
	);
	return new Map(
		rows.map((row) => [row.id, ofVerdict(row.first === null ? row : asItCame(row, row.first), catalogue)]),
	);
};

type VerdictRow = z.infer<typeof verdictRow>;

/** What it was judged again to is a row of its own (later-verdict-rows.ts). */
function asItCame(row: VerdictRow, { policy_revision, diverted_by, is_incomplete, ...first }: KeptVerdict): VerdictRow {
	return {
		...{ ...row, ...first },
		...{ policyRevision: policy_revision, divertedBy: diverted_by, isIncomplete: is_incomplete },
	};
}

function ofVerdict({ first: _kept, ...row }: VerdictRow, catalogue: SignalCatalogue): HistoryRows {
	const { id: item_id, platform, recordedAt, receivedAt, signals: stored, policyRevision, isIncomplete, ...rest } = row;
	const { grounds, divertedBy, clusterId: cluster_id, ...verdict } = rest;
	const place = { item_id, platform, happened_at: recordedAt.toISOString() };
	const signals = stored.map((one) => catalogue.fromStored(one));
	const read = readGrounds({ grounds, signals, policyRevision, divertedBy }, catalogue);
	return {
		verdicts: [
			{
				cluster_id,
				unexamined: unexaminedIn(signals).join(",") || null,
				is_incomplete: isIncomplete,
				policy_revision: policyRevision,
				received_at: receivedAt.toISOString(),
				...place,
				...verdict,
			},
		],
		findings: read.kind === "kept" ? [...findingsOf(place, signals, read.grounds, catalogue)] : [],
	};
}

const decisionRow = z.object({
	...{ key: column.text, item_id: itemId, case_id: caseId, platform: column.text },
	...{ kind: column.text, decision: z.enum(["remove", "restore"]), at: column.time },
});

const readDecisions: Read = async (connection, keys) => {
	const rows = await connection.rows(
		sql`SELECT key, item.id AS item_id, event.case_id, platforms.name AS platform, event.kind, event.data::jsonb ->> 'decision' AS decision, event.at
			FROM unnest(${[...keys]}::text[]) AS key
				JOIN case_events AS event ON event.case_id = split_part(key, ':', 1)::uuid AND event.sequence = split_part(key, ':', 2)::integer
				JOIN items AS item ON item.id = split_part(key, ':', 3)::uuid
				JOIN platforms ON platforms.id = item.platform_id`,
		decisionRow,
	);
	return new Map(
		rows.map(({ key, kind, at, decision, ...row }) => [
			key,
			{ decisions: [{ decision: kind === "decided" ? decision : "withdrawn", happened_at: at.toISOString(), ...row }] },
		]),
	);
};

const orderRow = z.object({
	...{ order_id: orderId, item_id: itemId, platform: column.text, action: itemAction, state: orderState, tier },
	...{ label: column.text.nullable(), rule: column.text.nullable() },
	...{ decided_by: z.enum(["machine", "person"]), attempts: column.whole, issuedAt: column.time },
	...{ settledAt: column.time, deliveredAt: column.time.nullable(), eventAt: column.time, receivedAt: column.time },
});

const readOrders: Read = async (connection, keys) => {
	const rows = await connection.rows(
		sql`SELECT orders.id AS order_id, item_id, platforms.name AS platform, action, orders.state, tier, decided_by, attempts, issued_at AS "issuedAt", CASE WHEN matter LIKE 'label:%' THEN substr(matter, 7) END AS label, rule,
				COALESCE(delivered_at, last_attempt_at, issued_at) AS "settledAt", delivered_at AS "deliveredAt",
				COALESCE(event_time, received_at) AS "eventAt", received_at AS "receivedAt"
			FROM orders JOIN items ON items.id = item_id JOIN platforms ON platforms.id = platform_id
			WHERE orders.id = ANY (${[...keys]}::uuid[])`,
		orderRow,
	);
	// Few have none of the items asked for: only those are looked up among what platforms were told of accounts.
	const found = new Set<string>(rows.map(({ order_id }) => order_id));
	const others = keys.filter((key) => !found.has(key));
	const ofAccounts = others.length === 0 ? [] : await accountOrderRows(connection, others);
	const told = ofAccounts.map((one): [string, HistoryRows] => [one.order_id, { account_orders: [one] }]);
	return new Map([
		...told,
		...rows.map(({ issuedAt, settledAt, deliveredAt, eventAt, receivedAt, ...row }): [string, HistoryRows] => {
			const wait = deliveredAt === null ? null : deliveredAt.getTime() - waitBegan(eventAt, receivedAt).getTime();
			const order = {
				issued_at: issuedAt.toISOString(),
				happened_at: settledAt.toISOString(),
				waited_ms: wait === null ? null : Math.max(0, wait),
				...row,
			} satisfies HistoryRow<"orders">;
			return [row.order_id, { orders: [order] }];
		}),
	]);
};

const reportRow = z.object({
	...{ report_id: reportId, source: z.enum(reportSources), about: z.enum(reportSubjects) },
	...{ is_danger_now: column.flag, receivedAt: column.time },
});

const readReports: Read = async (connection, keys) => {
	const rows = await connection.rows(
		sql`SELECT id AS report_id, source, about, is_danger_now, received_at AS "receivedAt" FROM reports WHERE id = ANY (${[...keys]}::uuid[])`,
		reportRow,
	);
	return new Map(
		rows.map(({ receivedAt, ...row }) => [
			row.report_id,
			{ reports: [{ platform: noPlatform, happened_at: receivedAt.toISOString(), ...row }] },
		]),
	);
};

const readers: Readonly<Record<DueKind, Read>> = {
	verdict: readVerdicts,
	decision: readDecisions,
	order: readOrders,
	report: readReports,
	"later-verdict": laterVerdictRows,
};
