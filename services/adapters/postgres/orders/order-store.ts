import { sql } from "kysely";
import { z } from "zod";
import type { PublicPages } from "../../../core/answers/public-pages.ts";
import type { TemplateBook } from "../../../core/answers/template-book.ts";
import { caseId, itemId, type OrderId, orderId, platformId, sweepId } from "../../../core/ids.ts";
import {
	anyOrderAction,
	itemAction,
	measureAction,
	type OrderOccasion,
	orderState,
	restrictions,
	stateAmong,
} from "../../../core/orders/order.ts";
import { type StatementOfReasons, statementOfReasons, stateReasons } from "../../../core/orders/statement/statement.ts";
import { tier } from "../../../core/policy/verdict.ts";
import type { OrderStore, PendingOrder } from "../../../core/ports/order-store.ts";
import { anyStatementMessage } from "../../../core/wire/account-order.ts";
import { deliveryOf } from "../../../core/wire/jobs.ts";
import { measureOrderMessage } from "../../../core/wire/measure-order.ts";
import { orderMessage } from "../../../core/wire/order.ts";
import { createMicroBatch } from "../../../runtime/micro-batch.ts";
import { isSilent } from "../answers/silence-rows.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { tellStuckActs, whereStuck } from "../stuck/where-stuck.ts";
import { accountOrderRow, selectAccountOrders, toAccountOrder, wordForAccounts } from "./account-orders.ts";
import { statementsOf } from "./keep-statements.ts";
import { orderReasons, reasonColumns, reasonRow } from "./order-reasons.ts";
import { type SettledAttempt, settleAttempts } from "./settle-attempts.ts";
import { writeOrders } from "./write-orders.ts";

const issuedOrder = z.object({ action: itemAction, version: column.whole, state: orderState });
const orderRow = issuedOrder.extend({
	...{ id: orderId, item_id: itemId, case_id: caseId.nullable() },
	tier,
	category: column.text.nullable(),
	...reasonRow.omit({ action: true, category: true }).shape,
	/** A law forbids telling anybody of its case now. */
	is_silent: column.flag,
	/** As it was worded, once it was sent. */
	statement: statementOfReasons.nullable(),
	...{ sweep_id: sweepId.nullable(), standing_case: caseId.nullable(), isByRule: column.flag },
	issued_at: column.time,
	attempts: column.whole,
	last_reason: column.text.nullable(),
	source: column.text,
	event_id: column.text,
	subject: column.text,
	platform_id: platformId,
	platform_name: column.text,
	event_at: column.time,
	received_at: column.time,
	author_id: column.text,
	/** Those that follow each other by the same version. */
	of_same: z.array(issuedOrder),
});
type OrderRow = z.infer<typeof orderRow>;
const behindRow = z.object({
	...{ platformName: column.text, since: column.time, retried: column.whole, givenUp: column.whole },
	reason: column.text.nullable(),
});

const sameOrders = (of: ReturnType<typeof sql>) =>
	sql`(SELECT jsonb_agg(jsonb_build_object('action', other.action, 'version', other.version, 'state', other.state))
			FROM orders AS other WHERE ${of} AND other.matter = orders.matter)`;

const selectOrders = sql`SELECT orders.id, item_id, case_id, orders.version, orders.tier, sweep_id, standing_case, issued_at, orders.state, attempts, last_reason, ${reasonColumns}, rule IS NOT NULL AS "isByRule",
		${isSilent(sql`orders.case_id`)} AS is_silent, (SELECT statement FROM order_statements WHERE order_id = orders.id) AS statement,
		items.source, event_id, subject, platform_id, platforms.name AS platform_name, COALESCE(event_time, received_at) AS event_at, received_at,
		author_id, CASE WHEN orders.account_id IS NULL THEN ${sameOrders(sql`other.item_id = orders.item_id`)}
			ELSE ${sameOrders(sql`other.account_platform = orders.account_platform AND other.account_id = orders.account_id`)} END AS of_same
	FROM orders JOIN items ON items.id = item_id JOIN platforms ON platforms.id = platform_id`;

/** The rule of core/orders/order.ts, stateAmong, on the table `orders`: where it waits, it waits for nobody. */
const isOvertaken = sql`EXISTS (SELECT FROM orders AS newer
	WHERE (newer.item_id = orders.item_id OR (newer.account_platform = orders.account_platform AND newer.account_id = orders.account_id))
		AND newer.matter = orders.matter AND newer.version > orders.version
		AND (newer.state = 'delivered' OR (newer.action = ANY (${restrictions}::text[])) <> (orders.action = ANY (${restrictions}::text[]))))`;

/** Sent, and not acknowledged: given up, or failed and tried again. */
const hasFailed = sql`(orders.state = 'undelivered' OR (orders.state = 'pending' AND attempts > 0))`;
/** So are those that wait for their first answer for seconds, or behind others that failed: younger ones are on their way. */
const isOutstanding = sql`(${hasFailed} OR (orders.state = 'pending' AND attempts = 0 AND issued_at < now() - interval '5 seconds')) AND NOT ${isOvertaken}`;

/** Orders that are worked on at once share round trips and commits: a disk that is slow to commit slows none of them down. */
const together = { maxSize: 200, maxWaitMs: 2, concurrency: 2 };

const columns = { id: "orders.id", reason: "last_reason", at: "issued_at" };

/** `pages`: what statements name for their users to go to, as far as that is known. */
export function createOrderStore(database: Database, pages: PublicPages | null = null): OrderStore {
	const settleTogether = createMicroBatch<SettledAttempt, void>({
		...together,
		// One at a time: two would wait for each other at their orders' case.
		concurrency: 1,
		run: async (attempts) => {
			await settleAttempts(database, attempts);
			return attempts.map(() => undefined);
		},
	});
	return {
		...toBeSent({ database, pages }),
		settleAttempt: (id, outcome) => settleTogether({ id, outcome }),
		replay: (filter, actor) =>
			database.transaction(async (tx) => {
				const rows = await tx.rows(
					sql`UPDATE orders SET state = 'pending' WHERE ${whereStuck(filter, columns)} AND state = 'undelivered' RETURNING id AS subject, action`,
					z.object({ subject: orderId, action: anyOrderAction }),
				);
				const at = new Date();
				await writeOrders(
					tx,
					[],
					rows.map(({ subject, action }) => ({ name: deliveryOf(action), payload: { orderId: subject }, at })),
				);
				const ids = rows.map(({ subject }) => subject);
				return tellStuckActs(tx, ["order", "replayed"], actor, ids);
			}),
		discard: (filter, actor) =>
			database.transaction(async (tx) => {
				const rows = await tx.rows(
					sql`UPDATE orders SET state = 'discarded' WHERE ${whereStuck(filter, columns)} AND state = 'undelivered' RETURNING id`,
					z.object({ id: orderId }),
				);
				const ids = rows.map(({ id }) => id);
				return tellStuckActs(tx, ["order", "discarded"], actor, ids);
			}),
		async listOutstanding({ limit, ...filter }) {
			const are = sql`WHERE ${whereStuck(filter, columns)} AND ${isOutstanding} ORDER BY issued_at LIMIT ${limit}`;
			const ofItems = await database.rows(sql`${selectOrders} ${are}`, orderRow);
			const ofAccounts = await database.rows(sql`${selectAccountOrders} ${are}`, accountOrderRow);
			return [
				...ofItems.map((row) => toPendingOrder(row, row.statement)),
				...ofAccounts.map((row) => toAccountOrder(row, row.statement)),
			]
				.toSorted((a, b) => (a.message.issuedAt < b.message.issuedAt ? -1 : 1))
				.slice(0, limit);
		},
		platformsBehind: () =>
			database.rows(
				sql`SELECT platforms.name AS "platformName", min(issued_at) AS since,
						count(*) FILTER (WHERE orders.state = 'pending')::int AS retried,
						count(*) FILTER (WHERE orders.state = 'undelivered')::int AS "givenUp",
						(array_agg(last_reason ORDER BY issued_at DESC, orders.id DESC) FILTER (WHERE ${hasFailed}))[1] AS reason
					FROM orders LEFT JOIN items ON items.id = item_id JOIN platforms ON platforms.id = COALESCE(platform_id, account_platform)
					WHERE ${isOutstanding} GROUP BY platforms.name HAVING bool_or(${hasFailed}) ORDER BY platforms.name`,
				behindRow,
			),
	};
}

function toPendingOrder(row: OrderRow, statement: StatementOfReasons | null): PendingOrder {
	const { action, tier: ofCase, category, decidedBy } = row;
	const said = {
		...{ orderId: row.id, action, version: row.version, itemId: row.item_id, source: row.source },
		...{ eventId: row.event_id, subject: row.subject, issuedAt: row.issued_at.toISOString(), statement },
		reason: { tier: ofCase, category, decidedBy, occasion: occasionOf(row) },
	};
	return {
		message: measureAction.safeParse(action).success
			? measureOrderMessage.parse({
					...{ ...said, type: "breakwater.measure-order.v1", label: row.label, accountId: row.author_id },
				})
			: orderMessage.parse({ ...said, type: "breakwater.order.v1" }),
		...{ decidedBy, tier: ofCase },
		platformId: row.platform_id,
		platformName: row.platform_name,
		caseId: row.case_id,
		state: stateAmong(row, row.of_same),
		attempts: row.attempts,
		lastReason: row.last_reason,
		eventAt: row.event_at,
		receivedAt: row.received_at,
	};
}

function occasionOf({ decidedBy, sweep_id, standing_case, isSpreading, isByRule }: OrderRow): OrderOccasion {
	if (isSpreading) return "outbreak";
	if (isByRule) return "rule";
	if (decidedBy === "person") return "decision";
	if (standing_case !== null) return "standing-decision";
	return sweep_id === null ? "arrival" : "sweep";
}

const isPending = ({ state }: Pick<OrderRow, "state">) => state === "pending";

interface Sending {
	readonly database: Database;
	readonly pages: PublicPages | null;
}

function toBeSent(sending: Sending): Pick<OrderStore, "find" | "take" | "takeStatement"> {
	const { database } = sending;
	return {
		async find(id) {
			const [row] = await database.rows(sql`${selectOrders} WHERE orders.id = ${id}`, orderRow);
			if (row !== undefined) return toPendingOrder(row, row.statement);
			const [ofAccount] = await database.rows(sql`${selectAccountOrders} WHERE orders.id = ${id}`, accountOrderRow);
			return ofAccount === undefined ? null : toAccountOrder(ofAccount, ofAccount.statement);
		},
		take: createMicroBatch<OrderId, PendingOrder | null>({
			...together,
			run: (ids) => takeOrders(sending, ids, isPending),
		}),
		async takeStatement(id) {
			// Whatever has become of it.
			const [order = null] = await takeOrders(sending, [id], () => true);
			if (order === null || order.message.statement === null) return null;
			const { message, platformId } = order;
			const type =
				message.type === "breakwater.account-order.v1" ? "breakwater.account-statement.v1" : "breakwater.statement.v1";
			return { platformId, message: anyStatementMessage.parse({ ...message, type, statementId: `${id}-statement` }) };
		},
	};
}

/** `isTold`: of which orders the statement is worded, where it was not before. */
async function takeOrders(
	{ database, pages }: Sending,
	ids: readonly OrderId[],
	isTold: (row: Pick<OrderRow, "state">) => boolean,
): Promise<readonly (PendingOrder | null)[]> {
	const are = sql`WHERE orders.id = ANY (${[...ids]}::uuid[])`;
	const rows = await database.rows(sql`${selectOrders} ${are}`, orderRow);
	const worded = await wordForItems(database, rows.filter(isTold), pages);
	const found = new Map(rows.map((row) => [row.id, toPendingOrder(row, worded.get(row.id) ?? null)]));
	// Rarely any: asked for only where something is left.
	const isAll = found.size === new Set(ids).size;
	const ofAccounts = isAll ? [] : await database.rows(sql`${selectAccountOrders} ${are}`, accountOrderRow);
	const told = await wordForAccounts(database, ofAccounts.filter(isTold), pages);
	for (const row of ofAccounts) found.set(row.id, toAccountOrder(row, told.get(row.id) ?? null));
	return ids.map((id) => found.get(id) ?? null);
}

function wordForItems(
	on: Connection,
	rows: readonly OrderRow[],
	pages: PublicPages | null,
): Promise<ReadonlyMap<OrderId, StatementOfReasons>> {
	const word = (row: OrderRow, templates: TemplateBook) => stateReasons(orderReasons(row), templates, pages);
	return statementsOf(on, rows, { word, schema: statementOfReasons });
}
