import { sql } from "kysely";
import { decidedStates } from "../../../core/cases/case.ts";

/** Of the table `cases`. Spelled as in its partial indexes, which serve no other spelling. */
export const isUndecided = sql.raw(`cases.state NOT IN (${decidedStates.map((state) => `'${state}'`).join(", ")})`);
