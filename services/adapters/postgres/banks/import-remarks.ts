import { sql } from "kysely";
import { z } from "zod";
import type { ImportRemark } from "../../../core/banks/import-remark.ts";
import type { DraftId } from "../../../core/ids.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

/** What is worth saying of a draft that has all its rows. */
export async function findRemarks(tx: Connection, id: DraftId): Promise<readonly ImportRemark[]> {
	const [found] = await tx.rows(
		sql`SELECT COALESCE(sum(expired), 0) AS expired, count(*) FILTER (WHERE is_conflict) AS conflicting FROM (
				SELECT count(*) FILTER (WHERE (opinion ->> 'expiresAt')::timestamptz <= now()) AS expired,
					count(DISTINCT opinion) > 1 AS is_conflict
				FROM bank_draft_rows WHERE draft_id = ${id} GROUP BY hash_type, hash, source
			) AS said`,
		z.object({ expired: column.count, conflicting: column.count }),
	);
	const [rows, hashes] = [found?.expired ?? 0, found?.conflicting ?? 0];
	return [
		...(rows === 0 ? [] : [{ code: "rows-expired", rows } as const]),
		...(hashes === 0 ? [] : [{ code: "opinions-conflict", hashes } as const]),
	];
}
