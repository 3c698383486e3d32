// Rows of appeals, and of what they are against.
import { sql } from "kysely";
import { z } from "zod";
import { appealableState, appealChannel, appealOutcome, appellant } from "../../../core/appeals/appeal.ts";
import { appealId, caseId, itemId, orderId, platformId } from "../../../core/ids.ts";
import { anyOrderAction } from "../../../core/orders/order.ts";
import type { Appeal, RestrictionKey } from "../../../core/ports/appeal-store.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { newestOfAccount } from "../orders/newest-order.ts";

export const appealRow = z.object({
	...{ id: appealId, caseId, by: appellant, channel: appealChannel, orderId: orderId.nullable(), text: column.text },
	...{ receivedAt: column.time, outcome: appealOutcome.nullable(), settledAt: column.time.nullable() },
});

export const selectAppeals = sql`SELECT appeals.id, appeals.case_id AS "caseId", appellant AS by, channel, order_id AS "orderId", body AS text,
		received_at AS "receivedAt", outcome, settled_at AS "settledAt" FROM appeals`;

export function toAppeal({ outcome, settledAt, ...appeal }: z.infer<typeof appealRow>): Appeal {
	return { ...appeal, settled: outcome === null || settledAt === null ? null : { outcome, at: settledAt } };
}

const restrictedRow = z.object({
	/** No item: it is about an account. */
	...{ orderId, itemId: itemId.nullable(), platformId, platformName: column.text, action: anyOrderAction },
	...{ orderedAt: column.time, state: appealableState },
	/** The case of the order that holds now, or else, of an item, the newest that it is in. */
	caseId: caseId.nullable(),
});
export type RestrictedItem = z.infer<typeof restrictedRow>;

/** A code is not made to be unique, only not to be guessed; should one be given twice in an age, the newer holds. */
export async function findRestricted(on: Connection, key: RestrictionKey): Promise<RestrictedItem | null> {
	return (await findRestrictedItem(on, key)) ?? findRestrictedAccount(on, key);
}

async function findRestrictedAccount(on: Connection, key: RestrictionKey): Promise<RestrictedItem | null> {
	const where =
		key.kind === "code"
			? sql`orders.appeal_code = ${key.code}`
			: sql`orders.id = ${key.orderId} AND orders.account_platform = ${key.platformId} AND orders.action = 'account.restrict-recommended'`;
	const [row] = await on.rows(
		sql`SELECT orders.id AS "orderId", NULL AS "itemId", platforms.id AS "platformId", platforms.name AS "platformName", orders.action,
				COALESCE((SELECT worded_at FROM order_statements WHERE order_id = orders.id), orders.issued_at) AS "orderedAt", newest.case_id AS "caseId",
				CASE newest.action WHEN 'account.restrict-recommended' THEN 'account-recommended' ELSE 'account-free' END AS state
			FROM orders JOIN platforms ON platforms.id = orders.account_platform JOIN LATERAL ${newestOfAccount(sql`case_id, action`, { platform: sql`orders.account_platform`, account: sql`orders.account_id` })} AS newest ON true
			WHERE ${where} ORDER BY orders.issued_at DESC LIMIT 1`,
		restrictedRow,
	);
	return row ?? null;
}

async function findRestrictedItem(on: Connection, key: RestrictionKey): Promise<RestrictedItem | null> {
	const where =
		key.kind === "code"
			? sql`orders.appeal_code = ${key.code}`
			: sql`orders.id = ${key.orderId} AND items.platform_id = ${key.platformId} AND orders.action NOT IN ('restore', 'lift-limit', 'unlabel', 'lift-friction')`;
	const [row] = await on.rows(
		sql`SELECT orders.id AS "orderId", items.id AS "itemId", platform_id AS "platformId", platforms.name AS "platformName", orders.action,
				COALESCE((SELECT worded_at FROM order_statements WHERE order_id = orders.id), orders.issued_at) AS "orderedAt",
				CASE WHEN orders.matter = '' THEN items.state ELSE (SELECT CASE WHEN same.action IN ('label', 'add-friction') THEN 'measured' ELSE 'measure-lifted' END FROM orders AS same
					WHERE same.matter = orders.matter AND CASE WHEN orders.account_id IS NULL THEN same.item_id = orders.item_id
						ELSE same.account_platform = orders.account_platform AND same.account_id = orders.account_id END ORDER BY same.version DESC LIMIT 1) END AS state,
				COALESCE(CASE WHEN orders.matter <> '' THEN orders.case_id END, (SELECT newest.case_id FROM orders AS newest WHERE newest.item_id = items.id AND newest.matter = '' ORDER BY newest.version DESC LIMIT 1),
					(SELECT max(case_id::text)::uuid FROM case_items WHERE case_items.item_id = items.id)) AS "caseId"
			FROM orders JOIN items ON items.id = orders.item_id JOIN platforms ON platforms.id = platform_id
			WHERE ${where} ORDER BY orders.issued_at DESC LIMIT 1`,
		restrictedRow,
	);
	return row ?? null;
}

/** All that the item's user has made; of an account, all against what its newest case decided. */
export function isOn({ itemId, caseId }: RestrictedItem) {
	if (itemId === null) return sql`appeals.case_id = ${caseId} AND appellant = 'user'`;
	return sql`appeals.order_id IN (SELECT id FROM orders WHERE item_id = ${itemId})`;
}

/** Those that are not to be made again: one that waits, or after which other people left the decision as it was. */
export function standsOn(item: RestrictedItem) {
	return sql`${isOn(item)} AND (outcome IS NULL OR (outcome = 'upheld' AND against IS NOT NULL))`;
}

/** The cases in which something was left that the report names, and of which its reporter has not appealed before. */
export function leftOf(report: ReturnType<typeof sql>) {
	return sql`SELECT DISTINCT cases.id FROM case_reports JOIN cases ON cases.id = case_reports.case_id JOIN reports AS named ON named.id = case_reports.report_id
		WHERE case_reports.report_id = ${report} AND withdrawn_at IS NULL AND cases.state = 'decided' AND decision = 'restore'
			AND NOT EXISTS (SELECT FROM appeals WHERE appeals.report_id = case_reports.report_id AND appeals.case_id = cases.id)`;
}
