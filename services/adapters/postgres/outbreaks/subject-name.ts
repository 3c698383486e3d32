import { sql } from "kysely";

/** What a row of outbreaks is of, as core/outbreaks/subject.ts's subjectText writes it, and with it the key of a case of its own. */
export const subjectName = sql.raw("(subject_kind || ':' || subject_key)");
