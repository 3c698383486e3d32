// Applies what was decided of a case, purely and under its lock: the row, its events, orders, what is written to entries and to the local
// bank, what its reporters are told, and what becomes of appeals, all in the caller's transaction.
import { sql } from "kysely";
import { isUnderAppeal } from "../../../core/cases/appeal-case.ts";
import type { Actor, CaseSnapshot, CaseTransition } from "../../../core/cases/case.ts";
import { isTakenBack } from "../../../core/cases/undo-decision.ts";
import type { CaseId } from "../../../core/ids.ts";
import { reopenAppeals, settleAppeals } from "../appeals/settle-appeals.ts";
import { answerRequests } from "../authorities/answer-requests.ts";
import { addRemoved, withdrawRemoved } from "../banks/own-bank.ts";
import { giveStanding, takeBackStanding } from "../clusters/write-standing.ts";
import type { Connection } from "../connection/database.ts";
import { callOff } from "../outbreaks/call-off.ts";
import { changeSpreadOf } from "../outbreaks/keep-limits.ts";
import { answerCase } from "../reports/answer-reports.ts";
import { isOfAuthor } from "./author-cases.ts";
import { appendCaseEvents, type NewCaseEvent } from "./case-events.ts";
import { type CaseRow, caseRow, loadSnapshot, selectCases } from "./case-rows.ts";
import { tellClocksOfDecision } from "./clocks-of-decision.ts";
import { moveItems } from "./move-items.ts";
import { moveMeasures } from "./move-measures.ts";
import { tellOfAccount } from "./tell-of-account.ts";
import { withdrawWords } from "./withdraw-words.ts";
import { nameOf, writeBack } from "./write-back.ts";

/** Who does it, and when. */
export interface Doing {
	readonly actor: Actor;
	readonly at: Date;
}

export async function applyToCase(
	tx: Connection,
	row: CaseRow,
	doing: Doing,
	decide: (current: CaseSnapshot) => CaseTransition,
): Promise<CaseSnapshot> {
	const { actor, at } = doing;
	const before = await loadSnapshot(tx, row);
	const change = decide(before);
	const { firstDecision, secondDecision, decided, claim, appealed = before.appealed } = change;
	await tx.rows(
		sql`UPDATE cases SET state = ${change.state}, decision = ${decided?.decision ?? null}, decided_by = ${decided?.userId ?? null}, decided_at = ${decided?.at ?? null},
				first_decision = ${firstDecision?.decision ?? null}, first_decided_by = ${firstDecision?.userId ?? null},
				second_decision = ${secondDecision?.decision ?? null}, second_decided_by = ${secondDecision?.userId ?? null},
				fence = ${claim === null ? row.fence : Math.max(claim.fence, row.fence)}, claimed_by = ${claim?.userId ?? null}, claim_expires_at = ${claim?.expiresAt ?? null},
				appealed_decision = ${appealed?.decision ?? null}, appealed_at = ${appealed?.at ?? null}, appealed_by = ${appealed === null ? null : [...appealed.by]}::uuid[],
				${keysOf(row, isUnderAppeal({ state: change.state, appealed }))}
			WHERE id = ${row.id}`,
	);
	if (change.skippedBy !== undefined) {
		await tx.rows(
			sql`INSERT INTO case_skips (case_id, user_id, at) VALUES (${row.id}, ${change.skippedBy}, ${at}) ON CONFLICT DO NOTHING`,
		);
	}
	const ordered = [
		...(await moveItems(tx, row, change, doing)),
		...(await moveMeasures(tx, row, change, doing)),
		...(await tellOfAccount(tx, row, change, doing)),
		...(await changeSpreadOf(tx, row.id, change, doing)),
	];
	const reachesOthers = !isOfAuthor(row);
	if (reachesOthers) await tellOwnBank(tx, row, change, doing);
	const calledOff = change.withdraws === undefined ? [] : await callOff(tx, row.id, doing);
	// While it is in doubt, and once it is taken back or overturned, it reaches nobody.
	if (change.withdraws !== undefined || (before.decided !== null && decided === null))
		await takeBackStanding(tx, row.id);
	if (decided !== null && before.decided === null && reachesOthers) await giveStanding(tx, row, decided);
	const { entryJudgement } = change;
	const judged = entryJudgement === undefined ? [] : await writeBack(tx, row.id, entryJudgement, doing);
	const events: NewCaseEvent[] = change.events.map((body) => ({ caseId: row.id, actor, at, body }));
	await settleOrReopen(tx, { id: row.id, before }, change, doing);
	const answered = await answer(tx, row.id, change, doing);
	await appendCaseEvents(tx, [...events, ...judged, ...ordered, ...answered, ...calledOff]);
	await tellClocksOfDecision(tx, row, { before, change }, doing);
	if (change.withdraws !== undefined)
		await withdrawWords(tx, row.id, change.withdraws.decidedAt, await nameOf(tx, actor));
	const [after] = await tx.rows(sql`${selectCases} WHERE cases.id = ${row.id}`, caseRow);
	return loadSnapshot(tx, after ?? row);
}

/** Under appeal a case gathers by itself: its cluster may have opened a newer one meanwhile, and each waits for its own decision. */
function keysOf({ id }: CaseRow, isAppealed: boolean) {
	return isAppealed
		? sql`cluster_key = ${`appeal:${id}`}, gathered_as = COALESCE(gathered_as, cluster_key)`
		: sql`cluster_key = COALESCE(gathered_as, cluster_key), gathered_as = NULL`;
}

/** Appeals are answered by the decision that they waited for, and wait again once that is taken back. */
async function settleOrReopen(
	tx: Connection,
	{ id, before }: { readonly id: CaseId; readonly before: CaseSnapshot },
	change: CaseTransition,
	{ actor, at }: Doing,
): Promise<void> {
	const { decided } = change;
	if (isTakenBack(before, change) && actor.kind === "person") {
		const [reason = ""] = change.events.flatMap((one) =>
			one.kind === "undone" || one.kind === "reopened" ? [one.reason] : [],
		);
		await reopenAppeals(tx, id, { settledAt: before.decided.at, doer: actor, reason, at });
	}
	if (decided !== null && before.decided === null) await settleAppeals(tx, id, decided);
}

/** What people remove is known here from then on, until they take it back. */
async function tellOwnBank(
	tx: Connection,
	{ id: caseId, category }: CaseRow,
	{ itemActions, withdraws }: CaseTransition,
	{ actor }: Doing,
): Promise<void> {
	const items = itemActions.flatMap(({ itemId, action }) => (action === "remove" ? [itemId] : []));
	if (withdraws !== undefined) await withdrawRemoved(tx, caseId, await nameOf(tx, actor));
	if (items.length > 0) await addRemoved(tx, { caseId, category, items }, await nameOf(tx, actor));
}

async function answer(
	tx: Connection,
	caseId: CaseId,
	{ answersReports: code, isUpheld = false }: CaseTransition,
	{ actor, at }: Doing,
): Promise<readonly NewCaseEvent[]> {
	if (code === undefined || actor.kind !== "person") return [];
	const to = isUpheld ? "unanswered" : "all";
	await answerRequests(tx, caseId, { code, at, to });
	const reports = await answerCase(tx, caseId, { code, by: actor.userId, to });
	return reports === 0 ? [] : [{ caseId, actor, at, body: { kind: "reports-answered", reports, answer: code } }];
}
