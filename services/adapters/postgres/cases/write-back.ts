// Writes to entries what a case's transition concludes of them, in its transaction; answers the case's events for it.
import { sql } from "kysely";
import { z } from "zod";
import type { Actor, CaseTransition } from "../../../core/cases/case.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import type { CaseId, EntryId } from "../../../core/ids.ts";
import { judgeEntries } from "../banks/judge-entries.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import type { NewCaseEvent } from "./case-events.ts";

export async function writeBack(
	tx: Connection,
	caseId: CaseId,
	conclusion: NonNullable<CaseTransition["entryJudgement"]>,
	{ actor, at }: { readonly actor: Actor; readonly at: Date },
): Promise<readonly NewCaseEvent[]> {
	const { entries, judgement, reason, isAsked } = conclusion;
	if (isAsked && !(await areMatched(tx, caseId, entries)))
		throw new BreakwaterError("not-found", { reasons: [{ code: "not-there", what: "entry-of-case" }] });
	const by = await nameOf(tx, actor);
	const judged = await judgeEntries(tx, entries, judgement, { by, why: reason, at });
	if (isAsked && judged.length < entries.length)
		throw new BreakwaterError("not-found", { reasons: [{ code: "not-there", what: "entry" }] });
	return judged.map((entryId) => ({ caseId, actor, at, body: { kind: "entry-judged", entryId, judgement, reason } }));
}

async function areMatched(tx: Connection, caseId: CaseId, ids: readonly EntryId[]): Promise<boolean> {
	const rows = await tx.rows(
		sql`SELECT DISTINCT value -> 'match' ->> 'entryId'
			FROM (case_items JOIN verdicts USING (item_id)) CROSS JOIN LATERAL jsonb_array_elements(signals) AS signal (value)
			WHERE case_id = ${caseId} AND value -> 'match' ->> 'entryId' = ANY (${[...ids]}::text[])`,
	);
	return rows.length === ids.length;
}

export async function nameOf(tx: Connection, actor: Actor): Promise<string> {
	if (actor.kind === "machine") return "machine";
	const [user] = await tx.rows(
		sql`SELECT login FROM users WHERE id = ${actor.userId}`,
		z.object({ login: column.text }),
	);
	return user?.login ?? actor.userId;
}
