import { sql } from "kysely";
import { decidedStates } from "../../../core/cases/case.ts";

const decided = decidedStates.map((state) => `'${state}'`).join(", ");

/** Conditions on the table `cases`, spelled as in its partial indexes, which serve no other spelling. */
export const isUndecided = sql.raw(`cases.state NOT IN (${decided})`);
export const isDecided = sql.raw(`cases.state IN (${decided})`);
