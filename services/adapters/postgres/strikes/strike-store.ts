import { sql } from "kysely";
import { z } from "zod";
import { caseId, itemId, orderId, platformId } from "../../../core/ids.ts";
import type { AccountStrikes, Strike, StrikeStore } from "../../../core/ports/strike-store.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";

const strikeRow = z.object({ itemId, orderId, caseId, category: column.text.nullable(), at: column.time });
const accountRow = strikeRow.extend({ platformId, platformName: column.text, accountId: column.text });

/** The newest order of each removed item, where people gave it. */
const strikes = sql`SELECT items.id AS "itemId", orders.id AS "orderId", case_id AS "caseId", category, issued_at AS at,
		platform_id AS "platformId", platforms.name AS "platformName", author_id AS "accountId"
	FROM items JOIN orders ON orders.item_id = items.id AND orders.version = items.version AND action = 'remove' AND decided_by = 'person'
		JOIN platforms ON platforms.id = platform_id
	WHERE items.state = 'removed' AND case_id IS NOT NULL`;

export function createStrikeStore(database: Database): StrikeStore {
	return {
		async list({ since, atLeast, limit }) {
			const rows = await database.rows(
				sql`WITH strikes AS (${strikes} AND issued_at > ${since}), counted AS (
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
				sql`${strikes} AND platforms.name = ${platformName} AND author_id = ${accountId} ORDER BY issued_at DESC, items.id`,
				strikeRow,
			),
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
