import { sql } from "kysely";
import { z } from "zod";
import type { CaseId } from "../../../core/ids.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import type { AccountKey } from "./strike-rows.ts";

/** Recommendations that the platform has acknowledged, one a case, that were not withdrawn after; `but` is left out. */
export async function countRecommended(
	on: Connection,
	{ platformId, accountId }: AccountKey,
	but: CaseId | null,
): Promise<number> {
	const [row] = await on.rows(
		sql`SELECT count(*) AS count FROM (
				SELECT DISTINCT ON (case_id) action, state FROM orders
				WHERE account_platform = ${platformId} AND account_id = ${accountId} AND matter = '' AND case_id IS DISTINCT FROM ${but} ORDER BY case_id, version DESC
			) AS last WHERE action = 'account.restrict-recommended' AND state = 'delivered'`,
		z.object({ count: column.count }),
	);
	return row?.count ?? 0;
}
