// The way back from a decision: whoever gave the last one takes it back within the policy's time, a lead reopens it at any time. Items go
// back to where they were before it; what the platform was told is told anew, by orders of their own. What the decision wrote to entries
// is withdrawn: our word on them is again what it was (own-word.ts). Copies that it reached by standing go back with it. What somebody asked to write stays.
import { BreakwaterError } from "../errors.ts";
import type { CaseId, UserId } from "../ids.ts";
import { type ItemState, nextItemState } from "../items/item.ts";
import type { OrderAction } from "../orders/order.ts";
import type { DecisionPolicy } from "../policy/policy.ts";
import { aboutOf, accountBack } from "./account-decision.ts";
import { type CaseSnapshot, type CaseSnapshotItem, type CaseTransition, unchanged } from "./case.ts";
import { measuresBack } from "./measures-after.ts";
import { waitingState } from "./waits.ts";

export interface UndoAct {
	readonly userId: UserId;
	readonly isLead?: boolean;
	readonly now: Date;
	readonly reason: string;
}

/** What was decided holds no more, by whoever took it back: an appeal asks again and leaves it standing until it is answered. */
export function isTakenBack(
	before: Pick<CaseSnapshot, "decided">,
	{ decided, appealed }: Pick<CaseTransition, "decided" | "appealed">,
): before is { readonly decided: NonNullable<CaseSnapshot["decided"]> } {
	return before.decided !== null && decided === null && appealed === undefined;
}

type UndoPolicy = Pick<DecisionPolicy, "undoWithinMs">;

/** How this person may take the decision back now, and until when; null where they may not. */
export function mayUndo(
	{ state, decided }: Pick<CaseSnapshot, "state" | "decided">,
	{ userId, isLead, now }: Omit<UndoAct, "reason">,
	{ undoWithinMs }: UndoPolicy,
): { readonly kind: "undo" | "reopen"; readonly until: Date | null } | null {
	if (state !== "decided") return null;
	const until = decided?.userId === userId ? new Date(decided.at.getTime() + undoWithinMs) : null;
	if (until !== null && now <= until) return { kind: "undo", until };
	return isLead ? { kind: "reopen", until: null } : null;
}

/** Throws `not-decidable` where nothing is decided, `too-late-to-undo`, or `forbidden` where another person decided. */
export function undoDecision(current: CaseSnapshot, act: UndoAct, policy: UndoPolicy): CaseTransition {
	const { decided } = current;
	if (current.state !== "decided" || decided === null) throw new BreakwaterError("not-decidable");
	const may = mayUndo(current, act, policy);
	if (may === null) throw new BreakwaterError(decided.userId === act.userId ? "too-late-to-undo" : "forbidden");
	const undecided = { ...unchanged(current), claim: null, firstDecision: null, secondDecision: null, decided: null };
	return {
		...undecided,
		// What settled an appeal is taken back: the appeal waits again, for somebody else than those who decided before.
		state: waitingState({ ...undecided, appealed: current.appealed }) ?? "open",
		events: [
			{
				...{ kind: may.kind === "undo" ? "undone" : "reopened", decision: decided.decision },
				...{ reason: act.reason, ...aboutOf(current) },
			},
		],
		answersReports: "looking-again",
		itemActions: [...current.items, ...current.copies].flatMap((item) => {
			const action = actionBack(item, { caseId: current.id, decidedAt: decided.at });
			return action === null ? [] : [{ itemId: item.id, action }];
		}),
		measures: measuresBack(current, decided.at),
		...accountBack(current),
		withdraws: { decidedAt: decided.at },
	};
}

export interface GivenThen {
	readonly caseId: CaseId;
	readonly decidedAt: Date;
}

/** Whether the decision led to the order, or its standing did. */
export function isOf(
	{ issuedAt, standingCase }: CaseSnapshotItem["orders"][number],
	{ caseId, decidedAt }: GivenThen,
): boolean {
	return standingCase === caseId || issuedAt.getTime() === decidedAt.getTime();
}

/** Null where neither the decision nor its standing moved the item, or something has happened to it since. */
export function actionBack({ state, orders }: CaseSnapshotItem, decision: GivenThen): OrderAction | null {
	const last = orders.at(-1);
	if (last === undefined || !isOf(last, decision)) return null;
	const before = stateAfter(orders.slice(0, -1));
	// Nothing is removed by taking a decision back: what was removed before an appeal was granted is hidden until people have decided.
	const wasHidden = before === "withheld" || before === "removed";
	const action = wasHidden ? "withhold" : before === "limited" && state === "restored" ? "limit-spread" : "restore";
	return nextItemState(state, action) === null ? null : action;
}

/** In the order of their versions. */
export function stateAfter(orders: readonly { readonly action: OrderAction }[]): ItemState {
	return orders.reduce<ItemState>((state, { action }) => nextItemState(state, action) ?? state, "live");
}
