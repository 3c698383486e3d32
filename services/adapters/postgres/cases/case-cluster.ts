// The clusters of a case's items: in numbers, and those of their members of which there is something to see.
import { sql } from "kysely";
import { z } from "zod";
import type { Degree } from "../../../core/clusters/membership.ts";
import { type CaseId, clusterId, itemId } from "../../../core/ids.ts";
import { type ClusterOfCase, mostOnStrip, type StripMember } from "../../../core/ports/case-store.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

/** More say no more to whoever decides, and would be counted for long. */
const mostCounted = 10_000;

/** A case has items of one cluster as a rule. */
const mostNamed = 5;

const clusterRow = z.object({
	...{
		members: column.whole,
		isMore: column.flag,
		platforms: column.whole,
		accounts: column.whole,
		ids: z.array(clusterId),
		...{ suggested: column.whole, confirmedKept: column.whole, suggestedKept: column.whole },
	},
	firstSeenAt: column.time.nullable(),
});

/** What only looks like the case's items: what is suggested to their clusters, and what is in those that they are suggested to. */
function membersOf(id: CaseId) {
	return sql`own AS (
			SELECT cluster_id, bool_or(degree = 'confirmed') AS is_own FROM case_items JOIN cluster_members USING (item_id) WHERE case_id = ${id} GROUP BY 1
		), found AS (
			SELECT item_id, is_own AND degree = 'confirmed' AS is_confirmed FROM own JOIN cluster_members USING (cluster_id)
			WHERE is_own OR degree = 'confirmed' ORDER BY item_id LIMIT ${mostCounted + 1}
		), member AS (
			SELECT item_id, CASE WHEN bool_or(is_confirmed) THEN 'confirmed' ELSE 'suggested' END AS degree FROM found GROUP BY 1
		)`;
}

/** A picture of it can be shown. */
const isKept = sql`EXISTS (SELECT FROM item_evidence WHERE item_evidence.item_id = member.item_id AND media_key IS NOT NULL AND media_type LIKE 'image/%')`;

export async function loadCluster(connection: Connection, id: CaseId): Promise<ClusterOfCase | null> {
	const [row] = await connection.rows(
		sql`WITH ${membersOf(id)}
			SELECT count(*) FILTER (WHERE degree = 'confirmed')::integer AS members, count(*) > ${mostCounted} AS "isMore",
				count(DISTINCT platform_id) FILTER (WHERE degree = 'confirmed')::integer AS platforms,
				count(DISTINCT (platform_id, author_id)) FILTER (WHERE degree = 'confirmed')::integer AS accounts,
				ARRAY(SELECT cluster_id FROM own WHERE is_own ORDER BY cluster_id LIMIT ${mostNamed}) AS ids,
				count(*) FILTER (WHERE degree = 'suggested')::integer AS suggested, min(received_at) FILTER (WHERE degree = 'confirmed') AS "firstSeenAt",
				LEAST(${mostOnStrip}, count(*) FILTER (WHERE degree = 'confirmed' AND ${isKept}))::integer AS "confirmedKept",
				LEAST(${mostOnStrip}, count(*) FILTER (WHERE degree = 'suggested' AND ${isKept}))::integer AS "suggestedKept"
			FROM member JOIN items ON items.id = item_id`,
		clusterRow,
	);
	if (row === undefined || row.firstSeenAt === null) return null;
	const { confirmedKept: confirmed, suggestedKept: suggested, ...numbers } = row;
	return { ...numbers, firstSeenAt: row.firstSeenAt, strip: { confirmed, suggested } };
}

/** The newest of which a picture is kept: of what people never had to see there is none. */
export async function loadStrip(connection: Connection, id: CaseId, degree: Degree): Promise<readonly StripMember[]> {
	return connection.rows(
		sql`WITH ${membersOf(id)}
			SELECT item_id AS "itemId", media_key AS "mediaKey" FROM member JOIN item_evidence USING (item_id)
			WHERE degree = ${degree} AND ${isKept}
			ORDER BY item_id DESC LIMIT ${mostOnStrip}`,
		z.object({ itemId, mediaKey: column.text }),
	);
}
