import { sql } from "kysely";
import { z } from "zod";
import { type CaseId, orderId, platformId } from "../../../core/ids.ts";
import { accountAction, orderState } from "../../../core/orders/order.ts";
import type { AccountOfCase, AccountStrikes, Strike, StrikeStore } from "../../../core/ports/strike-store.ts";
import { accountRestriction, usualRestriction } from "../../../core/strikes/account-restriction.ts";
import { recommendation } from "../../../core/strikes/recommendation.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";
import { countRecommended } from "./count-recommended.ts";
import { gatherStrikes } from "./gather-strikes.ts";
import { selectStrikes, strikeRow } from "./strike-rows.ts";

const accountRow = strikeRow.extend({ platformId, platformName: column.text, accountId: column.text });

const accountCaseRow = z.object({ platformId, accountId: column.text, recommendations: z.array(recommendation) });
const accountOrderRow = z.object({
	restriction: accountRestriction.nullable(),
	...{ id: orderId, action: accountAction, version: column.whole, state: orderState, attempts: column.whole },
	...{ issuedAt: column.time, deliveredAt: column.time.nullable(), lastReason: column.text.nullable() },
});
const strikeOfCaseRow = strikeRow.extend({ isTakenBack: column.flag });

export function createStrikeStore(database: Database): StrikeStore {
	return {
		async list({ since, atLeast, limit }) {
			const rows = await database.rows(
				sql`WITH strikes AS (${selectStrikes} AND issued_at > ${since}), counted AS (
						SELECT "platformId", "accountId", count(*) AS count FROM strikes GROUP BY 1, 2 HAVING count(*) >= ${atLeast}
						ORDER BY count(*) DESC, 1, 2 LIMIT ${limit}
					)
					SELECT strikes.* FROM strikes JOIN counted USING ("platformId", "accountId")
					ORDER BY count DESC, "platformId", "accountId", at DESC, "itemId"`,
				accountRow,
			);
			return byAccount(rows);
		},
		ofAccount: ({ platformName, accountId }) =>
			database.rows(
				sql`${selectStrikes} AND platforms.name = ${platformName} AND author_id = ${accountId} ORDER BY issued_at DESC, items.id`,
				strikeRow,
			),
		gather: (itemId, laws, now) => database.transaction((tx) => gatherStrikes(tx, itemId, laws, now)),
		ofCase: (id) => accountOfCase(database, id),
	};
}

async function accountOfCase(database: Database, id: CaseId): Promise<AccountOfCase | null> {
	const [found] = await database.rows(
		sql`SELECT platform_id AS "platformId", account_id AS "accountId", recommendations FROM account_cases WHERE case_id = ${id}`,
		accountCaseRow,
	);
	if (found === undefined) return null;
	const strikes = await database.rows(
		sql`SELECT items.id AS "itemId", orders.id AS "orderId", orders.case_id AS "caseId", orders.category, issued_at AS at,
				items.state <> 'removed' OR items.version <> orders.version AS "isTakenBack"
			FROM account_strikes JOIN orders ON orders.id = order_id JOIN items ON items.id = orders.item_id
			WHERE account_strikes.case_id = ${id} ORDER BY issued_at DESC, items.id`,
		strikeOfCaseRow,
	);
	const { accountId, recommendations } = found;
	const orders = await database.rows(
		sql`SELECT id, action, version, state, attempts, issued_at AS "issuedAt", delivered_at AS "deliveredAt", last_reason AS "lastReason",
				CASE action WHEN 'account.restrict-recommended' THEN COALESCE(account_reasons ->> 'accountRestriction', ${usualRestriction}) END AS restriction
			FROM orders WHERE case_id = ${id} AND item_id IS NULL ORDER BY version`,
		accountOrderRow,
	);
	return {
		accountId,
		strikes,
		orders,
		recommendations,
		recommendedBefore: await countRecommended(database, found, id),
	};
}

function byAccount(rows: readonly z.infer<typeof accountRow>[]): readonly AccountStrikes[] {
	const accounts = new Map<string, AccountStrikes & { readonly strikes: Strike[] }>();
	for (const { platformId: id, platformName, accountId, ...strike } of rows) {
		const key = `${id}\n${accountId}`;
		const known = accounts.get(key);
		if (known === undefined) accounts.set(key, { platformId: id, platformName, accountId, strikes: [strike] });
		else known.strikes.push(strike);
	}
	return [...accounts.values()];
}
