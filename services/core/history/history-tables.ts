// The tables of the history, and the rows that each holds: numbers, codes and our own ids. It holds no content, no address, no hash and
// no name of a person or an account. Columns are only added; a row of before has null there.
import { z } from "zod";
import { caseId, clusterId, itemId, orderId, reportId, sweepId } from "../ids.ts";
import { itemKind } from "../items/item.ts";
import { accountAction, itemAction, orderState } from "../orders/order.ts";
import { tier, verdictAction } from "../policy/verdict.ts";
import { reportSources, reportSubjects } from "../reports/report.ts";
import { surface } from "../wire/item-event.ts";

/** The folder of what is on no platform that we know. */
export const noPlatform = "none";

const place = {
	/** By the name that the record keeps; {@link noPlatform} where there is none. */
	platform: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
	/** Ours, UTC. The day that the row lies under is its first ten characters. */
	happened_at: z.iso.datetime(),
};

const verdictRow = z.object({
	...place,
	item_id: itemId,
	kind: itemKind,
	surface,
	tier,
	action: verdictAction,
	category: z.string().nullable(),
	is_incomplete: z.boolean(),
	policy_revision: z.int(),
	received_at: z.iso.datetime(),
	/** The cluster that it had joined when this was written; null where it is like nothing, or the first of its kind among texts. */
	cluster_id: clusterId.nullable().default(null),
	/** What no law let look at it, as `matched,scored`; null where everything could. */
	unexamined: z.string().nullable().default(null),
});

/** What an item that was judged already came to when it was judged again. */
const laterVerdictRow = z.object({
	...place,
	item_id: itemId,
	kind: itemKind,
	surface,
	/** What had it judged again: an earlier item was found by something newer, or somebody reported it. */
	occasion: z.enum(["sweep", "report"]),
	sweep_id: sweepId.nullable(),
	tier_before: tier,
	tier,
	action: verdictAction,
	category: z.string().nullable(),
	policy_revision: z.int(),
	received_at: z.iso.datetime(),
});

/** What one bank or model said of one item, where it said something. */
const findingRow = z.object({
	...place,
	item_id: itemId,
	detector: z.string(),
	/** `bank:<id>`, `model:<id>`: the scope that a breaker would stop it by. */
	source: z.string(),
	/** By itself, and beside the item's other signals. */
	alone: tier,
	tier,
	category: z.string().nullable(),
	/** What a model said, in thousandths, and whose decisions the curve that it was read by was fitted to (`platform`, `all`); null where there is none. */
	probability_permille: z.int().min(0).max(1_000).nullable().default(null),
	curve: z.string().nullable().default(null),
});

const historyDecisions = ["remove", "restore", "withdrawn"] as const;

const decisionRow = z.object({
	...place,
	case_id: caseId,
	item_id: itemId,
	/** `withdrawn`: taken back or reopened; what was decided before counts no more. */
	decision: z.enum(historyDecisions),
});

const orderRow = z.object({
	...place,
	order_id: orderId,
	item_id: itemId,
	action: itemAction,
	state: orderState,
	tier,
	decided_by: z.enum(["machine", "person"]),
	attempts: z.int().min(0),
	issued_at: z.iso.datetime(),
	/** From when the wait began (core/wire/event-time.ts) to the platform's acknowledgement; null where there is none. */
	waited_ms: z.int().min(0).nullable(),
	/** The name of the label that it is about, and of the rule that led to it. */
	label: z.string().nullable().default(null),
	rule: z.string().nullable().default(null),
});

/** What a platform was told of one of its accounts; which account is not said. */
const accountOrderRow = z.object({
	...place,
	order_id: orderId,
	case_id: caseId,
	action: accountAction,
	state: orderState,
	/** What it rests on: so many strikes, and so many laws that ask for it. */
	strikes: z.int().min(0),
	laws: z.int().min(0),
	attempts: z.int().min(0),
	issued_at: z.iso.datetime(),
	/** From people's decision to the platform's acknowledgement; null where there is none. */
	waited_ms: z.int().min(0).nullable(),
});

const reportRow = z.object({
	...place,
	report_id: reportId,
	source: z.enum(reportSources),
	about: z.enum(reportSubjects),
	is_danger_now: z.boolean(),
});

const historyTables = {
	verdicts: verdictRow,
	findings: findingRow,
	decisions: decisionRow,
	orders: orderRow,
	reports: reportRow,
	account_orders: accountOrderRow,
	later_verdicts: laterVerdictRow,
} as const satisfies Record<string, z.ZodObject>;

export type HistoryTable = keyof typeof historyTables;
export const historyTableNames = Object.keys(historyTables) as readonly HistoryTable[];
export type HistoryRow<T extends HistoryTable> = z.infer<(typeof historyTables)[T]>;

/** Rows by their tables, all that one transaction or less of the record brought. */
export const historyRows = z
	.object({
		verdicts: z.array(verdictRow),
		findings: z.array(findingRow),
		decisions: z.array(decisionRow),
		orders: z.array(orderRow),
		reports: z.array(reportRow),
		account_orders: z.array(accountOrderRow),
		later_verdicts: z.array(laterVerdictRow),
	})
	.partial();
export type HistoryRows = z.infer<typeof historyRows>;

export type ColumnType = "text" | "integer" | "boolean" | "time";

/** The columns of a table's files, in their order; platform and day are in the path. */
export function columnsOf(table: HistoryTable): Readonly<Record<string, ColumnType>> {
	const { platform: _inPath, ...shape } = historyTables[table].shape;
	return Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, typeOf(schema)]));
}

function typeOf(schema: z.ZodType): ColumnType {
	if (schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) return typeOf(schema.unwrap() as z.ZodType);
	if (schema instanceof z.ZodBoolean) return "boolean";
	if (schema instanceof z.ZodNumber) return "integer";
	return schema instanceof z.ZodISODateTime ? "time" : "text";
}
