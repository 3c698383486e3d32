// Writes to entries what a case's transition concludes of them, in its transaction; answers the case's events for it.
import { sql } from "kysely";
import { ownSource } from "../../../core/banks/bank.ts";
import type { Actor, CaseTransition } from "../../../core/cases/case.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import type { CaseId, EntryId } from "../../../core/ids.ts";
import { judgeEntries } from "../banks/judge-entries.ts";
import type { Connection } from "../connection/database.ts";
import type { NewCaseEvent } from "./case-events.ts";

export async function writeBack(
	tx: Connection,
	caseId: CaseId,
	conclusion: NonNullable<CaseTransition["entryJudgement"]>,
	actor: Actor,
	at: Date,
): Promise<readonly NewCaseEvent[]> {
	const { entries, judgement, reason } = conclusion;
	const ids = entries === "withheld-on" ? await withheldOn(tx, caseId) : [entries];
	if (entries !== "withheld-on" && !(await isMatched(tx, caseId, entries)))
		throw new BreakwaterError("not-found", { detail: "no item of this case matches such an entry" });
	const by = await nameOf(tx, actor);
	const judged = await judgeEntries(tx, ids, judgement, { by, why: reason, at });
	if (entries !== "withheld-on" && judged.length === 0)
		throw new BreakwaterError("not-found", { detail: "the entry is gone from its bank" });
	return judged.map((entryId) => ({ caseId, actor, at, body: { kind: "entry-judged", entryId, judgement, reason } }));
}

/** On whose word alone a machine withheld items of the case. What people have cleared stays cleared. */
async function withheldOn(tx: Connection, caseId: CaseId): Promise<readonly EntryId[]> {
	const rows = await tx.rows<{ id: EntryId }>(
		sql`SELECT id FROM bank_entries
			WHERE id IN (SELECT unnest(withheld_on) FROM case_items JOIN verdicts USING (item_id) WHERE case_id = ${caseId} AND action = 'withhold')
				AND opinions -> ${ownSource}::text ->> 'kind' IS DISTINCT FROM 'negative'`,
	);
	return rows.map(({ id }) => id);
}

async function isMatched(tx: Connection, caseId: CaseId, id: EntryId): Promise<boolean> {
	const rows = await tx.rows(
		sql`SELECT 1 FROM (case_items JOIN verdicts USING (item_id)) CROSS JOIN LATERAL jsonb_array_elements(signals) AS signal (value)
			WHERE case_id = ${caseId} AND value ->> 'kind' = 'matched' AND value -> 'match' ->> 'entryId' = ${id} LIMIT 1`,
	);
	return rows.length > 0;
}

async function nameOf(tx: Connection, actor: Actor): Promise<string> {
	if (actor.kind === "machine") return "machine";
	const [user] = await tx.rows<{ login: string }>(sql`SELECT login FROM users WHERE id = ${actor.userId}`);
	return user?.login ?? actor.userId;
}
