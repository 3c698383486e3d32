// Strikes as the record has them: the newest order of each item that people removed and did not take back.
import { sql } from "kysely";
import { z } from "zod";
import { caseId, itemId, orderId, type PlatformId } from "../../../core/ids.ts";
import { column } from "../connection/columns.ts";

export interface AccountKey {
	readonly platformId: PlatformId;
	readonly accountId: string;
}

export const strikeRow = z.object({ itemId, orderId, caseId, category: column.text.nullable(), at: column.time });

export const selectStrikes = sql`SELECT items.id AS "itemId", orders.id AS "orderId", case_id AS "caseId", category, issued_at AS at,
		platform_id AS "platformId", platforms.name AS "platformName", author_id AS "accountId"
	FROM items JOIN orders ON orders.item_id = items.id AND orders.version = items.version AND action = 'remove' AND decided_by = 'person'
		JOIN platforms ON platforms.id = platform_id
	WHERE items.state = 'removed' AND case_id IS NOT NULL`;

/** The newest first. */
export function strikesOf(account: AccountKey) {
	return sql`${selectStrikes} AND platform_id = ${account.platformId} AND author_id = ${account.accountId} ORDER BY issued_at DESC, items.id`;
}
