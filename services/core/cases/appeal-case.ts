// What an appeal does to a case: a decided one waits for somebody else than those who decided, who see it as it was before the decision
// (second-look.ts); one that people have yet to decide waits for them as before. When they have decided, the decision before stands, or
// is taken back as by undo-decision.ts. Who may appeal, and until when, is core/appeals.
import type { Appellant } from "../appeals/appeal.ts";
import type { AppealId } from "../ids.ts";
import { aboutOf } from "./account-decision.ts";
import {
	type CaseEventBody,
	type CaseSnapshot,
	type CaseSnapshotItem,
	type CaseTransition,
	type Decision,
	isUndecided,
	unchanged,
} from "./case.ts";
import { actionBack, type GivenThen, isOf, stateAfter } from "./undo-decision.ts";

export function appealCase(
	current: CaseSnapshot,
	{ appealId, by }: { readonly appealId: AppealId; readonly by: Appellant },
): CaseTransition {
	return askOthers(current, [{ kind: "appealed", appealId, by }]);
}

/** What a recommendation about an account rests on was taken back, in part: others are asked whether it stands, as after an appeal. */
export function askAgain(current: CaseSnapshot, strikes: number): CaseTransition {
	return askOthers(current, [{ kind: "strikes-taken-back", strikes }]);
}

function askOthers(current: CaseSnapshot, events: readonly CaseEventBody[]): CaseTransition {
	const { decided, firstDecision, secondDecision, appealed } = current;
	if (decided === null || isUndecided(current.state)) return { ...unchanged(current), events };
	const gave = [firstDecision, secondDecision, decided].flatMap((one) => one?.userId ?? []);
	return {
		...unchanged(current),
		...{ state: "second", claim: null, firstDecision: null, secondDecision: null, decided: null },
		appealed: {
			...{ decision: decided.decision, at: decided.at },
			by: [...new Set([...(appealed?.by ?? []), ...gave])],
		},
		events,
	};
}

/** Whether people are asked if a decision before stands. */
export function isUnderAppeal({ state, appealed }: Pick<CaseSnapshot, "state" | "appealed">): boolean {
	return appealed !== null && isUndecided(state);
}

/** With its items as they were before the decision that is appealed: what people decide on. */
export function reconsidered(current: CaseSnapshot): CaseSnapshot {
	const { appealed } = current;
	if (appealed === null || !isUnderAppeal(current)) return current;
	const given = { caseId: current.id, decidedAt: appealed.at };
	return { ...current, items: current.items.map((item) => ({ ...item, state: stateBefore(item, given) })) };
}

/** Where something has happened to the item since, that counts. */
function stateBefore({ state, orders }: CaseSnapshotItem, given: GivenThen): CaseSnapshotItem["state"] {
	const last = orders.at(-1);
	return last !== undefined && isOf(last, given) && state !== "gone" ? stateAfter(orders.slice(0, -1)) : state;
}

export function settlingOf({ appealed, account }: CaseSnapshot, decision: Decision): readonly CaseEventBody[] {
	if (appealed === null) return [];
	const kind = appealed.decision === decision ? "upheld" : "overturned";
	return [{ kind, decision: appealed.decision, ...aboutOf({ account }) }];
}

/** What becomes of copies in other cases, which the decision had reached by standing, once it is overturned. */
export function copiesBack({ id, appealed, copies }: CaseSnapshot, decision: Decision): CaseTransition["itemActions"] {
	if (appealed === null || appealed.decision === decision) return [];
	return copies.flatMap((item) => {
		const action = actionBack(item, { caseId: id, decidedAt: appealed.at });
		return action === null ? [] : [{ itemId: item.id, action }];
	});
}

/** What follows once the appeal is decided: what an overturned decision wrote is withdrawn. */
export function afterAppeal(
	{ appealed }: CaseSnapshot,
	decision: Decision,
): Pick<CaseTransition, "withdraws" | "isUpheld"> {
	if (appealed === null) return {};
	return appealed.decision === decision ? { isUpheld: true } : { withdraws: { decidedAt: appealed.at } };
}
