import { sql } from "kysely";
import { decidedStates } from "../../../core/cases/case.ts";

/** The condition on the table `cases`, spelled as in its partial indexes, which serve no other spelling. */
export const isUndecided = sql.raw(`cases.state NOT IN (${decidedStates.map((state) => `'${state}'`).join(", ")})`);
