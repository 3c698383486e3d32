// How often reporters were right, read from what people decided in the cases that they reported: a decision that is taken back counts no more.
import { sql } from "kysely";
import { z } from "zod";
import { type ReporterId, reporterId } from "../../../core/ids.ts";
import type { TrustRecord } from "../../../core/reports/reliability.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

/** Each case counts once, however often one reporter reported it. */
export async function trustOf(
	on: Connection,
	ids: readonly ReporterId[],
): Promise<ReadonlyMap<ReporterId, TrustRecord>> {
	if (ids.length === 0) return new Map();
	const rows = await on.rows(
		sql`SELECT reporter_id AS id, count(DISTINCT cases.id) FILTER (WHERE decision = 'remove')::integer AS right,
				count(DISTINCT cases.id)::integer AS decided
			FROM reports JOIN case_reports ON report_id = reports.id JOIN cases ON cases.id = case_id
			WHERE reporter_id = ANY (${[...new Set(ids)]}::uuid[]) AND withdrawn_at IS NULL AND cases.state = 'decided'
			GROUP BY reporter_id`,
		z.object({ id: reporterId, right: column.whole, decided: column.whole }),
	);
	return new Map(rows.map(({ id, ...record }) => [id, record]));
}
