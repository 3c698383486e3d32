// The clusters of a case's items, in numbers.
import { sql } from "kysely";
import { z } from "zod";
import type { CaseId } from "../../../core/ids.ts";
import type { ClusterOfCase } from "../../../core/ports/case-store.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

/** More say no more to whoever decides, and would be counted for long. */
const mostCounted = 10_000;

const clusterRow = z.object({
	...{
		members: column.whole,
		isMore: column.flag,
		platforms: column.whole,
		accounts: column.whole,
		suggested: column.whole,
	},
	firstSeenAt: column.time.nullable(),
});

export async function loadCluster(connection: Connection, id: CaseId): Promise<ClusterOfCase | null> {
	const [row] = await connection.rows(
		sql`WITH own AS (
				SELECT DISTINCT cluster_id FROM case_items JOIN cluster_members USING (item_id) WHERE case_id = ${id} AND degree = 'confirmed'
			), member AS (
				SELECT item_id, degree FROM own JOIN cluster_members USING (cluster_id) ORDER BY item_id LIMIT ${mostCounted + 1}
			)
			SELECT count(*) FILTER (WHERE degree = 'confirmed')::integer AS members, count(*) > ${mostCounted} AS "isMore",
				count(DISTINCT platform_id) FILTER (WHERE degree = 'confirmed')::integer AS platforms,
				count(DISTINCT (platform_id, author_id)) FILTER (WHERE degree = 'confirmed')::integer AS accounts,
				count(*) FILTER (WHERE degree = 'suggested')::integer AS suggested, min(received_at) FILTER (WHERE degree = 'confirmed') AS "firstSeenAt"
			FROM member JOIN items ON items.id = item_id`,
		clusterRow,
	);
	if (row === undefined || row.firstSeenAt === null) return null;
	return { ...row, firstSeenAt: row.firstSeenAt };
}
