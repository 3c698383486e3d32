// What people's decisions tell deadlines: a removal that is taken back has clocks run again that it had stopped, and what people confirm of a child's
// abuse starts those of the laws that count from knowing of it.
import type { CaseSnapshot, CaseTransition } from "../../../core/cases/case.ts";
import { isTakenBack } from "../../../core/cases/undo-decision.ts";
import { isOfChildren } from "../../../core/policy/categories.ts";
import { reopenClocks, type Undoing } from "../clocks/reopen-clocks.ts";
import { reopenClocksOf, startClocksBy, tellClocksOf } from "../clocks/start-by-event.ts";
import type { Connection } from "../connection/database.ts";
import type { Doing } from "./apply-to-case.ts";
import type { CaseRow } from "./case-rows.ts";

interface Decision {
	readonly before: CaseSnapshot;
	readonly change: CaseTransition;
}

export async function tellClocksOfDecision(
	tx: Connection,
	row: CaseRow,
	{ before, change }: Decision,
	doing: Doing,
): Promise<void> {
	await runClocksAgain(tx, row, change, doing);
	if (before.account !== null || !isOfChildren(row.category)) return;
	const { decided } = change;
	const isRemovalTakenBack = isTakenBack(before, change) && before.decided.decision === "remove";
	const isNew = decided !== null && before.decided === null;
	if (isNew && decided.decision === "remove") await tellConfirmed(tx, row, { before, change }, doing);
	else if (isRemovalTakenBack || isNew) await tellClocksOf(tx, row.id, "confirmation-taken-back", doing.at);
}

/** It is known from this decision on, on each of the platforms where it is. */
async function tellConfirmed(tx: Connection, row: CaseRow, { before, change }: Decision, doing: Doing): Promise<void> {
	const { actor, at } = doing;
	if (actor.kind !== "person") return;
	await reopenClocksOf(tx, row.id, "confirmation-taken-back", { doer: actor, reason: decidedFor(change), at });
	const isDangerNow = (row.counted_reports?.danger ?? "nobody") !== "nobody";
	const platforms = [...new Set(before.items.map(({ platformId }) => platformId))];
	const happened = platforms.map((platformId) => ({
		...{ event: "abuse-confirmed" as const, at, caseId: row.id, platformId, items: [], isDangerNow },
	}));
	await startClocksBy(tx, happened, at);
}

/** Those that a removal or an answer had stopped which is taken back, and that a removal had which is overturned. */
async function runClocksAgain(tx: Connection, row: CaseRow, change: CaseTransition, doing: Doing): Promise<void> {
	const { actor, at } = doing;
	if (actor.kind !== "person") return;
	const items = change.itemActions.map(({ itemId }) => itemId);
	for (const one of change.events) {
		const isUndone = one.kind === "undone" || one.kind === "reopened";
		const undoing: Undoing = { doer: actor, reason: isUndone ? one.reason : decidedFor(change), at };
		if (isUndone) await reopenClocksOf(tx, row.id, "answer-sent", undoing);
		if ((isUndone || one.kind === "overturned") && one.decision === "remove") await reopenClocks(tx, items, undoing);
	}
}

function decidedFor({ events }: CaseTransition): string {
	const [reason = ""] = events.flatMap((one) => (one.kind === "decided" ? [one.reason] : []));
	return reason;
}
