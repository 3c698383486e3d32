// Cases whose decision is kept from somebody who has yet to decide: the rule of core/cases/second-look.ts, isKeptFrom, on the table `cases`.
import { sql } from "kysely";
import type { UserId } from "../../../core/ids.ts";
import { isUndecided } from "./undecided.ts";

export function isDecisionKeptFrom(userId: UserId) {
	return sql`(${isUndecided} AND second_decided_by IS NULL AND CASE
		WHEN first_decided_by IS NOT NULL THEN first_decided_by <> ${userId}
		ELSE appealed_by IS NOT NULL AND ${userId} <> ALL (appealed_by) END)`;
}
