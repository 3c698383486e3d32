import { sql } from "kysely";
import { z } from "zod";
import { decision } from "../../../core/cases/case.ts";
import { caseId } from "../../../core/ids.ts";
import type { RecordedDecision, StandingStore } from "../../../core/ports/standing-store.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";
import { awaitedNow } from "../outbreaks/specimens.ts";
import { overlapMs, recordTime } from "./record-time.ts";

const pageSize = 20_000;

const decisionRow = z.object({
	...{ subject: column.text, caseId, decision: decision.nullable(), decidedAt: column.time },
	...{ category: column.text.nullable(), knew: column.texts },
}) satisfies z.ZodType<RecordedDecision>;

const columns = sql`subject, case_id AS "caseId", CASE WHEN is_withdrawn THEN NULL ELSE decision END AS decision, decided_at AS "decidedAt", category, knew`;

export function createStandingStore(database: Database): StandingStore {
	return {
		async load(take) {
			const time = await recordTime(database);
			let after = { subject: "", caseId: "00000000-0000-0000-0000-000000000000" };
			for (;;) {
				const rows: readonly RecordedDecision[] = await database.rows(
					sql`SELECT ${columns} FROM standing_decisions
						WHERE (subject, case_id) > (${after.subject}, ${after.caseId}::uuid) AND NOT is_withdrawn ORDER BY subject, case_id LIMIT ${pageSize}`,
					decisionRow,
				);
				take(rows);
				const last = rows.at(-1);
				if (last === undefined || rows.length < pageSize) return time;
				after = last;
			}
		},
		async writtenSince(since) {
			const time = await recordTime(database);
			const from = new Date(since.getTime() - overlapMs);
			const decisions = await database.rows(
				sql`SELECT ${columns} FROM standing_decisions WHERE written_at >= ${from}`,
				decisionRow,
			);
			return { decisions, time };
		},
		awaited: () => awaitedNow(database),
		onChanged: (listener) => database.listener.on("standing_decisions", listener),
	};
}
