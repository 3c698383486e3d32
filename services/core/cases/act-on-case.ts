// Decides what an act of a person does to a case: claim, heartbeat, release, skip, comment and decide, each a pure function from
// a snapshot to a transition. Whoever acts on a claim must hold it under its newest fence, and it must not have run out. What a decision
// does to items and entries, and how many people it takes, is consequences.ts; the way back from one is undo-decision.ts.

import { assertNever } from "../assert-never.ts";
import type { EntryJudgement } from "../banks/entry-judgement.ts";
import { BreakwaterError } from "../errors.ts";
import type { EntryId, UserId } from "../ids.ts";
import { type ItemState, nextItemState } from "../items/item.ts";
import type { OrderAction } from "../orders/order.ts";
import type { DecisionPolicy } from "../policy/policy.ts";
import type { AuthorityAnswerCode } from "../reports/answer.ts";
import { aboutOf, afterAccountDecision } from "./account-decision.ts";
import { answerAfter } from "./answer-after.ts";
import { afterAppeal, copiesBack, reconsidered, settlingOf } from "./appeal-case.ts";
import {
	type CaseEventBody,
	type CaseSnapshot,
	type CaseTransition,
	type Claim,
	type Decision,
	isUndecided,
	unchanged,
} from "./case.ts";
import { consequencesOf, type Effect, orderOf, type PeoplePolicy, type WaitsFor } from "./consequences.ts";
import { measuresAfter } from "./measures-after.ts";
import { isWaitingForAnotherThan, waitingState } from "./waits.ts";

/** An act under a claim. */
export interface FencedAct {
	readonly userId: UserId;
	readonly fence: number;
	readonly now: Date;
}

/**
 * Takes the case for `leaseMs`. Claiming again what one holds already starts a new fence: a second tab takes over from the first.
 * Throws `not-decidable`, `already-claimed`, `same-person` where another person is waited for, or `needs-lead`.
 */
export function claimCase(
	current: CaseSnapshot,
	act: { readonly userId: UserId; readonly isLead?: boolean; readonly now: Date; readonly leaseMs: number },
): CaseTransition {
	if (!isUndecided(current.state)) throw new BreakwaterError("not-decidable");
	requireAnother(current, act);
	const held = liveClaim(current, act.now);
	if (held !== null && held.userId !== act.userId) throw new BreakwaterError("already-claimed");
	const fence = current.fence + 1;
	const hasRunOut = current.claim !== null && held === null;
	const expired: readonly CaseEventBody[] = hasRunOut ? [{ kind: "released", why: "expired" }] : [];
	return {
		...unchanged(current),
		state: waitingState(current) ?? "claimed",
		claim: { userId: act.userId, fence, expiresAt: new Date(act.now.getTime() + act.leaseMs) },
		events: [...expired, { kind: "claimed", fence }],
	};
}

/** Keeps the claim for another `leaseMs`. Not an event: it says nothing that the claim did not. */
export function heartbeat(current: CaseSnapshot, act: FencedAct & { readonly leaseMs: number }): CaseTransition {
	const claim = requireClaim(current, act);
	return { ...unchanged(current), claim: { ...claim, expiresAt: new Date(act.now.getTime() + act.leaseMs) } };
}

export function release(current: CaseSnapshot, act: FencedAct): CaseTransition {
	requireClaim(current, act);
	return { ...givenBack(current), events: [{ kind: "released", why: "asked" }] };
}

/** Gives the case back without a reason; this person is not offered it again. */
export function skip(current: CaseSnapshot, act: FencedAct): CaseTransition {
	requireClaim(current, act);
	return { ...givenBack(current), events: [{ kind: "skipped" }], skippedBy: act.userId };
}

/** Needs no claim: a note does not change what others are deciding. Throws `not-decidable` once the case is decided. */
export function comment(current: CaseSnapshot, act: { readonly text: string }): CaseTransition {
	if (!isUndecided(current.state)) throw new BreakwaterError("not-decidable");
	return { ...unchanged(current), events: [{ kind: "commented", text: act.text }] };
}

/**
 * Where one person is not enough, the first decision waits for a second person, who may not be the same; where these two differ, both
 * wait for a lead who gave neither. Throws `case-grew` where more has come than whoever decides has seen.
 */
export function decide(
	current: CaseSnapshot,
	act: FencedAct & {
		readonly isLead?: boolean;
		readonly decision: Decision;
		readonly reason: string;
		readonly itemsSeen?: number | undefined;
	},
	policy: PeoplePolicy & Pick<DecisionPolicy, "accountRestriction">,
): CaseTransition {
	requireClaim(current, act);
	requireAnother(current, act);
	const { decision, reason, userId, itemsSeen = current.items.length } = act;
	if (itemsSeen < current.items.length) throw new BreakwaterError("case-grew");
	const will = consequencesOf(decision, reconsidered(current), policy);
	const isFinal = will.waitsFor === "nobody";
	const given = { decision, userId };
	const states = new Map(current.items.map(({ id, state }) => [id, state]));
	return {
		...unchanged(current),
		...after(will.waitsFor, current, given, act.now),
		claim: null,
		events: [
			{ kind: "decided", decision, reason, isFinal, ...aboutOf(current) },
			...asked(will.waitsFor, decision).map((event) => ({ ...event, ...aboutOf(current) })),
			...(isFinal ? settlingOf(current, decision) : []),
		],
		itemActions: [
			...will.items.flatMap(({ item, effect }) => {
				const action = actionFor(effect, states.get(item.id) ?? item.state, isFinal);
				return action === null ? [] : [{ itemId: item.id, action }];
			}),
			...(isFinal ? copiesBack(current, decision) : []),
		],
		...(isFinal ? { measures: measuresAfter(current, decision) } : {}),
		...(isFinal ? afterAccountDecision(current, decision, policy) : {}),
		...(!isFinal || will.disputed.length === 0
			? {}
			: { entryJudgement: { entries: will.disputed, judgement: "dispute", reason, isAsked: false } as const }),
		...(isFinal ? { answersReports: answerOf(current, decision), ...afterAppeal(current, decision) } : {}),
	};
}

function answerOf({ items, appealed }: CaseSnapshot, decision: Decision): AuthorityAnswerCode {
	return answerAfter(decision, items.length > 0, appealed?.decision === "remove");
}

/** From the state in which the item really is: of an appealed case, what people decide on is what was there before that decision. */
function actionFor(effect: Effect, state: ItemState, isFinal: boolean): OrderAction | null {
	const isHidden = state === "withheld" || state === "removed";
	if (effect === "withheld" && isHidden) return null;
	const action = effect === "stays-visible" && isFinal && isHidden ? "restore" : orderOf[effect];
	return action === undefined || nextItemState(state, action) === null ? null : action;
}

function after(
	waitsFor: WaitsFor,
	current: CaseSnapshot,
	given: { readonly decision: Decision; readonly userId: UserId },
	at: Date,
): Pick<CaseTransition, "state" | "firstDecision" | "secondDecision" | "decided"> {
	const { firstDecision, secondDecision } = current;
	switch (waitsFor) {
		case "nobody":
			return { state: "decided", firstDecision, secondDecision, decided: { ...given, at } };
		case "second-person":
			return { state: "second", firstDecision: given, secondDecision: null, decided: null };
		case "lead":
			return { state: "held", firstDecision, secondDecision: given, decided: null };
		default:
			return assertNever(waitsFor);
	}
}

function asked(waitsFor: WaitsFor, decision: Decision): readonly CaseEventBody[] {
	if (waitsFor === "second-person") return [{ kind: "second-asked", decision }];
	return waitsFor === "lead" ? [{ kind: "lead-asked" }] : [];
}

/** What the holder concludes of an entry that the case's items match. The store refuses one that they do not. */
export function judgeEntry(
	current: CaseSnapshot,
	act: FencedAct & { readonly entryId: EntryId; readonly judgement: EntryJudgement; readonly reason: string },
): CaseTransition {
	const claim = requireClaim(current, act);
	const { entryId, judgement, reason } = act;
	return { ...unchanged(current), claim, entryJudgement: { entries: [entryId], judgement, reason, isAsked: true } };
}

/** The claim as long as its lease lasts. */
export function liveClaim(current: Pick<CaseSnapshot, "claim">, now: Date): Claim | null {
	return current.claim !== null && current.claim.expiresAt > now ? current.claim : null;
}

/** The claim under which this person acts. Throws `claim-lost` where it has run out, was taken over, or is another person's. */
export function requireClaim(current: Pick<CaseSnapshot, "claim">, act: FencedAct): Claim {
	const claim = liveClaim(current, act.now);
	if (claim === null || claim.userId !== act.userId || claim.fence !== act.fence)
		throw new BreakwaterError("claim-lost");
	return claim;
}

/** Throws `same-person`, or `needs-lead`; nobody is a lead unless it is said. */
function requireAnother(current: CaseSnapshot, act: { readonly userId: UserId; readonly isLead?: boolean }): void {
	if (isWaitingForAnotherThan(current, act.userId)) throw new BreakwaterError("same-person");
	if (waitingState(current) === "held" && !act.isLead) throw new BreakwaterError("needs-lead");
}

function givenBack(current: CaseSnapshot): CaseTransition {
	return { ...unchanged(current), state: waitingState(current) ?? "open", claim: null };
}
