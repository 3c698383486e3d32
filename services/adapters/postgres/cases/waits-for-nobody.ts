import { sql } from "kysely";

/** The condition on the table `cases` that nobody has begun with it, but for holding it, nor waits for what becomes of it: it may go on as a part of another. */
export const waitsForNobody = sql`(cases.first_decision IS NULL AND cases.appealed_decision IS NULL
	AND NOT EXISTS (SELECT FROM case_reports WHERE case_id = cases.id) AND NOT EXISTS (SELECT FROM authority_request_places WHERE case_id = cases.id)
	AND NOT EXISTS (SELECT FROM clocks WHERE case_id = cases.id) AND NOT EXISTS (SELECT FROM clock_targets WHERE case_id = cases.id)
	AND NOT EXISTS (SELECT FROM appeals WHERE case_id = cases.id))`;
