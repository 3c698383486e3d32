// What people reported of a case, as its page shows it.
import { sql } from "kysely";
import { z } from "zod";
import type { CaseId } from "../../../core/ids.ts";
import type { CaseReports } from "../../../core/ports/case-store.ts";
import { reportSubjects } from "../../../core/reports/report.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import type { CaseRow } from "./case-rows.ts";

const countsRow = z.object({
	...{ reports: column.whole, reporters: column.whole, danger: column.whole, answered: column.whole },
});
const aboutRow = z.object({ about: z.enum(reportSubjects), reports: column.whole });

const mostPlaces = 20;

/** Reports of the case that stand. */
const standing = (id: CaseId) => sql`(SELECT DISTINCT reports.* FROM case_reports JOIN reports ON reports.id = report_id
	WHERE case_id = ${id} AND withdrawn_at IS NULL) AS reports`;

export async function loadReports(
	on: Connection,
	{ id, counted_reports: counted }: Pick<CaseRow, "id" | "counted_reports">,
): Promise<CaseReports | null> {
	if (counted === null) return null;
	const [counts] = await on.rows(
		sql`SELECT count(*)::integer AS reports, count(DISTINCT ${voiceOf})::integer AS reporters,
				count(*) FILTER (WHERE is_danger_now)::integer AS danger, count(answered_at)::integer AS answered
			FROM ${standing(id)}`,
		countsRow,
	);
	const about = await on.rows(
		sql`SELECT about, count(*)::integer AS reports FROM ${standing(id)} GROUP BY about ORDER BY 2 DESC, 1`,
		aboutRow,
	);
	const places = await on.rows(
		sql`SELECT place FROM (
				SELECT DISTINCT ON (thing) thing, place, count(*) OVER (PARTITION BY thing) AS named
				FROM case_reports JOIN reports ON reports.id = report_id
				WHERE case_id = ${id} AND withdrawn_at IS NULL ORDER BY thing, received_at
			) AS things ORDER BY named DESC, thing LIMIT ${mostPlaces}`,
		z.object({ place: column.text }),
	);
	const { voices, trusted } = counted;
	return {
		...(counts ?? { reports: 0, reporters: 0, danger: 0, answered: 0 }),
		counted: { voices: voices.length, trusted: trusted.length },
		about,
		places: places.map(({ place }) => place),
	};
}

/** One reporter, as far as can be told: nobody's pseudonym is a report of its own. */
export const voiceOf = sql`COALESCE(encode(reports.reporter, 'hex'), reports.id::text)`;
