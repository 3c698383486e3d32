// What people called harmful is that no more: whoever had come before people for linking to it, and for nothing else, is asked about no more. Their posts
// are shown beside the place's case (specimens.ts), which is undecided again.
import { sql } from "kysely";
import { z } from "zod";
import { authorPrefix, keyOfCopies } from "../../../core/cases/cluster-key.ts";
import { type CaseId, caseId } from "../../../core/ids.ts";
import type { NewCaseEvent } from "../cases/case-events.ts";
import { isClaimExpired } from "../cases/case-rows.ts";
import { isUndecided } from "../cases/undecided.ts";
import { waitsForNobody } from "../cases/waits-for-nobody.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

const endedRow = z.object({ id: caseId, items: column.whole });

/** Behind the lock of the place's case. One that somebody holds, or of which anything else was said or done, stays a case like any other. */
export async function callOff(
	tx: Connection,
	id: CaseId,
	{ actor, at }: Pick<NewCaseEvent, "actor" | "at">,
): Promise<readonly NewCaseEvent[]> {
	const locked = await tx.rows(
		sql`SELECT id FROM cases WHERE copies_of = ${id} AND starts_with(cluster_key, ${keyOfCopies(id, authorPrefix)}) AND ${isUndecided}
			AND (state = 'open' OR ${isClaimExpired(at)}) AND ${waitsForNobody} AND NOT EXISTS (SELECT FROM orders WHERE case_id = cases.id)
			AND NOT EXISTS (SELECT FROM case_events WHERE case_id = cases.id AND kind IN ('found-by-sweep', 'judged-again')) ORDER BY cluster_key FOR UPDATE`,
		z.object({ id: caseId }),
	);
	if (locked.length === 0) return [];
	const ids = locked.map((one) => one.id);
	const ended = await tx.rows(
		sql`WITH gone AS (
				DELETE FROM case_items WHERE case_id = ANY (${ids}::uuid[]) RETURNING case_id, item_id
			), shown AS (
				INSERT INTO specimens (case_id, item_id) SELECT DISTINCT ${id}::uuid, item_id FROM gone ON CONFLICT DO NOTHING
			)
			UPDATE cases SET state = 'closed', item_count = 0, claimed_by = NULL, claim_expires_at = NULL WHERE id = ANY (${ids}::uuid[])
			RETURNING id, (SELECT count(*)::integer FROM gone WHERE case_id = cases.id) AS items`,
		endedRow,
	);
	const by = { actor, at } as const;
	return ended.flatMap(({ id: of, items }) => [
		{ ...by, caseId: of, body: { kind: "merged-into", caseId: id } } as const,
		{ ...by, caseId: id, body: { kind: "took-in", caseId: of, items } } as const,
	]);
}
